#pragma once
#include "llama.h"
#include "token_cache.hpp"

#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace facet {

/** What tokenising and detokenising Gemma needs beyond llama.cpp. Reads the model's vocabulary only; safe on any thread. */
class Vocabulary {
  public:
    /** @throws Error model_invalid when turn markers are missing or are not control tokens (some files have them as plain text) */
    Vocabulary(const llama_model & model, const std::string & file);

    /** Ids of `text` without BOS; control tokens in it stay letters, except `</s>`, which is an ordinary HTML tag in Gemma. */
    std::vector<llama_token> tokenize_plain(const std::string & text) const;

    /** Bytes of one token as the user sees them; empty for control tokens other than `</s>`. */
    std::string piece(llama_token id) const;
    /** Bytes of one token with control tokens written out. */
    std::string full_piece(llama_token id) const;

    /** Control tokens with their text, longest first. */
    const std::vector<std::pair<std::string, llama_token>> & control_tokens() const { return control_; }
    /** `<end_of_turn>` and `<eos>`, and nothing else: llama.cpp's own set holds `</s>` too. */
    bool is_stop(llama_token id) const { return stops_.count(id) > 0; }
    /** Whether llama.cpp takes it for an end, which `</s>` is not in Gemma. */
    bool is_end_to_llama(llama_token id) const { return llama_vocab_is_eog(vocab_, id); }
    /** Lives as long as the model. */
    const llama_vocab * native() const { return vocab_; }
    llama_token bos() const { return bos_; }
    int32_t size() const { return size_; }

  private:
    std::string render(llama_token id, bool special) const;
    /** Piece by piece where the vocabulary allows it, each piece once. */
    void append_ids(const char * text, size_t length, std::vector<llama_token> & ids) const;
    void append_piece(const char * text, size_t length, std::vector<llama_token> & ids) const;
    std::vector<llama_token> ids_of(const char * text, size_t length) const;

    const llama_vocab * vocab_;
    int32_t size_;
    llama_token bos_;
    llama_token strikethrough_end_ = LLAMA_TOKEN_NULL;
    /** Whether no token holds a line break beside another character, so that text can be cut after its line breaks. */
    bool line_breaks_stand_alone_ = true;
    mutable TokenCache cache_;
    std::unordered_set<llama_token> stops_;
    std::vector<std::pair<std::string, llama_token>> control_;
};

} // namespace facet
