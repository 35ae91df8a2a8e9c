#include "addon_data.hpp"
#include "cancel_wrap.hpp"
#include "convert.hpp"
#include "core/backends.hpp"
#include "engine_wrap.hpp"
#include "log_bridge.hpp"
#include "text_embedder_wrap.hpp"

#include "llama.h"

#include <napi.h>

namespace {

// initialize(libraryFolder, listener(level, text)): { llamaVersion }. Once per process, before anything else.
Napi::Value initialize(const Napi::CallbackInfo & info) {
    const Napi::Env env = info.Env();
    try {
        const std::string folder = facet::read_string(info[0], "libraryFolder");
        if (!info[1].IsFunction()) throw facet::Error(facet::ErrorCode::invalid_request, "listener", "must be a function");
        facet::bridge_logs(env, info[1].As<Napi::Function>());
        facet::initialize_backends(folder);
        Napi::Object result = Napi::Object::New(env);
        result["llamaVersion"] = std::string(llama_version());
        return result;
    } catch (const facet::Error & error) {
        throw facet::write_error(env, error);
    }
}

Napi::Value devices(const Napi::CallbackInfo & info) {
    const std::vector<facet::Device> found = facet::list_devices();
    Napi::Array list = Napi::Array::New(info.Env(), found.size());
    for (uint32_t i = 0; i < found.size(); i++) list[i] = facet::write_device(info.Env(), found[i]);
    return list;
}

// loadBackend(file): nothing
Napi::Value load_backend(const Napi::CallbackInfo & info) {
    try {
        facet::load_backend(facet::read_string(info[0], "file"));
        return info.Env().Undefined();
    } catch (const facet::Error & error) {
        throw facet::write_error(info.Env(), error);
    }
}

Napi::Object register_addon(Napi::Env env, Napi::Object exports) {
    auto * data = new facet::AddonData;
    const Napi::Function cancel_flag = facet::CancelWrap::define(env);
    data->cancel_flag = Napi::Persistent(cancel_flag);
    env.SetInstanceData(data);
    exports["initialize"] = Napi::Function::New(env, initialize);
    exports["devices"] = Napi::Function::New(env, devices);
    exports["loadBackend"] = Napi::Function::New(env, load_backend);
    exports["Engine"] = facet::EngineWrap::define(env);
    exports["TextEmbedder"] = facet::TextEmbedderWrap::define(env);
    exports["CancelFlag"] = cancel_flag;
    return exports;
}

} // namespace

NODE_API_MODULE(facet, register_addon)
