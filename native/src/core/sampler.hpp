#pragma once
#include "llama.h"

#include <cstdint>
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

/** Draws tokens in Gemma's order: top-k, top-p, min-p, temperature, then by chance from the seed. */
class Sampler {
  public:
    explicit Sampler(const Sampling & options);
    /** `logits` holds `count` values and is not changed. */
    llama_token sample(const float * logits, int32_t count);

  private:
    void keep_best(const float * logits, int32_t count);

    struct Free {
        void operator()(llama_sampler * sampler) const { llama_sampler_free(sampler); }
    };
    Sampling options_;
    std::unique_ptr<llama_sampler, Free> chain_;
    std::vector<llama_token_data> best_;
};

} // namespace facet
