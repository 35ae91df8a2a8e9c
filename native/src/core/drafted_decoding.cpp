#include "drafted_decoding.hpp"

#include <algorithm>
#include <utility>

namespace facet {

DraftedDecoding::DraftedDecoding(Session & session, Lookup lookup)
    : session_(session), mode_(lookup == Lookup::where_lossless && !session.batch_differences().empty() ? Lookup::off : lookup),
      lookup_(mode_ == Lookup::off ? std::vector<Token>() : session.held()), policy_(session.step_costs()) {}

const float * DraftedDecoding::logits() const { return appended_ ? session_.logits(come_) : session_.logits(); }

void DraftedDecoding::advance(llama_token id, size_t left, const Continuation & continuation, const CancelFlag & cancel) {
    if (mode_ != Lookup::off) {
        learn(id);
        lookup_.add(id);
    }
    const bool right = come_ < guess_.ids.size() && guess_.ids[come_] == id;
    if (right && come_ < read_) {
        come_++;
        accepted_++;
        return;
    }
    finish();
    guess_ = Guess();
    if (mode_ != Lookup::off) guess(std::min(left, size_t{session_.capacity()} - session_.held().size() - 1), continuation);
    std::vector<llama_token> batch = {id};
    batch.insert(batch.end(), guess_.ids.begin(), guess_.ids.begin() + static_cast<std::ptrdiff_t>(read_));
    const size_t reading = std::exchange(read_, 0);
    session_.append(batch, cancel);
    appended_ = true;
    read_ = reading;
    drafted_ += static_cast<uint32_t>(reading);
}

void DraftedDecoding::finish() {
    session_.take_back(read_ - std::min(read_, come_));
    read_ = come_ = 0;
}

/** Guesses count while all before them were right, whether they were read along or not. */
void DraftedDecoding::learn(llama_token id) {
    if (come_ >= guess_.ids.size()) return;
    policy_.learned(guess_.matched + come_, guess_.ids[come_] == id);
}

void DraftedDecoding::guess(size_t left, const Continuation & continuation) {
    const size_t most = std::min(left, session_.most_drafted() - 1);
    if (most == 0) return;
    // Inside a quotation nothing else may come until it ends, so that is worth as much as the longest match.
    guess_ = {continuation(most), PromptLookup::most_matched};
    if (guess_.ids.empty()) guess_ = lookup_.find(most);
    const size_t count = guess_.ids.size();
    read_ = count == 0 || mode_ == Lookup::always ? count : policy_.length(guess_.matched, count);
}

} // namespace facet
