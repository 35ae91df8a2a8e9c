#include "text_embedder.hpp"

#include "error.hpp"
#include "gguf_facts.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace facet {
namespace {

/** Texts that are read together. */
constexpr size_t most_sequences = 16;
/** Tokens that are read together, unless one text has more: attention is computed over all pairs of them, those of different texts too. */
constexpr size_t batch_tokens = 512;
/** The longest text of EmbeddingGemma; a file that names more would only reserve more memory. */
constexpr uint32_t most_tokens = 2048;

struct Batch {
    explicit Batch(size_t tokens) : batch(llama_batch_init(static_cast<int32_t>(tokens), 0, 1)) {}
    ~Batch() { llama_batch_free(batch); }
    Batch(const Batch &) = delete;
    Batch & operator=(const Batch &) = delete;
    llama_batch batch;
};

std::vector<float> of_unit_length(const float * values, size_t width) {
    double sum = 0;
    for (size_t i = 0; i < width; i++) sum += double{values[i]} * values[i];
    const double scale = sum > 0 ? 1 / std::sqrt(sum) : 0;
    std::vector<float> vector(width);
    for (size_t i = 0; i < width; i++) vector[i] = static_cast<float>(values[i] * scale);
    return vector;
}

} // namespace

TextEmbedder::TextEmbedder(const std::string & path, int threads, const CancelFlag & cancel) : threads_(threads) {
    const GgufFacts facts(path);
    const std::string architecture = facts.text("general.architecture");
    if (architecture != "gemma-embedding") {
        throw Error(ErrorCode::model_invalid, path, "it holds a \"" + architecture + "\" model; Facet searches with EmbeddingGemma only", "not-embedding");
    }
    longest_text_ = std::clamp<uint32_t>(facts.number("gemma-embedding.context_length", most_tokens), 64, most_tokens);
    std::array<ggml_backend_dev_t, 1> no_device = {nullptr};
    llama_model_params params = llama_model_default_params();
    params.devices = no_device.data();
    params.n_gpu_layers = 0;
    params.progress_callback = unless_cancelled;
    params.progress_callback_user_data = const_cast<CancelFlag *>(&cancel);
    model_ = load_model(path, params, cancel);
    width_ = static_cast<uint32_t>(llama_model_n_embd_out(model_.get()));

    llama_context_params settings = llama_context_default_params();
    settings.n_ctx = settings.n_batch = settings.n_ubatch = longest_text_;
    settings.n_seq_max = most_sequences;
    settings.kv_unified = true;
    settings.embeddings = true;
    settings.pooling_type = LLAMA_POOLING_TYPE_MEAN;
    settings.no_perf = true;
    settings.n_threads = settings.n_threads_batch = threads_.choose();
    context_ = make_context(*model_, settings, running_, path);
}

TextEmbedder::~TextEmbedder() = default;

TextVectors TextEmbedder::embed(const std::vector<std::string> & texts, const CancelFlag & cancel) {
    std::vector<std::vector<llama_token>> tokens;
    tokens.reserve(texts.size());
    for (const std::string & text : texts) tokens.push_back(tokens_of(text));
    TextVectors vectors(texts.size());
    const size_t room = std::min<size_t>(batch_tokens, longest_text_);
    for (size_t from = 0; from < tokens.size();) {
        cancel.check();
        if (tokens[from].size() > longest_text_) {
            from++;
            continue;
        }
        size_t to = from;
        size_t sum = 0;
        while (to < tokens.size() && to - from < most_sequences && (to == from || sum + tokens[to].size() <= room)) sum += tokens[to++].size();
        read(tokens, from, to, vectors, cancel);
        from = to;
    }
    return vectors;
}

std::vector<llama_token> TextEmbedder::tokens_of(const std::string & text) const {
    const llama_vocab * vocabulary = llama_model_get_vocab(model_.get());
    // Never more tokens than bytes, and the two that frame it.
    std::vector<llama_token> tokens(text.size() + 2);
    const int32_t count = llama_tokenize(vocabulary, text.data(), static_cast<int32_t>(text.size()), tokens.data(), static_cast<int32_t>(tokens.size()), true, false);
    if (count < 0) throw Error(ErrorCode::internal, "", "llama.cpp could not tokenise a text");
    tokens.resize(static_cast<size_t>(count));
    return tokens;
}

void TextEmbedder::read(const std::vector<std::vector<llama_token>> & texts, size_t from, size_t to, TextVectors & vectors, const CancelFlag & cancel) {
    size_t sum = 0;
    for (size_t i = from; i < to; i++) sum += texts[i].size();
    if (sum == 0) return;
    Batch made(sum);
    llama_batch & batch = made.batch;
    for (size_t i = from; i < to; i++) {
        for (size_t position = 0; position < texts[i].size(); position++) {
            const int32_t at = batch.n_tokens++;
            batch.token[at] = texts[i][position];
            batch.pos[at] = static_cast<llama_pos>(position);
            batch.n_seq_id[at] = 1;
            batch.seq_id[at][0] = static_cast<llama_seq_id>(i - from);
            batch.logits[at] = 1;
        }
    }
    threads_.apply(context_.get());
    running_ = &cancel;
    const int32_t status = llama_encode(context_.get(), batch);
    running_ = nullptr;
    cancel.check();
    if (status != 0) throw Error(ErrorCode::internal, "", "llama.cpp could not embed a text (status " + std::to_string(status) + ")");
    for (size_t i = from; i < to; i++) {
        if (texts[i].empty()) continue;
        const float * values = llama_get_embeddings_seq(context_.get(), static_cast<llama_seq_id>(i - from));
        if (values == nullptr) throw Error(ErrorCode::internal, "", "llama.cpp gave no vector for a text");
        vectors[i] = of_unit_length(values, width_);
    }
}

} // namespace facet
