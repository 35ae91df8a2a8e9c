#include "draft_policy.hpp"

#include <algorithm>

namespace facet {
namespace {

/** Other programs disturb single steps, and a step gets dearer as the answer gets longer. */
constexpr double newest_step = 0.2;
/** Of what a longer step took more than a single one, with every single one: a step that was disturbed must not end drafting for good. */
constexpr double forgotten = 0.01;
/** A few guesses in a row tell whether an answer copies or not. */
constexpr double newest_guess = 0.15;
/** Before anything is measured: a row more for a quarter of a step, as where weights are what must be read. */
constexpr double likely_row = 0.25;
/** What drafts must promise to be worth the risk. */
constexpr double least_gain = 1.15;
/** What a row more costs at least, whatever a lucky measurement says: its logits are sorted and sampled too. */
constexpr double cheapest_row = 0.1;

} // namespace

void StepCosts::took(size_t rows, double milliseconds) {
    double & known = measured_[std::min(rows, most_rows)];
    known = known == 0 ? milliseconds : known + newest_step * (milliseconds - known);
    if (rows > 1) return;
    for (size_t other = 2; other <= most_rows; other++) {
        if (measured_[other] > known) measured_[other] -= forgotten * (measured_[other] - known);
    }
}

double StepCosts::of(size_t rows) const {
    const double one = measured_[1];
    if (one == 0 || rows <= 1) return 1 + likely_row * static_cast<double>(rows - 1);
    const double least = 1 + cheapest_row * static_cast<double>(rows - 1);
    if (measured_[rows] > 0) return std::max(least, measured_[rows] / one);
    size_t nearest = 1;
    for (size_t other = 2; other <= most_rows; other++) {
        const auto distance = [rows](size_t from) { return from > rows ? from - rows : rows - from; };
        if (measured_[other] > 0 && (nearest == 1 || distance(other) < distance(nearest))) nearest = other;
    }
    const double each = nearest == 1 ? likely_row : std::max(0.0, measured_[nearest] / one - 1) / static_cast<double>(nearest - 1);
    return std::max(least, 1 + each * static_cast<double>(rows - 1));
}

DraftPolicy::DraftPolicy(const StepCosts & costs) : costs_(costs), right_{0.1, 0.2, 0.4, 0.7, 0.9} {}

size_t DraftPolicy::class_of(size_t matched) { return matched <= 2 ? 0 : matched == 3 ? 1 : matched <= 6 ? 2 : matched <= 12 ? 3 : 4; }

size_t DraftPolicy::length(size_t matched, size_t most) const {
    size_t best = 0;
    double best_gain = least_gain;
    double reached = 1;
    double tokens = 1;
    for (size_t drafts = 1; drafts <= std::min(most, StepCosts::most_rows - 1); drafts++) {
        reached *= right_[class_of(matched + drafts - 1)];
        tokens += reached;
        const double gain = tokens / costs_.of(drafts + 1);
        if (gain > best_gain) {
            best_gain = gain;
            best = drafts;
        }
    }
    return best;
}

void DraftPolicy::learned(size_t matched, bool right) {
    double & share = right_[class_of(matched)];
    share += newest_guess * ((right ? 1.0 : 0.0) - share);
}

} // namespace facet
