#pragma once
#include "drafted_decoding.hpp"
#include "sampler.hpp"
#include "session.hpp"

#include <functional>
#include <string>
#include <vector>

namespace facet {

struct RunOptions {
    Sampling sampling;
    uint32_t max_tokens;
    std::vector<std::string> stop_texts;
    /** Texts that quotations of the answer must be taken from; empty for none. */
    std::vector<std::string> quote_texts;
    /** What of the answer stands already at the end of the prompt, as far as quotations go. */
    std::string quote_before;
    /** What the answer must be, in GBNF; empty for anything. Never together with quote_texts. */
    std::string grammar;
    Lookup lookup = Lookup::off;
    /** Whose conversation this is; empty for one whose state must not be copied out. */
    std::string owner;
};

/** Names are those of StopReason in electron/shared/generation.ts. */
enum class StopReason { end_of_turn, stop_text, max_tokens, context_full, cancelled };

struct RunResult {
    std::string text;
    std::vector<llama_token> ids;
    StopReason stop_reason = StopReason::cancelled;
    size_t prompt_tokens = 0;
    size_t cached_tokens = 0;
    double prefill_ms = 0;
    double first_token_ms = 0;
    double decode_ms = 0;
    /** Tokens that were read before they were drawn, and how many of them then were. */
    uint32_t drafted = 0;
    uint32_t accepted = 0;
};

struct RunEvents {
    /** Prompt tokens in the cache, all of them, and how many were there before. */
    std::function<void(size_t done, size_t total, size_t cached)> prefilled;
    /** New whole characters and the number of tokens since the last call; at most about every 33 ms. */
    std::function<void(const std::string & text, uint32_t tokens)> wrote;
};

/** Reads the prompt and writes an answer. Cancelling is a result, not an error. @throws Error does_not_fit and those of Session */
RunResult run_generation(Session & session, const Model & model, EmbeddingStore & embeddings, const Prompt & prompt, const RunOptions & options,
                         const RunEvents & events, const CancelFlag & cancel);

} // namespace facet
