#pragma once
#include "llama.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace facet {

/** Ranges are checked where the options enter; see electron/shared/generation.ts. */
struct Sampling {
    /** 0 takes the most likely token. */
    float temperature;
    int32_t top_k;
    float top_p;
    float min_p;
    uint32_t seed;
};

/** Takes out the candidates that may not come next, and keeps the order of the others. */
using CandidateFilter = std::function<void(std::vector<llama_token_data> &)>;

/** Draws tokens in Gemma's order: top-k, top-p, min-p, temperature, then by chance from the seed. */
class Sampler {
  public:
    explicit Sampler(const Sampling & options);
    /** `logits` holds `count` values and is not changed. */
    llama_token sample(const float * logits, int32_t count);
    /**
     * The same among the tokens that `filter` lets through: they are looked for from the likeliest on, 1,024 of them at least, and only when none of these
     * passes through the whole vocabulary. LLAMA_TOKEN_NULL when nothing is allowed.
     */
    llama_token sample(const float * logits, int32_t count, const CandidateFilter & filter);

  private:
    void keep_best(const float * logits, int32_t count, int32_t most);
    llama_token best_of_all(const float * logits, int32_t count, const CandidateFilter & filter);
    llama_token draw();

    struct Free {
        void operator()(llama_sampler * sampler) const { llama_sampler_free(sampler); }
    };
    Sampling options_;
    std::unique_ptr<llama_sampler, Free> chain_;
    std::vector<llama_token_data> best_;
};

} // namespace facet
