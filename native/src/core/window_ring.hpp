#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace facet {

/**
 * Which cell of the sliding window's cache the next token comes into. llama.cpp fills the cells in a ring and does not tell; sums over them depend on
 * their order, so that drafts may only be read where taking them back leaves the next token the cell that it would have had without them.
 */
class WindowRing {
  public:
    /** `batch` is the most tokens that are read at once. A model without a window has none of this. */
    WindowRing(uint32_t window, uint32_t batch, uint32_t context)
        : window_(window), cells_(window == 0 ? 0 : std::min((context + 255) / 256 * 256, (window + batch + 255) / 256 * 256)) {}

    void cleared() { *this = WindowRing(window_, cells_); }
    /** The window before `position` was copied into the first cells, in some order. */
    void restored(size_t position) {
        const size_t filled = std::min<size_t>(position, window_);
        *this = WindowRing(window_, cells_);
        next_ = filled;
        // Else the second lap would meet cells that are still seen.
        one_lap_ = cells_ < filled + window_;
    }
    void read(size_t tokens) {
        next_ += tokens;
        if (next_ <= cells_) return;
        next_ = cells_ == 0 ? 0 : (next_ - 1) % cells_ + 1;
        known_ = known_ && !one_lap_;
    }
    /** Those that were read last are gone. The search goes on at the first free cell, which is no longer the next one when the ring's end was among them. */
    void taken_back(size_t tokens) {
        known_ = known_ && tokens <= next_;
        next_ -= std::min(tokens, next_);
    }

    bool is_known() const { return cells_ == 0 || known_; }
    /** Tokens that may be read and taken back again. */
    size_t room() const {
        if (cells_ == 0) return SIZE_MAX;
        return known_ ? (next_ == cells_ ? cells_ : cells_ - next_) : 0;
    }

  private:
    WindowRing(uint32_t window, size_t cells) : window_(window), cells_(cells) {}

    uint32_t window_;
    size_t cells_;
    /** From 0 to cells_; the latter when the last cell was just filled. */
    size_t next_ = 0;
    bool known_ = true;
    bool one_lap_ = false;
};

} // namespace facet
