#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

namespace facet {

/** One character of a UTF-8 text, as far as the limits of words are concerned. The rule is that of electron/services/citations/wordEdges.ts. */
struct Character {
    enum class Kind { none, space, word, /** Of a script written without spaces. */ unspaced, /** Inside a word when between two word characters. */ joiner, other };
    Kind kind;
    size_t bytes;
    static Character none() { return {Kind::none, 0}; }
};

/** Bytes that the character which begins with this one should have; 1 for bytes that begin none. */
size_t utf8_length(char first);

/** A byte that begins no character counts as one of kind other. */
Character character_at(const std::string & text, size_t at);

/** Whether the place between `before` and `here` lies inside a word or a number; `joined` stands before `before`, `next` after `here`. */
bool inside_word(const Character & joined, const Character & before, const Character & here, const Character & next);

/** Whether one of the marks “ ” " „ « » stands there. */
bool is_quotation_mark(const std::string & text, size_t at);

/** Whether a stretch of the text has a letter or a digit. */
bool has_word(const std::string & text, size_t from, size_t to);

} // namespace facet
