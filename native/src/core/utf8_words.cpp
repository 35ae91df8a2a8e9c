#include "utf8_words.hpp"

#include <cstring>

namespace facet {
namespace {

bool within(uint32_t code, uint32_t first, uint32_t last) { return code >= first && code <= last; }

/** Blocks of Unicode 17 that hold marks and symbols and no letters. */
bool is_mark(uint32_t code) {
    return within(code, 0x80, 0xa9) || within(code, 0xab, 0xb1) || code == 0xb4 || within(code, 0xb6, 0xb8) || code == 0xbb || code == 0xbf || code == 0xd7 ||
           code == 0xf7 || within(code, 0x2000, 0x206f) || within(code, 0x20a0, 0x20cf) || within(code, 0x2190, 0x245f) || within(code, 0x2500, 0x2bff) ||
           within(code, 0x2e00, 0x2e7f) || within(code, 0x3000, 0x3004) || within(code, 0x3008, 0x3020) || within(code, 0xe000, 0xf8ff) || within(code, 0xfe10, 0xfe6f) ||
           within(code, 0xff01, 0xff0f) || within(code, 0xff1a, 0xff20) || within(code, 0x1f000, 0x1faff) || code == 0xfffd;
}

bool is_unspaced(uint32_t code) {
    return within(code, 0x0e00, 0x0eff) || within(code, 0x1000, 0x109f) || within(code, 0x1780, 0x17ff) || within(code, 0x2e80, 0x2fdf) ||
           within(code, 0x3005, 0x3007) || within(code, 0x3021, 0x30ff) || within(code, 0x3400, 0x4dbf) || within(code, 0x4e00, 0x9fff) ||
           within(code, 0xf900, 0xfaff) || within(code, 0x20000, 0x3ffff);
}

Character::Kind kind_of(uint32_t code) {
    if (within(code, 0x09, 0x0d) || code == 0x20 || code == 0x85 || code == 0xa0 || within(code, 0x2000, 0x200a) || code == 0x2028 || code == 0x2029 || code == 0x202f ||
        code == 0x205f || code == 0x3000) {
        return Character::Kind::space;
    }
    if (within(code, '0', '9') || within(code, 'A', 'Z') || within(code, 'a', 'z')) return Character::Kind::word;
    if (code < 0x80) return code != 0 && std::strchr("-.,:/_@'", static_cast<int>(code)) != nullptr ? Character::Kind::joiner : Character::Kind::other;
    if (code == 0x2010 || code == 0x2011 || code == 0x2019) return Character::Kind::joiner;
    if (is_unspaced(code)) return Character::Kind::unspaced;
    return is_mark(code) ? Character::Kind::other : Character::Kind::word;
}

} // namespace

size_t utf8_length(char first) {
    const auto byte = static_cast<unsigned char>(first);
    if (byte >= 0xf0 && byte < 0xf8) return 4;
    if (byte >= 0xe0 && byte < 0xf0) return 3;
    return byte >= 0xc0 && byte < 0xe0 ? 2 : 1;
}

Character character_at(const std::string & text, size_t at) {
    const size_t length = utf8_length(text[at]);
    const auto first = static_cast<unsigned char>(text[at]);
    if (length == 1) return {kind_of(first < 0x80 ? first : 0xfffd), 1};
    if (at + length > text.size()) return {Character::Kind::other, 1};
    uint32_t code = first & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        const auto byte = static_cast<unsigned char>(text[at + i]);
        if ((byte & 0xc0) != 0x80) return {Character::Kind::other, 1};
        code = code << 6 | (byte & 0x3fu);
    }
    return {kind_of(code), length};
}

bool inside_word(const Character & joined, const Character & before, const Character & here, const Character & next) {
    using Kind = Character::Kind;
    if (before.kind == Kind::unspaced || here.kind == Kind::unspaced) return false;
    const auto is_word = [](const Character & character) { return character.kind == Kind::word || character.kind == Kind::unspaced; };
    if (is_word(before) && is_word(here)) return true;
    if (is_word(before) && here.kind == Kind::joiner) return is_word(next);
    return is_word(here) && before.kind == Kind::joiner && is_word(joined);
}

bool is_quotation_mark(const std::string & text, size_t at) {
    for (const char * mark : {"\"", "\u201c", "\u201d", "\u201e", "\u00ab", "\u00bb"}) {
        if (text.compare(at, std::strlen(mark), mark) == 0) return true;
    }
    return false;
}

bool has_word(const std::string & text, size_t from, size_t to) {
    for (size_t at = from; at < to;) {
        const Character character = character_at(text, at);
        if (character.kind == Character::Kind::word || character.kind == Character::Kind::unspaced) return true;
        at += character.bytes;
    }
    return false;
}

} // namespace facet
