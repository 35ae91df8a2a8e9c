#include "convert.hpp"

namespace facet {
namespace {

double as_number(uint64_t value) { return static_cast<double>(value); }

const char * kind_name(enum ggml_backend_dev_type type) {
    switch (type) {
        case GGML_BACKEND_DEVICE_TYPE_CPU: return "cpu";
        case GGML_BACKEND_DEVICE_TYPE_GPU: return "gpu";
        case GGML_BACKEND_DEVICE_TYPE_IGPU: return "integratedGpu";
        default: return "accelerator";
    }
}

const char * reason_name(StopReason reason) {
    switch (reason) {
        case StopReason::end_of_turn: return "endOfTurn";
        case StopReason::stop_text: return "stopText";
        case StopReason::max_tokens: return "maxTokens";
        case StopReason::context_full: return "contextFull";
        case StopReason::cancelled: return "cancelled";
    }
    return "cancelled";
}

template <typename Values, typename Read>
Napi::Array write_numbers(Napi::Env env, const Values & values, Read read) {
    Napi::Array list = Napi::Array::New(env, values.size());
    for (uint32_t i = 0; i < values.size(); i++) list[i] = Napi::Number::New(env, static_cast<double>(read(values[i])));
    return list;
}

} // namespace

Napi::Array write_strings(Napi::Env env, const std::vector<std::string> & strings) {
    Napi::Array list = Napi::Array::New(env, strings.size());
    for (uint32_t i = 0; i < strings.size(); i++) list[i] = strings[i];
    return list;
}

Napi::Object write_memory(Napi::Env env, const SessionMemory & memory) {
    Napi::Object written = Napi::Object::New(env);
    written["weights"] = as_number(memory.weights);
    written["kv"] = as_number(memory.kv);
    written["compute"] = as_number(memory.compute);
    written["mapped"] = as_number(memory.mapped);
    written["device"] = as_number(memory.device);
    return written;
}

Napi::Object write_plan(Napi::Env env, const LoadPlan & plan) {
    Napi::Object written = write_memory(env, plan.text);
    written["vision"] = as_number(plan.vision);
    written["layers"] = static_cast<double>(plan.layers);
    return written;
}

Napi::Object write_load_result(Napi::Env env, const LoadResult & result) {
    Napi::Object memory = write_memory(env, result.memory);
    memory["vision"] = as_number(result.vision_bytes);
    Napi::Object written = Napi::Object::New(env);
    written["backend"] = result.backend;
    written["contextTokens"] = static_cast<double>(result.context_tokens);
    written["contextLimit"] = static_cast<double>(result.context_limit);
    written["vocabularySize"] = static_cast<double>(result.vocabulary_size);
    written["vision"] = env.Null();
    if (result.vision) {
        Napi::Object vision = Napi::Object::New(env);
        vision["side"] = static_cast<double>(result.vision->side);
        vision["tokens"] = static_cast<double>(result.vision->tokens);
        written["vision"] = vision;
    }
    written["memory"] = memory;
    written["loadMs"] = result.load_ms;
    written["warnings"] = write_strings(env, result.warnings);
    return written;
}

Napi::Object write_run_result(Napi::Env env, const RunResult & result) {
    Napi::Object written = Napi::Object::New(env);
    written["text"] = result.text;
    written["ids"] = write_numbers(env, result.ids, [](llama_token id) { return id; });
    written["stopReason"] = reason_name(result.stop_reason);
    written["promptTokens"] = as_number(result.prompt_tokens);
    written["cachedTokens"] = as_number(result.cached_tokens);
    written["prefillMs"] = result.prefill_ms;
    written["firstTokenMs"] = result.first_token_ms;
    written["decodeMs"] = result.decode_ms;
    written["drafted"] = as_number(result.drafted);
    written["accepted"] = as_number(result.accepted);
    return written;
}

Napi::Object write_prompt(Napi::Env env, const Prompt & prompt) {
    Napi::Object written = Napi::Object::New(env);
    written["ids"] = write_numbers(env, prompt.tokens, [](const Token & token) { return token.id; });
    written["counts"] = write_numbers(env, prompt.counts, [](uint32_t count) { return count; });
    return written;
}

Napi::Object write_device(Napi::Env env, const Device & device) {
    Napi::Object written = Napi::Object::New(env);
    written["name"] = device.name;
    written["description"] = device.description;
    written["backend"] = device.backend;
    written["kind"] = kind_name(device.type);
    written["totalBytes"] = as_number(device.total);
    written["freeBytes"] = as_number(device.free);
    written["location"] = device.location;
    return written;
}

Napi::Error write_error(Napi::Env env, const std::exception & error) {
    Napi::Error written = Napi::Error::New(env, error.what());
    Napi::Object value = written.Value();
    const auto * known = dynamic_cast<const Error *>(&error);
    value["code"] = code_name(known == nullptr ? ErrorCode::internal : known->code);
    value["subject"] = known == nullptr ? "" : known->subject;
    value["reason"] = known == nullptr ? error.what() : known->reason;
    value["check"] = known == nullptr ? "" : known->check;
    value["needed"] = as_number(known == nullptr ? 0 : known->needed);
    value["available"] = as_number(known == nullptr ? 0 : known->available);
    return written;
}

} // namespace facet
