#pragma once
#include "cancel.hpp"
#include "llama_handles.hpp"
#include "session.hpp"
#include "thread_policy.hpp"

#include <string>
#include <vector>

namespace facet {

/** Each of one length, in order; one is empty where its text is longer than the model reads. */
using TextVectors = std::vector<std::vector<float>>;

/**
 * A loaded EmbeddingGemma (llama.cpp's architecture `gemma-embedding`: attention both ways, the mean over a text's tokens, two dense layers), on the
 * CPU. Keeps no state between calls. One call at a time.
 */
class TextEmbedder {
  public:
    /** `threads` 0 chooses by what the machine does. @throws Error model_missing, model_invalid, model_load_failed or cancelled */
    TextEmbedder(const std::string & path, int threads, const CancelFlag & cancel);
    ~TextEmbedder();

    /**
     * Vectors of unit length. A text is framed with BOS and EOS as the model was trained, control tokens in it stay letters.
     * @throws Error cancelled, also between two layers; internal
     */
    TextVectors embed(const std::vector<std::string> & texts, const CancelFlag & cancel);
    /** Numbers of a vector. */
    uint32_t width() const { return width_; }
    /** Tokens of the longest text it reads, BOS and EOS included. */
    uint32_t longest_text() const { return longest_text_; }
    SessionMemory memory() const { return memory_of(*context_, *model_); }

  private:
    std::vector<llama_token> tokens_of(const std::string & text) const;
    /** Reads these texts together, one sequence each, and fills their vectors. */
    void read(const std::vector<std::vector<llama_token>> & texts, size_t from, size_t to, TextVectors & vectors, const CancelFlag & cancel);

    uint32_t width_ = 0;
    uint32_t longest_text_ = 0;
    ThreadPolicy threads_;
    /** Of the call that runs; read by ggml's threads. */
    const CancelFlag * running_ = nullptr;
    ModelHandle model_;
    ContextHandle context_;
};

} // namespace facet
