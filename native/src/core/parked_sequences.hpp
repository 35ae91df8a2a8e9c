#pragma once
#include "sequence.hpp"

#include <cstdint>
#include <list>
#include <optional>
#include <string>

namespace facet {

/** A sequence with its whole state, out of the cache. */
struct Parked {
    Sequence sequence;
    std::vector<uint8_t> state;

    size_t bytes() const { return state.size() + sequence.checkpoints.bytes() + sequence.end_logits.size() * sizeof(float); }
};

/** Other conversations' states in memory, so that going back to one is a copy and not a prefill. The least recently parked go first. */
class ParkedSequences {
  public:
    explicit ParkedSequences(size_t budget_bytes) : budget_(budget_bytes) {}

    /** Replaces parked ones that this one goes on from. Larger than the whole budget: not kept. */
    void put(Parked parked);
    /** Takes out the one that shares most with `wanted`, if that is at least `least` tokens. */
    std::optional<Parked> take(const std::vector<Token> & wanted, size_t least);
    /** Null when there is none of this owner. Valid until the next change. */
    const Parked * of(const std::string & owner) const;
    const std::list<Parked> & all() const { return list_; }
    void clear();

  private:
    size_t budget_;
    size_t bytes_ = 0;
    /** Newest last. */
    std::list<Parked> list_;
};

} // namespace facet
