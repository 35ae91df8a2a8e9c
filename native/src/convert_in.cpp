#include "convert.hpp"
#include "core/ranges.hpp"

namespace facet {
namespace {

[[noreturn]] void refuse(const std::string & field, const std::string & reason) { throw Error(ErrorCode::invalid_request, field, reason); }

Napi::Object object(const Napi::Value & value, const std::string & field) {
    if (!value.IsObject()) refuse(field, "must be an object");
    return value.As<Napi::Object>();
}

double number(const Napi::Object & from, const char * field) {
    const Napi::Value value = from.Get(field);
    if (!value.IsNumber()) refuse(field, "must be a number");
    return value.As<Napi::Number>().DoubleValue();
}

Napi::Array array(const Napi::Value & value, const std::string & field, size_t most) {
    if (!value.IsArray()) refuse(field, "must be a list");
    const Napi::Array list = value.As<Napi::Array>();
    if (list.Length() > most) refuse(field, "must hold at most " + std::to_string(most) + " entries");
    return list;
}

/** More parts than any context has tokens. */
constexpr size_t most_parts = 131072;
/** Far more than any context holds. */
constexpr size_t most_quote_bytes = 64u << 20;
/** Rules for some thousands of names. */
constexpr size_t most_grammar_bytes = 256u << 10;

std::vector<llama_token> read_ids(const Napi::Value & value) {
    const Napi::Array list = array(value, "ids", most_parts);
    std::vector<llama_token> ids;
    for (uint32_t i = 0; i < list.Length(); i++) {
        const Napi::Value id = list[i];
        if (!id.IsNumber()) refuse("ids", "must hold numbers");
        ids.push_back(static_cast<llama_token>(whole_number(id.As<Napi::Number>().DoubleValue(), 0, INT32_MAX, "ids")));
    }
    return ids;
}

Lookup lookup_of(const std::string & name) {
    if (name == "off") return Lookup::off;
    if (name == "auto") return Lookup::where_lossless;
    if (name == "whereItPays") return Lookup::where_it_pays;
    if (name == "always") return Lookup::always;
    refuse("lookup", "must be off, auto, whereItPays or always");
}

} // namespace

std::string read_string(const Napi::Value & value, const std::string & field) {
    if (!value.IsString()) refuse(field, "must be a string");
    return value.As<Napi::String>().Utf8Value();
}

std::vector<std::string> read_strings(const Napi::Value & value, const std::string & field, size_t most) {
    const Napi::Array list = array(value, field, most);
    std::vector<std::string> strings;
    for (uint32_t i = 0; i < list.Length(); i++) strings.push_back(read_string(list[i], field));
    return strings;
}

uint32_t read_side(const Napi::Value & value) {
    if (!value.IsNumber()) refuse("side", "must be a number");
    return static_cast<uint32_t>(whole_number(value.As<Napi::Number>().DoubleValue(), 1, 4096, "side"));
}

std::vector<uint8_t> read_bytes(const Napi::Value & value, const std::string & field) {
    if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_uint8_array) refuse(field, "must be a Uint8Array");
    const Napi::Uint8Array bytes = value.As<Napi::Uint8Array>();
    return std::vector<uint8_t>(bytes.Data(), bytes.Data() + bytes.ByteLength());
}

std::vector<float> read_floats(const Napi::Value & value, const std::string & field) {
    if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_float32_array) refuse(field, "must be a Float32Array");
    const Napi::Float32Array numbers = value.As<Napi::Float32Array>();
    return std::vector<float>(numbers.Data(), numbers.Data() + numbers.ElementLength());
}

