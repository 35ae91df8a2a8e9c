#include "prompt_lookup.hpp"

namespace facet {
namespace {

constexpr size_t buckets = size_t{1} << 16;
/** Pairs such as a comma and a line break stand in thousands of places; the latest of them are enough. */
constexpr int most_tried = 64;

} // namespace

PromptLookup::PromptLookup(const std::vector<Token> & tokens) : last_(buckets, 0) {
    tokens_.reserve(tokens.size());
    earlier_.reserve(tokens.size());
    for (const Token & token : tokens) append(token);
}

void PromptLookup::add(llama_token id) { append({id, 0}); }

// The end itself is entered with the token after it, so that it does not find itself.
void PromptLookup::append(const Token & token) {
    const size_t end = tokens_.size();
    uint32_t earlier = 0;
    if (end >= least_matched) {
        uint32_t & last = last_[bucket(end)];
        earlier = last;
        last = static_cast<uint32_t>(end);
    }
    earlier_.push_back(earlier);
    tokens_.push_back(token);
}

size_t PromptLookup::bucket(size_t end) const {
    const auto pair = (static_cast<uint64_t>(static_cast<uint32_t>(tokens_[end - 2].id)) << 32) | static_cast<uint32_t>(tokens_[end - 1].id);
    // Fibonacci hashing: the upper bits of a product with 2^64 divided by the golden ratio.
    return static_cast<size_t>((pair * 0x9E3779B97F4A7C15ull) >> 48);
}

size_t PromptLookup::matched(size_t end) const {
    size_t length = 0;
    while (length < most_matched && length < end && tokens_[end - 1 - length] == tokens_[tokens_.size() - 1 - length]) length++;
    return length;
}

Guess PromptLookup::find(size_t most) const {
    Guess guess;
    if (tokens_.size() < least_matched) return guess;
    size_t best = 0;
    int tried = 0;
    for (size_t end = last_[bucket(tokens_.size())]; end != 0 && tried < most_tried && guess.matched < most_matched; end = earlier_[end], tried++) {
        const size_t length = matched(end);
        if (length < least_matched || length <= guess.matched) continue;
        guess.matched = length;
        best = end;
    }
    for (size_t at = best; guess.matched > 0 && at < tokens_.size() && guess.ids.size() < most && tokens_[at].image == 0; at++) guess.ids.push_back(tokens_[at].id);
    if (guess.ids.empty()) guess.matched = 0;
    return guess;
}

} // namespace facet
