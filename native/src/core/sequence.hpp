#pragma once
#include "checkpoints.hpp"
#include "prompt.hpp"

#include <string>
#include <vector>

namespace facet {

/** What Facet knows about one sequence of the KV cache. */
struct Sequence {
    explicit Sequence(size_t checkpoint_bytes) : checkpoints(checkpoint_bytes) {}

    /** Exactly what the cache holds. */
    std::vector<Token> tokens;
    /** Whose conversation was read last; only its owner can have the state copied out. Empty for nobody. */
    std::string owner;
    Checkpoints checkpoints;
    /** Logits after the first `end_position` tokens; 0 for none. */
    std::vector<float> end_logits;
    size_t end_position = 0;
};

/** Length of the longest common start. */
inline size_t common_length(const std::vector<Token> & a, const std::vector<Token> & b) {
    size_t length = 0;
    while (length < a.size() && length < b.size() && a[length] == b[length]) length++;
    return length;
}

} // namespace facet
