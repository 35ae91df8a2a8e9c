#include "core/fresh_pages.hpp"
#include "engine_wrap.hpp"
#include "job.hpp"

// The methods of EngineWrap that hand conversations' states out and take them up again.

namespace facet {

// prospect(parts): { tokens: Int32Array of pairs, imageKeys, held }
Napi::Value EngineWrap::prospect(const Napi::CallbackInfo & info) {
    return guarded(info, [&] {
        const auto work = [engine = engine_, parts = read_parts(info[0])](const SendEvent &) { return engine->prospect(parts); };
        return Job<Prospect>::start(info.Env(), work, write_prospect, Value(), info.Env().Undefined());
    });
}

// stateShape(owner): null, or { owner, tokens, imageKeys, checkpoints: [{ position, bytes, atBoundary }], stateBytes }
Napi::Value EngineWrap::state_shape(const Napi::CallbackInfo & info) {
    return guarded(info, [&] {
        const auto work = [engine = engine_, owner = read_string(info[0], "owner")](const SendEvent &) { return engine->state_shape(owner); };
        return Job<std::optional<StateShape>>::start(info.Env(), work, write_state_shape, Value(), info.Env().Undefined());
    });
}

namespace {

Napi::Uint8Array read_target(const Napi::Value & given) {
    if (!given.IsTypedArray() || given.As<Napi::TypedArray>().TypedArrayType() != napi_uint8_array) {
        throw Error(ErrorCode::invalid_request, "target", "must be a Uint8Array");
    }
    return given.As<Napi::Uint8Array>();
}

} // namespace

// populate(Uint8Array)
Napi::Value EngineWrap::populate(const Napi::CallbackInfo & info) {
    return guarded(info, [&] {
        Napi::Uint8Array target = read_target(info[0]);
        const auto work = [data = target.Data(), bytes = target.ByteLength()](const SendEvent &) {
            facet::populate(data, bytes);
            return Nothing{};
        };
        return Job<Nothing>::start(info.Env(), work, write_nothing, target, info.Env().Undefined());
    });
}

// copyState(owner, positions, Uint8Array to fill)
Napi::Value EngineWrap::copy_state(const Napi::CallbackInfo & info) {
    return guarded(info, [&] {
        Napi::Uint8Array target = read_target(info[2]);
        const auto work = [engine = engine_, owner = read_string(info[0], "owner"), positions = read_positions(info[1]), data = target.Data(),
                           bytes = target.ByteLength()](const SendEvent &) {
            engine->copy_state(owner, positions, data, bytes);
            return Nothing{};
        };
        // The worker writes straight into the array: a copy of hundreds of megabytes less.
        return Job<Nothing>::start(info.Env(), work, write_nothing, target, info.Env().Undefined());
    });
}

// adoptState({ owner, tokens, imageKeys, checkpoints, stateBytes, data: Uint8Array })
Napi::Value EngineWrap::adopt_state(const Napi::CallbackInfo & info) {
    return guarded(info, [&] {
        const auto work = [engine = engine_, state = read_state(info[0])](const SendEvent &) {
            engine->adopt_state(state);
            return Nothing{};
        };
        return Job<Nothing>::start(info.Env(), work, write_nothing, info[0].As<Napi::Object>(), info.Env().Undefined());
    });
}

} // namespace facet
