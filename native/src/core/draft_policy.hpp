#pragma once
#include <array>
#include <cstddef>

namespace facet {

/** What a batch of several tokens costs here, against one token: learned from every step that is taken, for as long as the model is loaded. */
class StepCosts {
  public:
    /** Most tokens of one step: the one that was drawn and its drafts. Each takes a row of logits, 1 MiB, that llama.cpp reserves. */
    static constexpr size_t most_rows = 8;

    void took(size_t rows, double milliseconds);
    /** Of a step with so many rows, one row being 1. What was not measured yet is taken to cost what its neighbours make likely. */
    double of(size_t rows) const;

  private:
    /** Milliseconds by rows, 0 for those not measured. */
    std::array<double, most_rows + 1> measured_{};
};

/**
 * Says how many guessed tokens are worth being read along, from how often guesses like them were right. That is learned from every guess, also from those
 * that were not read along: without drafts nothing is lost, and drafts begin as soon as they would have been right.
 */
class DraftPolicy {
  public:
    explicit DraftPolicy(const StepCosts & costs);

    /** Drafts to read along when `matched` tokens stood before in both places; 0 when none pays. */
    size_t length(size_t matched, size_t most) const;
    /** A token was drawn for which one was guessed after `matched` tokens. */
    void learned(size_t matched, bool right);

  private:
    static constexpr size_t classes = 5;
    static size_t class_of(size_t matched);

    const StepCosts & costs_;
    /** Share of right guesses by how long the match was. */
    std::array<double, classes> right_;
};

} // namespace facet
