#include "vocabulary.hpp"

#include "error.hpp"

#include <algorithm>
#include <cstring>

namespace facet {
namespace {

const std::string strikethrough_tag = "</s>";
/** Text is cut at the first line break after so many bytes, and cut texts are kept in so many. */
constexpr size_t least_piece = 512;
constexpr size_t most_cached = 16u << 20;

bool mixes_line_breaks(const char * text) { return std::strchr(text, '\n') != nullptr && text[std::strspn(text, "\n")] != '\0'; }

} // namespace

Vocabulary::Vocabulary(const llama_model & model, const std::string & file)
    : vocab_(llama_model_get_vocab(&model)), size_(llama_vocab_n_tokens(vocab_)), bos_(llama_vocab_bos(vocab_)),
      cache_(most_cached) {
    bool has_start = false;
    bool has_end = false;
    for (llama_token id = 0; id < size_; id++) {
        const char * stored = llama_vocab_get_text(vocab_, id);
        if (mixes_line_breaks(stored)) line_breaks_stand_alone_ = false;
        if ((llama_vocab_get_attr(vocab_, id) & LLAMA_TOKEN_ATTR_CONTROL) == 0) continue;
        const std::string text = stored;
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

// Merging never crosses the end of a run of line breaks when no token does, so the pieces' ids are those of the whole.
void Vocabulary::append_ids(const char * text, size_t length, std::vector<llama_token> & ids) const {
    size_t from = 0;
    for (size_t at = least_piece; line_breaks_stand_alone_ && at < length; at++) {
        if (text[at - 1] != '\n' || text[at] == '\n' || at - from < least_piece) continue;
        append_piece(text + from, at - from, ids);
        from = at;
    }
    append_piece(text + from, length - from, ids);
}

void Vocabulary::append_piece(const char * text, size_t length, std::vector<llama_token> & ids) const {
    if (length < least_piece) {
        const auto found = ids_of(text, length);
        ids.insert(ids.end(), found.begin(), found.end());
        return;
    }
    std::string piece(text, length);
    if (cache_.append(piece, ids)) return;
    auto found = ids_of(text, length);
    ids.insert(ids.end(), found.begin(), found.end());
    cache_.put(std::move(piece), std::move(found));
}

std::vector<llama_token> Vocabulary::ids_of(const char * text, size_t length) const {
    if (length == 0) return {};
    // A token covers at least one byte, so this is always enough.
    std::vector<llama_token> ids(length + 8);
    const int32_t count =
        llama_tokenize(vocab_, text, static_cast<int32_t>(length), ids.data(), static_cast<int32_t>(ids.size()), false, false);
    if (count < 0) throw Error(ErrorCode::internal, "", "the tokenizer needed more tokens than bytes");
    ids.resize(static_cast<size_t>(count));
    return ids;
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
