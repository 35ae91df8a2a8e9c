#include "session.hpp"

#include "llama.h"

#include <algorithm>

// The part of Session that decides what of the cache can stay.

namespace facet {
void Session::clear() {
    llama_memory_clear(llama_get_memory(context_.get()), false);
    ring_.cleared();
    current_ = Sequence(checkpoint_bytes_);
}

void Session::forget() {
    clear();
    parked_.clear();
}

// The sliding-window cache forgets; llama.cpp lets one rewind beyond what it still has and then gives wrong logits without an error.
// Position p sees keys from p - window + 1 on, so those must be there (measured to the token; pos_min is the window cache's oldest).
bool Session::can_resume_at(size_t position) const {
    if (position == current_.tokens.size() || position == 0) return true;
    const llama_pos oldest = llama_memory_seq_pos_min(llama_get_memory(context_.get()), 0);
    if (oldest < 0) return false;
    return oldest == 0 || static_cast<int64_t>(oldest) <= static_cast<int64_t>(position) - window_ + 1;
}

void Session::truncate(size_t position) {
    llama_memory_seq_rm(llama_get_memory(context_.get()), 0, static_cast<llama_pos>(position), -1);
    ring_.taken_back(current_.tokens.size() - position);
    current_.tokens.resize(position);
    current_.checkpoints.drop_after(position);
    if (current_.end_position > position) current_.end_position = 0;
}

// A cell is only used again when the first token of the batch no longer sees it, so whatever follows that token finds its window whole.
void Session::take_back(size_t count) {
    if (count == 0) return;
    const size_t position = current_.tokens.size() - count;
    if (count >= most_appended || !can_resume_at(position)) throw Error(ErrorCode::internal, "", "the window was lost after a draft");
    truncate(position);
}

void Session::end_at(size_t tokens) {
    if (tokens < current_.tokens.size() && can_resume_at(tokens)) truncate(tokens);
}

bool Session::restore(const Checkpoint & checkpoint) {
    const size_t read = llama_state_seq_set_data_ext(context_.get(), checkpoint.state.data(), checkpoint.state.size(), 0, LLAMA_STATE_SEQ_FLAGS_PARTIAL_ONLY);
    ring_.restored(checkpoint.position);
    return read == checkpoint.state.size();
}

/** Where reading `wanted` could go on, before the window is looked at. */
size_t Session::reusable(const Sequence & sequence, const std::vector<Token> & wanted) {
    size_t common = common_length(sequence.tokens, wanted);
    // Something must be read to get logits, unless those of this very place were kept.
    if (common == wanted.size() && common > 0 && sequence.end_position != common) common--;
    // A view is read in one piece, so one can only go on at its start.
    while (common > 0 && common < wanted.size() && wanted[common].image != 0 && wanted[common - 1].image == wanted[common].image) common--;
    return common;
}

size_t Session::prospect(const Prompt & prompt) const {
    const auto found_in = [&](const Sequence & sequence) {
        const size_t common = reusable(sequence, prompt.tokens);
        if (common == sequence.tokens.size()) return common;
        const Checkpoint * checkpoint = sequence.checkpoints.at_or_before(common);
        return checkpoint == nullptr ? size_t{0} : checkpoint->position;
    };
    const size_t common = reusable(current_, prompt.tokens);
    size_t most = can_resume_at(common) ? common : found_in(current_);
    for (const Parked & parked : parked_.all()) most = std::max(most, found_in(parked.sequence));
    return most;
}

size_t Session::reuse(const Prompt & prompt) {
    const std::vector<Token> & wanted = prompt.tokens;
    const size_t shared = common_length(current_.tokens, wanted);
    std::optional<Parked> better = parked_.take(wanted, shared + worth_parking);
    // Another conversation, not another branch of this one: its state is worth keeping.
    const bool leaving = current_.tokens.size() >= worth_parking && shared < current_.tokens.size() / 2;
    if (leaving || (better && current_.tokens.size() >= shared + worth_parking)) park();
    if (better) take(std::move(better->sequence), better->state.data(), better->state.size());

    const size_t common = reusable(current_, wanted);
    if (can_resume_at(common)) {
        truncate(common);
        // Put in order again, or no draft could be read from here on.
        if (const Checkpoint * here = ring_.is_known() ? nullptr : save_checkpoint(true); here != nullptr && !restore(*here)) clear();
    } else if (const Checkpoint * checkpoint = current_.checkpoints.at_or_before(common)) {
        truncate(checkpoint->position);
        if (!restore(*checkpoint)) clear();
    } else {
        clear();
    }
    if (current_.tokens.size() == wanted.size() && current_.end_position == wanted.size()) logits_ = current_.end_logits.data();
    return current_.tokens.size();
}

const Checkpoint * Session::save_checkpoint(bool at_boundary) {
    const size_t size = llama_state_seq_get_size_ext(context_.get(), 0, LLAMA_STATE_SEQ_FLAGS_PARTIAL_ONLY);
    Checkpoint checkpoint = {current_.tokens.size(), std::vector<uint8_t>(size), at_boundary};
    if (llama_state_seq_get_data_ext(context_.get(), checkpoint.state.data(), size, 0, LLAMA_STATE_SEQ_FLAGS_PARTIAL_ONLY) != size) return nullptr;
    current_.checkpoints.add(std::move(checkpoint));
    const Checkpoint * newest = current_.checkpoints.at_or_before(current_.tokens.size());
    return newest != nullptr && newest->position == current_.tokens.size() ? newest : nullptr;
}

void Session::mark_prompt_end() {
    if (current_.end_position == current_.tokens.size()) return;
    const float * row = logits_;
    current_.end_logits.assign(row, row + model_->vocabulary().size());
    current_.end_position = current_.tokens.size();
    save_checkpoint(true);
}

} // namespace facet