LoadOptions read_load_options(const Napi::Value & value) {
    const Napi::Object from = object(value, "params");
    LoadOptions options;
    options.text_path = read_string(from.Get("textPath"), "textPath");
    const Napi::Value projector = from.Get("projectorPath");
    if (!projector.IsNull()) options.projector_path = read_string(projector, "projectorPath");
    options.context_tokens = static_cast<uint32_t>(whole_number(number(from, "contextTokens"), 256, 131072, "contextTokens"));
    options.gpu = read_string(from.Get("gpu"), "gpu");
    const Napi::Value layers = from.Get("gpuLayers");
    options.gpu_layers = layers.IsUndefined() ? -1 : static_cast<int>(whole_number(number(from, "gpuLayers"), -1, 1000, "gpuLayers"));
    const Napi::Value vision_on_cpu = from.Get("visionOnCpu");
    options.vision_on_cpu = vision_on_cpu.IsBoolean() && vision_on_cpu.As<Napi::Boolean>().Value();
    options.threads = static_cast<int>(whole_number(number(from, "threads"), 0, 256, "threads"));
    const Napi::Value vocabulary_only = from.Get("vocabularyOnly");
    if (!vocabulary_only.IsBoolean()) refuse("vocabularyOnly", "must be true or false");
    options.vocabulary_only = vocabulary_only.As<Napi::Boolean>().Value();
    const Napi::Value cache_type = from.Get("cacheType");
    const std::string cache = cache_type.IsUndefined() ? "f16" : read_string(cache_type, "cacheType");
    if (cache == "f16") options.cache_type = CacheType::f16;
    else if (cache == "q8_0") options.cache_type = CacheType::q8_0;
    else if (cache == "f32") options.cache_type = CacheType::f32;
    else refuse("cacheType", "must be f16, q8_0 or f32");
    const Napi::Value free_memory = from.Get("freeMemoryBytes");
    options.free_memory = free_memory.IsUndefined() ? 0 : static_cast<uint64_t>(whole_number(number(from, "freeMemoryBytes"), 1, int64_t{1} << 50, "freeMemoryBytes"));
    return options;
}

std::vector<PromptPart> read_parts(const Napi::Value & value) {
    const Napi::Array list = array(value, "parts", most_parts);
    std::vector<PromptPart> parts;
    for (uint32_t i = 0; i < list.Length(); i++) {
        const Napi::Object from = object(list[i], "parts");
        const std::string kind = read_string(from.Get("kind"), "kind");
        if (kind == "control") parts.push_back({PromptPart::Kind::control, read_string(from.Get("text"), "text"), {}});
        else if (kind == "text") parts.push_back({PromptPart::Kind::text, read_string(from.Get("text"), "text"), {}});
        else if (kind == "tokens") parts.push_back({PromptPart::Kind::tokens, "", read_ids(from.Get("ids"))});
        else if (kind == "image") parts.push_back({PromptPart::Kind::image, read_string(from.Get("key"), "key"), {}});
        else refuse("kind", "must be control, text, tokens or image");
    }
    return parts;
}

RunOptions read_run_options(const Napi::Value & value) {
    const Napi::Object from = object(value, "params");
    const Napi::Object sampling = object(from.Get("sampling"), "sampling");
    RunOptions options;
    options.sampling.temperature = static_cast<float>(real_number(number(sampling, "temperature"), 0, 2, "temperature"));
    options.sampling.top_k = static_cast<int32_t>(whole_number(number(sampling, "topK"), 1, 1000, "topK"));
    options.sampling.top_p = static_cast<float>(real_number(number(sampling, "topP"), 0, 1, "topP"));
    if (options.sampling.top_p == 0.0f) refuse("topP", "must be greater than 0");
    options.sampling.min_p = static_cast<float>(real_number(number(sampling, "minP"), 0, 1, "minP"));
    options.sampling.seed = static_cast<uint32_t>(whole_number(number(sampling, "seed"), 0, UINT32_MAX, "seed"));
    options.max_tokens = static_cast<uint32_t>(whole_number(number(from, "maxTokens"), 1, 32768, "maxTokens"));
    options.stop_texts = read_strings(from.Get("stopTexts"), "stopTexts", 16);
    for (const std::string & text : options.stop_texts) {
        if (text.empty() || text.size() > 256) refuse("stopTexts", "must each have 1 to 256 bytes");
    }
    const Napi::Value owner = from.Get("owner");
    if (!owner.IsUndefined() && !owner.IsNull()) options.owner = read_string(owner, "owner");
    const Napi::Value lookup = from.Get("lookup");
    if (!lookup.IsUndefined()) options.lookup = lookup_of(read_string(lookup, "lookup"));
    const Napi::Value quotes = from.Get("quotes");
    if (!quotes.IsUndefined()) {
        const Napi::Object allowed = object(quotes, "quotes");
        options.quote_texts = read_strings(allowed.Get("texts"), "texts", most_parts);
        options.quote_before = read_string(allowed.Get("before"), "before");
        size_t bytes = 0;
        for (const std::string & text : options.quote_texts) bytes += text.size();
        if (bytes > most_quote_bytes) refuse("texts", "must hold at most 64 MiB together");
    }
    const Napi::Value grammar = from.Get("grammar");
    if (!grammar.IsUndefined()) {
        options.grammar = read_string(grammar, "grammar");
        if (options.grammar.empty() || options.grammar.size() > most_grammar_bytes) refuse("grammar", "must have 1 byte to 256 KiB");
        if (!options.quote_texts.empty()) refuse("grammar", "must not come together with quotes");
    }
    return options;
}

} // namespace facet
