#include "text_embedder_wrap.hpp"

#include "cancel_argument.hpp"
#include "core/ranges.hpp"
#include "engine_wrap.hpp"
#include "job.hpp"

namespace facet {
namespace {

struct Loaded {
    uint32_t width;
    uint32_t longest_text;
    SessionMemory memory;
};

std::unique_lock<std::mutex> begin_work(HeldEmbedder & held) {
    std::unique_lock<std::mutex> lock(held.work, std::try_to_lock);
    if (!lock.owns_lock()) throw Error(ErrorCode::busy, "the search model", "it is at work");
    return lock;
}

Napi::Value write_loaded(Napi::Env env, const Loaded & loaded) {
    Napi::Object written = Napi::Object::New(env);
    written["width"] = static_cast<double>(loaded.width);
    written["longestText"] = static_cast<double>(loaded.longest_text);
    written["memory"] = write_memory(env, loaded.memory);
    return written;
}

Napi::Value write_vectors(Napi::Env env, const TextVectors & vectors) {
    Napi::Array list = Napi::Array::New(env, vectors.size());
    for (uint32_t i = 0; i < vectors.size(); i++) {
        Napi::Float32Array vector = Napi::Float32Array::New(env, vectors[i].size());
        std::copy(vectors[i].begin(), vectors[i].end(), vector.Data());
        list[i] = vector;
    }
    return list;
}

} // namespace

Napi::Function TextEmbedderWrap::define(Napi::Env env) {
    return DefineClass(env, "TextEmbedder",
                       {InstanceMethod<&TextEmbedderWrap::load>("load"), InstanceMethod<&TextEmbedderWrap::embed>("embed"),
                        InstanceMethod<&TextEmbedderWrap::unload>("unload")});
}

// load(path, threads, cancelFlag): { width, longestText, memory }
Napi::Value TextEmbedderWrap::load(const Napi::CallbackInfo & info) {
    return guarded(info, [&] {
        if (!info[1].IsNumber()) throw Error(ErrorCode::invalid_request, "threads", "must be a number");
        const int threads = static_cast<int>(whole_number(info[1].As<Napi::Number>().DoubleValue(), 0, 256, "threads"));
        const auto work = [held = held_, path = read_string(info[0], "path"), threads, cancel = cancel_flag(info, 2)](const SendEvent &) {
            const auto lock = begin_work(*held);
            held->embedder.reset();
            held->embedder = std::make_unique<TextEmbedder>(path, threads, *cancel);
            return Loaded{held->embedder->width(), held->embedder->longest_text(), held->embedder->memory()};
        };
        return Job<Loaded>::start(info.Env(), work, write_loaded, Value(), info.Env().Undefined());
    });
}

// embed(texts, cancelFlag): a Float32Array for each, empty where a text is too long
Napi::Value TextEmbedderWrap::embed(const Napi::CallbackInfo & info) {
    return guarded(info, [&] {
        const auto work = [held = held_, texts = read_strings(info[0], "texts", 256), cancel = cancel_flag(info, 1)](const SendEvent &) {
            const auto lock = begin_work(*held);
            if (!held->embedder) throw Error(ErrorCode::model_missing, "", "no search model is loaded");
            return held->embedder->embed(texts, *cancel);
        };
        return Job<TextVectors>::start(info.Env(), work, write_vectors, Value(), info.Env().Undefined());
    });
}

Napi::Value TextEmbedderWrap::unload(const Napi::CallbackInfo & info) {
    const auto work = [held = held_](const SendEvent &) {
        const auto lock = begin_work(*held);
        held->embedder.reset();
        return Nothing{};
    };
    return Job<Nothing>::start(info.Env(), work, write_nothing, Value(), info.Env().Undefined());
}

} // namespace facet
