#pragma once
#include "core/text_embedder.hpp"

#include <napi.h>

#include <memory>
#include <mutex>

namespace facet {

/** What the workers of one JavaScript TextEmbedder share. */
struct HeldEmbedder {
    /** Held while it loads or computes. */
    std::mutex work;
    std::unique_ptr<TextEmbedder> embedder;
};

/** JavaScript class `TextEmbedder`: one model that turns texts into vectors. `busy` instead of waiting. */
class TextEmbedderWrap : public Napi::ObjectWrap<TextEmbedderWrap> {
  public:
    static Napi::Function define(Napi::Env env);
    explicit TextEmbedderWrap(const Napi::CallbackInfo & info) : ObjectWrap(info) {}

  private:
    Napi::Value load(const Napi::CallbackInfo & info);
    Napi::Value embed(const Napi::CallbackInfo & info);
    Napi::Value unload(const Napi::CallbackInfo & info);

    std::shared_ptr<HeldEmbedder> held_ = std::make_shared<HeldEmbedder>();
};

} // namespace facet
