#include "parked_sequences.hpp"

namespace facet {

void ParkedSequences::put(Parked parked) {
    if (parked.bytes() > budget_) return;
    for (auto at = list_.begin(); at != list_.end();) {
        const bool replaced = common_length(at->sequence.tokens, parked.sequence.tokens) == at->sequence.tokens.size();
        if (replaced) bytes_ -= at->bytes();
        at = replaced ? list_.erase(at) : std::next(at);
    }
    bytes_ += parked.bytes();
    list_.push_back(std::move(parked));
    while (bytes_ > budget_) {
        bytes_ -= list_.front().bytes();
        list_.pop_front();
    }
}

std::optional<Parked> ParkedSequences::take(const std::vector<Token> & wanted, size_t least) {
    auto best = list_.end();
    size_t most = 0;
    for (auto at = list_.begin(); at != list_.end(); ++at) {
        const size_t common = common_length(at->sequence.tokens, wanted);
        if (common >= least && common > most) {
            most = common;
            best = at;
        }
    }
    if (best == list_.end()) return std::nullopt;
    std::optional<Parked> taken(std::move(*best));
    bytes_ -= taken->bytes();
    list_.erase(best);
    return taken;
}

const Parked * ParkedSequences::of(const std::string & owner) const {
    for (auto at = list_.rbegin(); at != list_.rend(); ++at) {
        if (at->sequence.owner == owner) return &*at;
    }
    return nullptr;
}

void ParkedSequences::clear() {
    list_.clear();
    bytes_ = 0;
}

} // namespace facet
