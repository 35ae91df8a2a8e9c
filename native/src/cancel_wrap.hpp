#pragma once
#include "core/cancel.hpp"

#include <napi.h>

#include <memory>

namespace facet {

/** JavaScript class `CancelFlag` with one method, `set()`. The flag itself is shared with the worker. */
class CancelWrap : public Napi::ObjectWrap<CancelWrap> {
  public:
    static Napi::Function define(Napi::Env env) {
        return DefineClass(env, "CancelFlag", {InstanceMethod<&CancelWrap::set>("set")});
    }
    explicit CancelWrap(const Napi::CallbackInfo & info) : ObjectWrap(info) {}

    /** The flag inside a JavaScript CancelFlag; a flag nobody can set for anything else. */
    static std::shared_ptr<CancelFlag> flag_of(const Napi::Value & value, const Napi::FunctionReference & constructor) {
        if (!value.IsObject() || !value.As<Napi::Object>().InstanceOf(constructor.Value())) return std::make_shared<CancelFlag>();
        return Unwrap(value.As<Napi::Object>())->flag_;
    }

  private:
    void set(const Napi::CallbackInfo &) { flag_->set(); }
    std::shared_ptr<CancelFlag> flag_ = std::make_shared<CancelFlag>();
};

} // namespace facet
