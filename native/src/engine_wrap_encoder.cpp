#include "cancel_argument.hpp"
#include "core/projector_rewrite.hpp"
#include "core/ranges.hpp"
#include "engine_wrap.hpp"
#include "job.hpp"

// The methods about how the picture encoder runs on this machine.

namespace facet {
namespace {

Napi::Object write_setting(Napi::Env env, const EncoderSetting & setting) {
    Napi::Object written = Napi::Object::New(env);
    written["weights"] = ggml_type_name(setting.weights);
    written["flashAttention"] = setting.flash_attention;
    written["head"] = static_cast<double>(setting.head);
    return written;
}

EncoderSetting read_setting(const Napi::Value & value) {
    if (!value.IsObject()) throw Error(ErrorCode::invalid_request, "setting", "must be an object");
    const Napi::Object from = value.As<Napi::Object>();
    const std::string name = read_string(from.Get("weights"), "weights");
    EncoderSetting setting = {GGML_TYPE_COUNT, false, 0};
    for (const ggml_type type : {GGML_TYPE_F32, GGML_TYPE_F16, GGML_TYPE_BF16, GGML_TYPE_Q8_0}) {
        if (name == ggml_type_name(type)) setting.weights = type;
    }
    if (setting.weights == GGML_TYPE_COUNT) throw Error(ErrorCode::invalid_request, "weights", "must be f32, f16, bf16 or q8_0");
    const Napi::Value flash = from.Get("flashAttention");
    if (!flash.IsBoolean()) throw Error(ErrorCode::invalid_request, "flashAttention", "must be true or false");
    setting.flash_attention = flash.As<Napi::Boolean>().Value();
    const Napi::Value head = from.Get("head");
    if (!head.IsNumber()) throw Error(ErrorCode::invalid_request, "head", "must be a number");
    setting.head = static_cast<uint32_t>(whole_number(head.As<Napi::Number>().DoubleValue(), 1, 1024, "head"));
    return setting;
}

Napi::Value write_measurement(Napi::Env env, const EncoderMeasurement & measured) {
    Napi::Array timings = Napi::Array::New(env, measured.timings.size());
    for (uint32_t i = 0; i < measured.timings.size(); i++) {
        const EncoderTiming & timing = measured.timings[i];
        Napi::Object row = Napi::Object::New(env);
        row["setting"] = write_setting(env, timing.setting);
        row["blockMs"] = timing.block_ms;
        row["error"] = timing.error;
        timings[i] = row;
    }
    Napi::Object written = Napi::Object::New(env);
    written["best"] = write_setting(env, measured.best);
    written["timings"] = timings;
    written["tookMs"] = measured.took_ms;
    return written;
}

} // namespace

// encoder(): { identity, blocks, setting } as the file is, or null; at once
Napi::Value EngineWrap::encoder(const Napi::CallbackInfo & info) {
    const std::optional<EncoderShape> shape = engine_->encoder_shape();
    if (!shape) return info.Env().Null();
    Napi::Object written = Napi::Object::New(info.Env());
    written["identity"] = engine_->encoder_identity(*shape);
    written["blocks"] = static_cast<double>(shape->blocks);
    written["setting"] = write_setting(info.Env(), {shape->weights, flash_attention_by_default(shape), shape->head});
    return written;
}

// measureEncoder(cancelFlag)
Napi::Value EngineWrap::measure_encoder(const Napi::CallbackInfo & info) {
    return guarded(info, [&] {
        const auto work = [engine = engine_, cancel = cancel_flag(info, 0)](const SendEvent &) { return engine->measure_encoder(*cancel); };
        return Job<EncoderMeasurement>::start(info.Env(), work, write_measurement, Value(), info.Env().Undefined());
    });
}

// chooseEncoder(projectorPath, flashAttention)
Napi::Value EngineWrap::choose_encoder(const Napi::CallbackInfo & info) {
    return guarded(info, [&] {
        if (!info[1].IsBoolean()) throw Error(ErrorCode::invalid_request, "flashAttention", "must be true or false");
        const auto work = [engine = engine_, path = read_string(info[0], "projectorPath"), flash = info[1].As<Napi::Boolean>().Value()](const SendEvent &) {
            engine->choose_encoder(path, flash);
            return Nothing{};
        };
        return Job<Nothing>::start(info.Env(), work, write_nothing, Value(), info.Env().Undefined());
    });
}

// rewriteProjector(source, target, setting, cancelFlag)
Napi::Value EngineWrap::rewrite_projector(const Napi::CallbackInfo & info) {
    return guarded(info, [&] {
        const auto work = [source = read_string(info[0], "source"), target = read_string(info[1], "target"), setting = read_setting(info[2]),
                           cancel = cancel_flag(info, 3)](const SendEvent &) {
            facet::rewrite_projector(source, target, setting, *cancel);
            return Nothing{};
        };
        return Job<Nothing>::start(info.Env(), work, write_nothing, Value(), info.Env().Undefined());
    });
}

// matrixRate(threads): operations per second
Napi::Value EngineWrap::matrix_rate(const Napi::CallbackInfo & info) {
    return guarded(info, [&] {
        if (!info[0].IsNumber()) throw Error(ErrorCode::invalid_request, "threads", "must be a number");
        const int threads = static_cast<int>(whole_number(info[0].As<Napi::Number>().DoubleValue(), 1, 256, "threads"));
        const auto work = [threads](const SendEvent &) { return measure_matrix_rate(threads, CancelFlag()); };
        const auto convert = [](Napi::Env env, const double & rate) -> Napi::Value { return Napi::Number::New(env, rate); };
        return Job<double>::start(info.Env(), work, convert, Value(), info.Env().Undefined());
    });
}

} // namespace facet
