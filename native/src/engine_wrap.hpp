#pragma once
#include "convert.hpp"

#include <napi.h>

#include <memory>

namespace facet {

/** Results of methods that have none. */
struct Nothing {};

inline Napi::Value write_nothing(Napi::Env env, const Nothing &) { return env.Undefined(); }

/** Argument errors become rejections, so that a method fails in one way only. */
template <typename Start>
Napi::Value guarded(const Napi::CallbackInfo & info, Start start) {
    try {
        return start();
    } catch (const Error & error) {
        const auto deferred = Napi::Promise::Deferred::New(info.Env());
        deferred.Reject(write_error(info.Env(), error).Value());
        return deferred.Promise();
    }
}

/** JavaScript class `Engine`: each method checks its arguments, then runs the core's method of that name on a worker. */
class EngineWrap : public Napi::ObjectWrap<EngineWrap> {
  public:
    static Napi::Function define(Napi::Env env);
    explicit EngineWrap(const Napi::CallbackInfo & info) : ObjectWrap(info) {}

  private:
    Napi::Value load(const Napi::CallbackInfo & info);
    Napi::Value plan(const Napi::CallbackInfo & info);
    Napi::Value unload(const Napi::CallbackInfo & info);
    Napi::Value tokenize(const Napi::CallbackInfo & info);
    Napi::Value known(const Napi::CallbackInfo & info);
    Napi::Value encode(const Napi::CallbackInfo & info);
    Napi::Value embedding(const Napi::CallbackInfo & info);
    Napi::Value restore(const Napi::CallbackInfo & info);
    Napi::Value run(const Napi::CallbackInfo & info);
    Napi::Value logits(const Napi::CallbackInfo & info);
    Napi::Value prospect(const Napi::CallbackInfo & info);
    Napi::Value state_shape(const Napi::CallbackInfo & info);
    Napi::Value copy_state(const Napi::CallbackInfo & info);
    Napi::Value adopt_state(const Napi::CallbackInfo & info);
    Napi::Value populate(const Napi::CallbackInfo & info);
    Napi::Value batch_differences(const Napi::CallbackInfo & info);
    Napi::Value forget(const Napi::CallbackInfo & info);
    Napi::Value encoder(const Napi::CallbackInfo & info);
    Napi::Value measure_encoder(const Napi::CallbackInfo & info);
    Napi::Value choose_encoder(const Napi::CallbackInfo & info);
    Napi::Value rewrite_projector(const Napi::CallbackInfo & info);
    Napi::Value matrix_rate(const Napi::CallbackInfo & info);

    std::shared_ptr<Engine> engine_ = std::make_shared<Engine>();
};

} // namespace facet
