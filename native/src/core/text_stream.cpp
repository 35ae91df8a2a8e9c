#include "text_stream.hpp"

#include <algorithm>

namespace facet {
namespace {

constexpr const char * replacement = "\xEF\xBF\xBD";

/** Length of the character at `at` if it is complete and valid, 0 if more bytes are needed, -1 if it can't be UTF-8. */
int character_length(const std::string & bytes, size_t at, size_t end) {
    const auto byte = [&](size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const unsigned char first = byte(at);
    if (first < 0x80) return 1;
    const int length = first >= 0xC2 && first <= 0xDF ? 2 : (first & 0xF0) == 0xE0 ? 3 : first >= 0xF0 && first <= 0xF4 ? 4 : -1;
    if (length < 0) return -1;
    for (int i = 1; i < length; i++) {
        if (at + i >= end) return 0;
        unsigned char low = 0x80;
        unsigned char high = 0xBF;
        // Overlong forms, surrogates and values beyond U+10FFFF (Unicode 15, table 3-7).
        if (i == 1 && first == 0xE0) low = 0xA0;
        if (i == 1 && first == 0xED) high = 0x9F;
        if (i == 1 && first == 0xF0) low = 0x90;
        if (i == 1 && first == 0xF4) high = 0x8F;
        if (byte(at + i) < low || byte(at + i) > high) return -1;
    }
    return length;
}

/** Moves whole characters of bytes[from, end) to `text`; the rest of a character at the end stays unless `all`. Returns the new `from`. */
size_t convert(const std::string & bytes, size_t from, size_t end, bool all, std::string & text) {
    while (from < end) {
        const int length = character_length(bytes, from, end);
        if (length > 0) {
            text.append(bytes, from, static_cast<size_t>(length));
            from += static_cast<size_t>(length);
        } else if (length < 0 || all) {
            text += replacement;
            from++;
        } else {
            break;
        }
    }
    return from;
}

/** Where a stop text could begin at the end of `bytes`. */
size_t held_from(const std::string & bytes, const std::vector<std::string> & stops) {
    size_t from = bytes.size();
    for (const std::string & stop : stops) {
        for (size_t length = std::min(stop.size(), bytes.size()); length > 0; length--) {
            if (bytes.compare(bytes.size() - length, length, stop, 0, length) == 0) {
                from = std::min(from, bytes.size() - length);
                break;
            }
        }
    }
    return from;
}

} // namespace

bool TextStream::add(const std::string & piece) {
    const size_t searched = bytes_.size();
    bytes_ += piece;
    ends_.push_back(bytes_.size());
    for (const std::string & stop : stops_) {
        const size_t from = searched < stop.size() ? 0 : searched - stop.size() + 1;
        stop_at_ = std::min(stop_at_, bytes_.find(stop, from));
    }
    if (stop_at_ != std::string::npos) {
        converted_ = convert(bytes_, converted_, stop_at_, true, text_);
        return true;
    }
    converted_ = convert(bytes_, converted_, std::max(converted_, held_from(bytes_, stops_)), false, text_);
    return false;
}

void TextStream::finish(bool cut_off) {
    if (stop_at_ != std::string::npos) return;
    const size_t held = std::max(converted_, held_from(bytes_, stops_));
    // Only between two tokens: ids and text must go on saying the same.
    if (cut_off && held < bytes_.size() && (held == 0 || std::binary_search(ends_.begin(), ends_.end(), held))) stop_at_ = held;
    converted_ = convert(bytes_, converted_, std::min(stop_at_, bytes_.size()), true, text_);
}

std::string TextStream::take() {
    std::string fresh = text_.substr(taken_);
    taken_ = text_.size();
    return fresh;
}

size_t TextStream::tokens_before_stop() const {
    if (stop_at_ == std::string::npos) return ends_.size();
    return static_cast<size_t>(std::upper_bound(ends_.begin(), ends_.end(), stop_at_) - ends_.begin());
}

} // namespace facet
