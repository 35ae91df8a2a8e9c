#pragma once
#include <cstddef>
#include <cstdint>
#include <list>
#include <vector>

namespace facet {

/** The sliding-window part of the KV cache as it was when the cache held exactly `position` tokens. */
struct Checkpoint {
    size_t position;
    std::vector<uint8_t> state;
    /** At a place where prompts branch off; the others only shorten what is read after a change inside a long part. */
    bool at_boundary;
};

/** Checkpoints of one sequence, oldest first, within a byte budget. When it is spent, those inside parts go first, closest neighbours first. */
class Checkpoints {
  public:
    explicit Checkpoints(size_t budget_bytes) : budget_(budget_bytes) {}

    void add(Checkpoint checkpoint);
    /** The last one at or before `position`; null without one. */
    const Checkpoint * at_or_before(size_t position) const;
    /** Forgets those beyond `position`. */
    void drop_after(size_t position);
    void clear();
    size_t bytes() const { return bytes_; }
    const std::list<Checkpoint> & all() const { return list_; }
    /** 0 when there is none. */
    size_t last_position() const { return list_.empty() ? 0 : list_.back().position; }

  private:
    void shrink();
    void erase(std::list<Checkpoint>::iterator victim);

    size_t budget_;
    size_t bytes_ = 0;
    std::list<Checkpoint> list_;
};

} // namespace facet
