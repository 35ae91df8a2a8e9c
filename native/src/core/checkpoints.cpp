#include "checkpoints.hpp"

#include <iterator>
#include <utility>

namespace facet {

void Checkpoints::add(Checkpoint checkpoint) {
    if (checkpoint.state.size() > budget_) return;
    drop_after(checkpoint.position - 1);
    bytes_ += checkpoint.state.size();
    list_.push_back(std::move(checkpoint));
    while (bytes_ > budget_) shrink();
}

const Checkpoint * Checkpoints::at_or_before(size_t position) const {
    for (auto at = list_.rbegin(); at != list_.rend(); ++at) {
        if (at->position <= position) return &*at;
    }
    return nullptr;
}

void Checkpoints::drop_after(size_t position) {
    while (!list_.empty() && list_.back().position > position) erase(std::prev(list_.end()));
}

void Checkpoints::clear() {
    list_.clear();
    bytes_ = 0;
}

void Checkpoints::erase(std::list<Checkpoint>::iterator victim) {
    bytes_ -= victim->state.size();
    list_.erase(victim);
}

// Dropping one makes a later rewind re-read at most the gap between its neighbours. The newest stays: regenerating needs it.
void Checkpoints::shrink() {
    auto victim = list_.begin();
    auto smallest = std::make_pair(true, SIZE_MAX);
    size_t before = 0;
    for (auto at = list_.begin(); std::next(at) != list_.end(); before = at->position, ++at) {
        const auto loss = std::make_pair(at->at_boundary, std::next(at)->position - before);
        if (loss < smallest) {
            smallest = loss;
            victim = at;
        }
    }
    erase(victim);
}

} // namespace facet
