#include "sampler.hpp"

#include "error.hpp"

#include <algorithm>
#include <vector>

namespace facet {
namespace {

/** What the model wants is nearly always among so many; a walk through the whole vocabulary takes a tenth of a second. */
constexpr int32_t least_searched = 1024;
/** As many as a draw usually needs, so that hardly any candidate is looked at in vain. */
constexpr size_t filtered_at_once = 64;

} // namespace

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
void Sampler::keep_best(const float * logits, int32_t count, int32_t most) {
    const size_t keep = static_cast<size_t>(std::min(most, count));
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
    keep_best(logits, count, options_.top_k);
    return draw();
}

llama_token Sampler::sample(const float * logits, int32_t count, const CandidateFilter & filter) {
    const auto likeliest = static_cast<llama_token>(std::max_element(logits, logits + count) - logits);
    const bool greedy = options_.temperature == 0.0f;
    std::vector<llama_token_data> some = {{likeliest, logits[likeliest], 0.0f}};
    if (greedy) filter(some);
    if (greedy && !some.empty()) return likeliest;
    keep_best(logits, count, std::max(options_.top_k, least_searched));
    const size_t wanted = greedy ? 1 : static_cast<size_t>(options_.top_k);
    std::vector<llama_token_data> passed;
    for (size_t from = 0; from < best_.size() && passed.size() < wanted; from += filtered_at_once) {
        const auto first = best_.begin() + static_cast<ptrdiff_t>(from);
        some.assign(first, first + static_cast<ptrdiff_t>(std::min(filtered_at_once, best_.size() - from)));
        filter(some);
        passed.insert(passed.end(), some.begin(), some.begin() + static_cast<ptrdiff_t>(std::min(some.size(), wanted - passed.size())));
    }
    if (passed.empty()) return best_of_all(logits, count, filter);
    best_ = std::move(passed);
    return greedy ? best_.front().id : draw();
}

llama_token Sampler::best_of_all(const float * logits, int32_t count, const CandidateFilter & filter) {
    best_.clear();
    for (llama_token id = 0; id < count; id++) best_.push_back({id, logits[id], 0.0f});
    filter(best_);
    const auto best = std::max_element(best_.begin(), best_.end(), [](const auto & a, const auto & b) { return a.logit < b.logit; });
    return best == best_.end() ? LLAMA_TOKEN_NULL : best->id;
}

llama_token Sampler::draw() {
    llama_token_data_array candidates = {best_.data(), best_.size(), -1, true};
    llama_sampler_apply(chain_.get(), &candidates);
    if (candidates.selected < 0) throw Error(ErrorCode::internal, "", "no token could be drawn");
    return candidates.data[candidates.selected].id;
}

} // namespace facet
