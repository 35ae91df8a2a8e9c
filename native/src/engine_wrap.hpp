#pragma once
#include "core/engine.hpp"

#include <napi.h>

#include <memory>

namespace facet {

/** JavaScript class `Engine`: each method checks its arguments, then runs the core's method of that name on a worker. */
class EngineWrap : public Napi::ObjectWrap<EngineWrap> {
  public:
    static Napi::Function define(Napi::Env env);
    explicit EngineWrap(const Napi::CallbackInfo & info) : ObjectWrap(info) {}

  private:
    Napi::Value load(const Napi::CallbackInfo & info);
    Napi::Value unload(const Napi::CallbackInfo & info);
    Napi::Value tokenize(const Napi::CallbackInfo & info);
    Napi::Value known(const Napi::CallbackInfo & info);
    Napi::Value encode(const Napi::CallbackInfo & info);
    Napi::Value embedding(const Napi::CallbackInfo & info);
    Napi::Value restore(const Napi::CallbackInfo & info);
    Napi::Value run(const Napi::CallbackInfo & info);
    Napi::Value logits(const Napi::CallbackInfo & info);
    Napi::Value forget(const Napi::CallbackInfo & info);

    std::shared_ptr<Engine> engine_ = std::make_shared<Engine>();
};

} // namespace facet
