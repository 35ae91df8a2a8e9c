#include "model.hpp"

#include "gguf_facts.hpp"

#include <array>

namespace facet {
namespace {

struct Loading {
    const Progress & progress;
    const CancelFlag & cancel;
};

bool on_progress(float fraction, void * data) {
    const auto * loading = static_cast<const Loading *>(data);
    if (loading->progress) loading->progress(fraction);
    return !loading->cancel.is_set();
}

} // namespace

Model::Model(const std::string & path, Reading reading, ggml_backend_dev_t device, int gpu_layers, const Progress & progress, const CancelFlag & cancel)
    : path_(path) {
    // llama.cpp leaves these two at 0 when it reads the vocabulary only, so they come from the header.
    const GgufFacts facts(path);
    context_limit_ = facts.number("gemma3.context_length", 0);
    width_ = facts.number("gemma3.embedding_length", 0);
    const std::string architecture = facts.text("general.architecture");
    if (architecture != "gemma3") {
        throw Error(ErrorCode::model_invalid, path, "it holds a \"" + architecture + "\" model; Facet runs Gemma 3 only", "not-gemma3");
    }
    Loading loading = {progress, cancel};
    std::array<ggml_backend_dev_t, 2> devices = {device, nullptr};
    llama_model_params params = llama_model_default_params();
    params.devices = devices.data();
    params.n_gpu_layers = device == nullptr ? 0 : gpu_layers;
    params.vocab_only = reading == Reading::vocabulary;
    params.no_alloc = reading == Reading::sizes;
    if (params.no_alloc) params.load_mode = LLAMA_LOAD_MODE_NONE;
    params.progress_callback = on_progress;
    params.progress_callback_user_data = &loading;
    model_ = load_model(path, params, cancel);
    vocabulary_ = std::make_unique<Vocabulary>(*model_, path);
}

} // namespace facet
