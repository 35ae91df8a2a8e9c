#include "quote_index.hpp"

#include "utf8_words.hpp"

#include <algorithm>
#include <cstring>

namespace facet {
namespace {

/** Sorting by more would cost time with texts that repeat themselves; few places are the same for longer. */
constexpr size_t sorted_bytes = 32;
/** Where more places are left, they differ soon. */
constexpr size_t most_compared = 16;

/**
 * Whether a word comes before any space or quotation mark. A quotation that began elsewhere could come to a place where the text goes on with the mark
 * that would close it, too early to be closed.
 */
bool reaches_word(const std::string & text, size_t at) {
    while (at < text.size() && text[at] != '\0') {
        const Character character = character_at(text, at);
        if (character.kind == Character::Kind::word || character.kind == Character::Kind::unspaced) return true;
        if (character.kind == Character::Kind::space || is_quotation_mark(text, at)) return false;
        at += character.bytes;
    }
    return false;
}

} // namespace

QuoteIndex::QuoteIndex(const std::vector<std::string> & texts) {
    for (const std::string & text : texts) add(text);
    // So that any place can be compared without looking for the end.
    text_.append(sorted_bytes, '\0');
    edges_.resize(text_.size(), true);
    std::sort(starts_.begin(), starts_.end(), [this](uint32_t a, uint32_t b) {
        const int order = std::memcmp(text_.data() + a, text_.data() + b, sorted_bytes);
        return order != 0 ? order < 0 : a < b;
    });
}

void QuoteIndex::add(const std::string & text) {
    const size_t from = text_.size();
    for (size_t at = 0; at < text.size();) {
        const Character character = character_at(text, at);
        if (character.kind != Character::Kind::space) text_.append(text, at, character.bytes);
        else if (text_.size() > from && text_.back() != ' ') text_ += ' ';
        at += character.bytes;
    }
    if (text_.size() > from && text_.back() == ' ') text_.pop_back();
    text_ += '\0';
    find_edges(from);
}

void QuoteIndex::find_edges(size_t from) {
    edges_.resize(text_.size(), false);
    Character before = Character::none();
    Character joined = Character::none();
    for (size_t at = from; at < text_.size();) {
        const Character here = character_at(text_, at);
        const Character next = at + here.bytes < text_.size() ? character_at(text_, at + here.bytes) : Character::none();
        const bool edge = !inside_word(joined, before, here, next);
        edges_[at] = edge;
        if (edge && reaches_word(text_, at)) starts_.push_back(static_cast<uint32_t>(at));
        joined = before;
        before = here;
        at += here.bytes;
    }
}

bool QuoteSpan::advance(char byte) {
    if (byte == '\0' || !narrow(byte)) return false;
    ends_with_space_ = byte == ' ';
    return true;
}

bool QuoteSpan::narrow(char byte) {
    if (length_ < sorted_bytes) {
        const auto begin = index_->starts_.begin() + static_cast<std::ptrdiff_t>(low_);
        const auto end = index_->starts_.begin() + static_cast<std::ptrdiff_t>(high_);
        const auto value = static_cast<unsigned char>(byte);
        const auto first = std::lower_bound(begin, end, value, [this](uint32_t start, unsigned char wanted) { return static_cast<unsigned char>(at(start, length_)) < wanted; });
        const auto last = std::upper_bound(first, end, value, [this](unsigned char wanted, uint32_t start) { return wanted < static_cast<unsigned char>(at(start, length_)); });
        if (first == last) return false;
        low_ = static_cast<size_t>(first - index_->starts_.begin());
        high_ = static_cast<size_t>(last - index_->starts_.begin());
        if (++length_ == sorted_bytes) matches_.assign(first, last);
        return true;
    }
    std::vector<uint32_t> kept;
    for (const uint32_t start : matches_) {
        if (at(start, length_) == byte) kept.push_back(start);
    }
    if (kept.empty()) return false;
    matches_ = std::move(kept);
    length_++;
    return true;
}

bool QuoteSpan::may_end() const {
    if (length_ == 0) return false;
    // Before a space is as good as after it, where a mark may follow in the text that would close the quotation.
    const size_t length = ends_with_space_ ? length_ - 1 : length_;
    const auto ends = [&](uint32_t start) { return index_->edges_[start + length] && has_word(index_->text_, start, start + length); };
    if (length_ >= sorted_bytes) return std::any_of(matches_.begin(), matches_.end(), ends);
    for (size_t i = low_; i < high_; i++) {
        if (ends(index_->starts_[i])) return true;
    }
    return false;
}

std::string QuoteSpan::continuation(size_t most) const {
    const bool sorted = length_ < sorted_bytes;
    const size_t count = sorted ? high_ - low_ : matches_.size();
    const auto place = [&](size_t i) { return sorted ? index_->starts_[low_ + i] : matches_[i]; };
    if (length_ == 0 || count > most_compared) return "";
    std::string common;
    while (common.size() < most) {
        const char next = at(place(0), length_ + common.size());
        for (size_t i = 1; i < count; i++) {
            if (at(place(i), length_ + common.size()) != next) return common;
        }
        if (next == '\0') break;
        common += next;
    }
    return common;
}

} // namespace facet
