#include "convert.hpp"
#include "core/ranges.hpp"

// Conversations' states to JavaScript and back. Tokens cross as an Int32Array of pairs: the id and the image's number, 0 for text.

namespace facet {
namespace {

[[noreturn]] void refuse(const std::string & field, const std::string & reason) { throw Error(ErrorCode::invalid_request, field, reason); }

Napi::Int32Array write_tokens(Napi::Env env, const std::vector<Token> & tokens) {
    Napi::Int32Array pairs = Napi::Int32Array::New(env, tokens.size() * 2);
    for (size_t i = 0; i < tokens.size(); i++) {
        pairs[2 * i] = tokens[i].id;
        pairs[2 * i + 1] = static_cast<int32_t>(tokens[i].image);
    }
    return pairs;
}

std::vector<Token> read_tokens(const Napi::Value & value) {
    if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_int32_array) refuse("tokens", "must be an Int32Array");
    const Napi::Int32Array pairs = value.As<Napi::Int32Array>();
    if (pairs.ElementLength() % 2 != 0) refuse("tokens", "must hold pairs");
    std::vector<Token> tokens;
    for (size_t i = 0; i < pairs.ElementLength(); i += 2) {
        if (pairs[i] < 0 || pairs[i + 1] < 0) refuse("tokens", "must not be negative");
        tokens.push_back({pairs[i], static_cast<uint32_t>(pairs[i + 1])});
    }
    return tokens;
}

size_t read_size(const Napi::Value & value, const char * field) {
    if (!value.IsNumber()) refuse(field, "must be a number");
    return static_cast<size_t>(whole_number(value.As<Napi::Number>().DoubleValue(), 0, 9007199254740991.0, field));
}

} // namespace

std::vector<size_t> read_positions(const Napi::Value & value) {
    if (!value.IsArray()) refuse("positions", "must be a list");
    const Napi::Array list = value.As<Napi::Array>();
    std::vector<size_t> positions;
    for (uint32_t i = 0; i < list.Length(); i++) positions.push_back(read_size(list[i], "positions"));
    return positions;
}

StateToAdopt read_state(const Napi::Value & value) {
    if (!value.IsObject()) refuse("state", "must be an object");
    const Napi::Object from = value.As<Napi::Object>();
    StateToAdopt state = {};
    state.shape.owner = read_string(from.Get("owner"), "owner");
    state.shape.tokens = read_tokens(from.Get("tokens"));
    state.shape.image_keys = read_strings(from.Get("imageKeys"), "imageKeys", 4096);
    const Napi::Value checkpoints = from.Get("checkpoints");
    if (!checkpoints.IsArray()) refuse("checkpoints", "must be a list");
    for (uint32_t i = 0; i < checkpoints.As<Napi::Array>().Length(); i++) {
        const Napi::Value entry = checkpoints.As<Napi::Array>()[i];
        if (!entry.IsObject()) refuse("checkpoints", "must hold objects");
        const Napi::Object checkpoint = entry.As<Napi::Object>();
        const Napi::Value at_boundary = checkpoint.Get("atBoundary");
        if (!at_boundary.IsBoolean()) refuse("atBoundary", "must be true or false");
        state.shape.checkpoints.push_back(
            {read_size(checkpoint.Get("position"), "position"), read_size(checkpoint.Get("bytes"), "bytes"), at_boundary.As<Napi::Boolean>().Value()});
    }
    state.shape.state_bytes = read_size(from.Get("stateBytes"), "stateBytes");
    const Napi::Value data = from.Get("data");
    if (!data.IsTypedArray() || data.As<Napi::TypedArray>().TypedArrayType() != napi_uint8_array) refuse("data", "must be a Uint8Array");
    const Napi::Uint8Array bytes = data.As<Napi::Uint8Array>();
    state.data = bytes.Data();
    state.bytes = bytes.ByteLength();
    return state;
}

Napi::Object write_prospect(Napi::Env env, const Prospect & prospect) {
    Napi::Object written = Napi::Object::New(env);
    written["tokens"] = write_tokens(env, prospect.prompt.tokens);
    written["imageKeys"] = write_strings(env, prospect.image_keys);
    written["held"] = static_cast<double>(prospect.held);
    return written;
}

Napi::Value write_state_shape(Napi::Env env, const std::optional<StateShape> & shape) {
    if (!shape) return env.Null();
    Napi::Object written = Napi::Object::New(env);
    written["owner"] = shape->owner;
    written["tokens"] = write_tokens(env, shape->tokens);
    written["imageKeys"] = write_strings(env, shape->image_keys);
    Napi::Array checkpoints = Napi::Array::New(env, shape->checkpoints.size());
    for (uint32_t i = 0; i < shape->checkpoints.size(); i++) {
        Napi::Object checkpoint = Napi::Object::New(env);
        checkpoint["position"] = static_cast<double>(shape->checkpoints[i].position);
        checkpoint["bytes"] = static_cast<double>(shape->checkpoints[i].bytes);
        checkpoint["atBoundary"] = shape->checkpoints[i].at_boundary;
        checkpoints[i] = checkpoint;
    }
    written["checkpoints"] = checkpoints;
    written["stateBytes"] = static_cast<double>(shape->state_bytes);
    return written;
}

} // namespace facet
