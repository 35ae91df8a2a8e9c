#pragma once
#include <napi.h>

namespace facet {

/** What belongs to one JavaScript environment that has loaded the addon. */
struct AddonData {
    Napi::FunctionReference cancel_flag;
};

} // namespace facet
