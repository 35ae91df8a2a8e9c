#include "vocabulary.hpp"

#include "error.hpp"

#include <algorithm>

namespace facet {
namespace {

const std::string strikethrough_tag = "</s>";

} // namespace

Vocabulary::Vocabulary(const llama_model & model, const std::string & file)
    : vocab_(llama_model_get_vocab(&model)), size_(llama_vocab_n_tokens(vocab_)), bos_(llama_vocab_bos(vocab_)) {
    bool has_start = false;
    bool has_end = false;
    for (llama_token id = 0; id < size_; id++) {
        if ((llama_vocab_get_attr(vocab_, id) & LLAMA_TOKEN_ATTR_CONTROL) == 0) continue;
        const std::string text = llama_vocab_get_text(vocab_, id);
        if (text == strikethrough_tag) {
            strikethrough_end_ = id;
            continue;
        }
        if (text == "<end_of_turn>" || text == "<eos>") stops_.insert(id);
        has_start = has_start || text == "<start_of_turn>";
        has_end = has_end || text == "<end_of_turn>";
        if (!text.empty()) control_.emplace_back(text, id);
    }
    if (!has_start || !has_end || bos_ == LLAMA_TOKEN_NULL) {
        throw Error(ErrorCode::model_invalid, file, "the turn markers are missing or are not control tokens", "control-tokens");
    }
    std::stable_sort(control_.begin(), control_.end(), [](const auto & a, const auto & b) { return a.first.size() > b.first.size(); });
}

void Vocabulary::append_ids(const char * text, size_t length, std::vector<llama_token> & ids) const {
    if (length == 0) return;
    // A token covers at least one byte, so this is always enough.
    std::vector<llama_token> found(length + 8);
    const int32_t count =
        llama_tokenize(vocab_, text, static_cast<int32_t>(length), found.data(), static_cast<int32_t>(found.size()), false, false);
    if (count < 0) throw Error(ErrorCode::internal, "", "the tokenizer needed more tokens than bytes");
    ids.insert(ids.end(), found.begin(), found.begin() + count);
}

std::vector<llama_token> Vocabulary::tokenize_plain(const std::string & text) const {
    std::vector<llama_token> ids;
    size_t from = 0;
    // llama.cpp forces `</s>` to a control token and would split it into letters (gemma's vocabulary has it as one ordinary piece).
    while (strikethrough_end_ != LLAMA_TOKEN_NULL) {
        const size_t at = text.find(strikethrough_tag, from);
        if (at == std::string::npos) break;
        append_ids(text.data() + from, at - from, ids);
        ids.push_back(strikethrough_end_);
        from = at + strikethrough_tag.size();
    }
    append_ids(text.data() + from, text.size() - from, ids);
    return ids;
}

std::string Vocabulary::render(llama_token id, bool special) const {
    std::string piece(64, '\0');
    int32_t length = llama_token_to_piece(vocab_, id, piece.data(), static_cast<int32_t>(piece.size()), 0, special);
    if (length < 0) {
        piece.resize(static_cast<size_t>(-length));
        length = llama_token_to_piece(vocab_, id, piece.data(), static_cast<int32_t>(piece.size()), 0, special);
    }
    piece.resize(length < 0 ? 0 : static_cast<size_t>(length));
    return piece;
}

std::string Vocabulary::piece(llama_token id) const { return render(id, id == strikethrough_end_); }
std::string Vocabulary::full_piece(llama_token id) const { return render(id, true); }

} // namespace facet
