#include "engine_wrap.hpp"

#include "cancel_argument.hpp"
#include "job.hpp"

namespace facet {

Napi::Function EngineWrap::define(Napi::Env env) {
    return DefineClass(env, "Engine",
                       {InstanceMethod<&EngineWrap::load>("load"), InstanceMethod<&EngineWrap::plan>("plan"), InstanceMethod<&EngineWrap::unload>("unload"),
                        InstanceMethod<&EngineWrap::tokenize>("tokenize"), InstanceMethod<&EngineWrap::known>("known"),
                        InstanceMethod<&EngineWrap::encode>("encode"), InstanceMethod<&EngineWrap::embedding>("embedding"),
                        InstanceMethod<&EngineWrap::restore>("restore"), InstanceMethod<&EngineWrap::run>("run"),
                        InstanceMethod<&EngineWrap::logits>("logits"), InstanceMethod<&EngineWrap::forget>("forget"),
                        InstanceMethod<&EngineWrap::batch_differences>("batchDifferences"),
                        InstanceMethod<&EngineWrap::prospect>("prospect"), InstanceMethod<&EngineWrap::state_shape>("stateShape"),
                        InstanceMethod<&EngineWrap::copy_state>("copyState"), InstanceMethod<&EngineWrap::adopt_state>("adoptState"),
                        InstanceMethod<&EngineWrap::populate>("populate"),
                        InstanceMethod<&EngineWrap::encoder>("encoder"), InstanceMethod<&EngineWrap::measure_encoder>("measureEncoder"),
                        InstanceMethod<&EngineWrap::choose_encoder>("chooseEncoder"),
                        InstanceMethod<&EngineWrap::rewrite_projector>("rewriteProjector"),
                        InstanceMethod<&EngineWrap::matrix_rate>("matrixRate")});
}

// load(params, cancelFlag, listener): events `progress` (fraction)
Napi::Value EngineWrap::load(const Napi::CallbackInfo & info) {
    return guarded(info, [&] {
        const auto work = [engine = engine_, options = read_load_options(info[0]), cancel = cancel_flag(info, 1)](const SendEvent & send) {
            return engine->load(options, [&send](float fraction) { send({"progress", {fraction, 0, 0}, ""}); }, *cancel);
        };
        return Job<LoadResult>::start(info.Env(), work, write_load_result, Value(), info[2]);
    });
}

// plan(params): { weights, kv, compute, vision, layers }
Napi::Value EngineWrap::plan(const Napi::CallbackInfo & info) {
    return guarded(info, [&] {
        const auto work = [options = read_load_options(info[0])](const SendEvent &) { return Engine::plan(options); };
        return Job<LoadPlan>::start(info.Env(), work, write_plan, Value(), info.Env().Undefined());
    });
}

Napi::Value EngineWrap::unload(const Napi::CallbackInfo & info) {
    const auto work = [engine = engine_](const SendEvent &) {
        engine->unload();
        return Nothing{};
    };
    return Job<Nothing>::start(info.Env(), work, write_nothing, Value(), info.Env().Undefined());
}

Napi::Value EngineWrap::tokenize(const Napi::CallbackInfo & info) {
    return guarded(info, [&] {
        const auto work = [engine = engine_, parts = read_parts(info[0])](const SendEvent &) { return engine->tokenize(parts); };
        return Job<Prompt>::start(info.Env(), work, write_prompt, Value(), info.Env().Undefined());
    });
}

// known(keys): an array of booleans, at once
Napi::Value EngineWrap::known(const Napi::CallbackInfo & info) {
    try {
        const std::vector<bool> known = engine_->known(read_strings(info[0], "keys", 4096));
        Napi::Array list = Napi::Array::New(info.Env(), known.size());
        for (uint32_t i = 0; i < known.size(); i++) list[i] = Napi::Boolean::New(info.Env(), known[i]);
        return list;
    } catch (const Error & error) {
        throw write_error(info.Env(), error);
    }
}

// encode(key, side, rgb, cancelFlag)
Napi::Value EngineWrap::encode(const Napi::CallbackInfo & info) {
    return guarded(info, [&] {
        const auto work = [engine = engine_, key = read_string(info[0], "key"), side = read_side(info[1]), rgb = read_bytes(info[2], "rgb"),
                           cancel = cancel_flag(info, 3)](const SendEvent &) { return engine->encode(key, side, rgb, *cancel); };
        const auto convert = [](Napi::Env env, const EncodeResult & result) {
            Napi::Object written = Napi::Object::New(env);
            written["tokens"] = static_cast<double>(result.tokens);
            written["encodeMs"] = result.encode_ms;
            written["setupMs"] = result.setup_ms;
            written["cached"] = result.cached;
            written["movedToCpu"] = result.moved_to_cpu;
            return written;
        };
        return Job<EncodeResult>::start(info.Env(), work, convert, Value(), info.Env().Undefined());
    });
}

// embedding(key): a Float32Array copy, or null; at once
Napi::Value EngineWrap::embedding(const Napi::CallbackInfo & info) {
    try {
        const Embedding found = engine_->embedding(read_string(info[0], "key"));
        if (!found) return info.Env().Null();
        Napi::Float32Array values = Napi::Float32Array::New(info.Env(), found->size());
        std::copy(found->begin(), found->end(), values.Data());
        return values;
    } catch (const Error & error) {
        throw write_error(info.Env(), error);
    }
}

// restore(key, Float32Array), at once
Napi::Value EngineWrap::restore(const Napi::CallbackInfo & info) {
    try {
        engine_->restore(read_string(info[0], "key"), read_floats(info[1], "embedding"));
        return info.Env().Undefined();
    } catch (const Error & error) {
        throw write_error(info.Env(), error);
    }
}

// run(params, cancelFlag, listener): events `prefilled` (done, total, cached) and `wrote` (tokens, -, -, text)
Napi::Value EngineWrap::run(const Napi::CallbackInfo & info) {
    return guarded(info, [&] {
        const Napi::Value params = info[0];
        RunOptions options = read_run_options(params);
        std::vector<PromptPart> parts = read_parts(params.As<Napi::Object>().Get("parts"));
        const auto work = [engine = engine_, options = std::move(options), parts = std::move(parts), cancel = cancel_flag(info, 1)](const SendEvent & send) {
            RunEvents events;
            events.prefilled = [&send](size_t done, size_t total, size_t cached) {
                send({"prefilled", {static_cast<double>(done), static_cast<double>(total), static_cast<double>(cached)}, ""});
            };
            events.wrote = [&send](const std::string & text, uint32_t tokens) { send({"wrote", {static_cast<double>(tokens), 0, 0}, text}); };
            return engine->run(parts, options, events, *cancel);
        };
        return Job<RunResult>::start(info.Env(), work, write_run_result, Value(), info[2]);
    });
}

// logits(parts): { logits: Float32Array, cachedTokens }
Napi::Value EngineWrap::logits(const Napi::CallbackInfo & info) {
    struct Row {
        std::vector<float> values;
        size_t cached = 0;
    };
    return guarded(info, [&] {
        const auto work = [engine = engine_, parts = read_parts(info[0])](const SendEvent &) {
            Row row;
            row.values = engine->logits(parts, row.cached);
            return row;
        };
        const auto convert = [](Napi::Env env, const Row & row) {
            Napi::Float32Array values = Napi::Float32Array::New(env, row.values.size());
            std::copy(row.values.begin(), row.values.end(), values.Data());
            Napi::Object written = Napi::Object::New(env);
            written["logits"] = values;
            written["cachedTokens"] = static_cast<double>(row.cached);
            return written;
        };
        return Job<Row>::start(info.Env(), work, convert, Value(), info.Env().Undefined());
    });
}

// batchDifferences(): names
Napi::Value EngineWrap::batch_differences(const Napi::CallbackInfo & info) {
    using Names = std::vector<std::string>;
    const auto convert = [](Napi::Env env, const Names & names) -> Napi::Value { return write_strings(env, names); };
    const auto work = [engine = engine_](const SendEvent &) { return engine->batch_differences(); };
    return Job<Names>::start(info.Env(), work, convert, Value(), info.Env().Undefined());
}

Napi::Value EngineWrap::forget(const Napi::CallbackInfo & info) {
    const auto work = [engine = engine_](const SendEvent &) {
        engine->forget();
        return Nothing{};
    };
    return Job<Nothing>::start(info.Env(), work, write_nothing, Value(), info.Env().Undefined());
}

} // namespace facet
