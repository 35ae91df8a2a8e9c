#include "sampler.hpp"

#include "error.hpp"

#include <algorithm>

namespace facet {

Sampler::Sampler(const Sampling & options) : options_(options) {
    llama_sampler_chain_params params = llama_sampler_chain_default_params();
    params.no_perf = true;
    chain_.reset(llama_sampler_chain_init(params));
    llama_sampler_chain_add(chain_.get(), llama_sampler_init_top_p(options.top_p, 1));
    llama_sampler_chain_add(chain_.get(), llama_sampler_init_min_p(options.min_p, 1));
    llama_sampler_chain_add(chain_.get(), llama_sampler_init_temp(options.temperature));
    llama_sampler_chain_add(chain_.get(), llama_sampler_init_dist(options.seed));
}

// llama.cpp's chain would copy all 262,144 candidates for every token; the best k are found here in one pass over the logits.
void Sampler::keep_best(const float * logits, int32_t count) {
    const size_t keep = static_cast<size_t>(std::min(options_.top_k, count));
    const auto better = [](const llama_token_data & a, const llama_token_data & b) {
        return a.logit > b.logit || (a.logit == b.logit && a.id < b.id);
    };
    best_.clear();
    for (int32_t id = 0; id < count; id++) {
        if (best_.size() == keep) {
            if (!(logits[id] > best_.front().logit)) continue;
            std::pop_heap(best_.begin(), best_.end(), better);
            best_.back() = {id, logits[id], 0.0f};
        } else {
            best_.push_back({id, logits[id], 0.0f});
        }
        std::push_heap(best_.begin(), best_.end(), better);
    }
    std::sort_heap(best_.begin(), best_.end(), better);
}

llama_token Sampler::sample(const float * logits, int32_t count) {
    if (options_.temperature == 0.0f) return static_cast<llama_token>(std::max_element(logits, logits + count) - logits);
    keep_best(logits, count);
    llama_token_data_array candidates = {best_.data(), best_.size(), -1, true};
    llama_sampler_apply(chain_.get(), &candidates);
    if (candidates.selected < 0) throw Error(ErrorCode::internal, "", "no token could be drawn");
    return candidates.data[candidates.selected].id;
}

} // namespace facet
