#pragma once
#include <napi.h>

namespace facet {

/**
 * Passes native log lines to `listener(level, text)` on the JavaScript thread. For level `fatal` the calling thread waits until the listener has
 * returned, because the process ends right after.
 */
void bridge_logs(Napi::Env env, const Napi::Function & listener);

} // namespace facet
