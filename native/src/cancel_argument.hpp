#pragma once
#include "addon_data.hpp"
#include "cancel_wrap.hpp"

#include <napi.h>

#include <memory>

namespace facet {

/** The cancel flag given as this argument. @throws Error invalid_request */
inline std::shared_ptr<CancelFlag> cancel_flag(const Napi::CallbackInfo & info, size_t index) {
    return CancelWrap::flag_of(info[index], info.Env().GetInstanceData<AddonData>()->cancel_flag);
}

} // namespace facet
