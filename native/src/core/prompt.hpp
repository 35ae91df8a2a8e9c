#pragma once
#include "llama.h"

#include <cstdint>
#include <string>
#include <vector>

namespace facet {

/** Id that stands for an image position in a tokenised prompt; the row after the text vocabulary of the released models. */
constexpr llama_token image_token_id = 262144;

/** A piece of a prompt; the meaning of each kind is fixed by electron/engine/engineContract.ts. */
struct PromptPart {
    enum class Kind { control, text, tokens, image };
    Kind kind;
    /** Text of control and text parts; the key of an image. */
    std::string text;
    std::vector<llama_token> ids;
};

/** One position of a prompt or of the KV cache. `image` is 0 for text and the number of a view otherwise, so that equal means same state. */
struct Token {
    llama_token id;
    uint32_t image;
    bool operator==(const Token & other) const { return id == other.id && image == other.image; }
    bool operator!=(const Token & other) const { return !(*this == other); }
};

struct Prompt {
    std::vector<Token> tokens;
    /** Tokens by part; a token belongs to the part that holds its first byte, joined control parts count for the first of them. */
    std::vector<uint32_t> counts;
    /** Positions where a text, tokens or image part begins, and where an image ends: where a later prompt is likely to branch off. Ascending. */
    std::vector<size_t> branch_points;
};

} // namespace facet
