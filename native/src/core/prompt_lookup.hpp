#pragma once
#include "prompt.hpp"

#include <cstdint>
#include <vector>

namespace facet {

/** Tokens that may come next, because they came next the last time that the same tokens stood before. */
struct Guess {
    std::vector<llama_token> ids;
    /** How many tokens in a row stood before in both places, `PromptLookup::most_matched` at most; 0 without a guess. */
    size_t matched = 0;
};

/** Finds where the last tokens of a sequence stood before in it. Adding and finding take microseconds, whatever the length. */
class PromptLookup {
  public:
    /** Shorter matches are chance. */
    static constexpr size_t least_matched = 2;
    static constexpr size_t most_matched = 32;

    explicit PromptLookup(const std::vector<Token> & tokens);

    void add(llama_token id);
    /** What follows the longest match of the end, the latest of several; at most `most` ids, and none of a view. */
    Guess find(size_t most) const;

  private:
    void append(const Token & token);
    size_t bucket(size_t end) const;
    size_t matched(size_t end) const;

    std::vector<Token> tokens_;
    /** By the hash of two tokens, the place after them where they stood last; 0 for nowhere. */
    std::vector<uint32_t> last_;
    /** For each place, the one before it with the same hash. */
    std::vector<uint32_t> earlier_;
};

} // namespace facet
