#pragma once
#include "cancel.hpp"
#include "llama_handles.hpp"
#include "vocabulary.hpp"

#include "ggml-backend.h"
#include "llama.h"

#include <functional>
#include <memory>
#include <string>

namespace facet {

/** 0..1; called on the loading thread. */
using Progress = std::function<void(float)>;

/** A loaded text model. Immutable after loading; safe to share between threads. */
class Model {
  public:
    /** What is read of the file: all of it, its vocabulary, or its vocabulary and the sizes of the rest, for planning memory. */
    enum class Reading { whole, vocabulary, sizes };

    /**
     * `device` null means the CPU alone; `gpu_layers` -1 puts all layers on the device.
     * @throws Error model_missing, model_invalid, model_load_failed or cancelled
     */
    Model(const std::string & path, Reading reading, ggml_backend_dev_t device, int gpu_layers, const Progress & progress, const CancelFlag & cancel);

    llama_model & get() const { return *model_; }
    const Vocabulary & vocabulary() const { return *vocabulary_; }
    const std::string & path() const { return path_; }
    /** Tokens the model was trained for. */
    uint32_t context_limit() const { return context_limit_; }
    /** Width of an embedding. */
    uint32_t width() const { return width_; }

  private:
    std::string path_;
    uint32_t context_limit_ = 0;
    uint32_t width_ = 0;
    ModelHandle model_;
    std::unique_ptr<Vocabulary> vocabulary_;
};

} // namespace facet
