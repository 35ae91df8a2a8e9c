#pragma once
#include "error.hpp"

#include <atomic>

namespace facet {

/** Set from the JavaScript thread, read by a worker and by ggml's threads. One per operation. */
class CancelFlag {
  public:
    void set() { set_.store(true, std::memory_order_relaxed); }
    bool is_set() const { return set_.load(std::memory_order_relaxed); }
    /** @throws Error cancelled */
    void check() const {
        if (is_set()) throw Error(ErrorCode::cancelled, "", "cancelled");
    }

  private:
    std::atomic<bool> set_{false};
};

} // namespace facet
