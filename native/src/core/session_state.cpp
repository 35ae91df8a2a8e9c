#include "session.hpp"

#include "llama.h"

#include <algorithm>

// The part of Session that copies whole states out of the cache and back.

namespace facet {

void Session::park() {
    Parked parked = {current_, std::vector<uint8_t>(llama_state_seq_get_size_ext(context_.get(), 0, LLAMA_STATE_SEQ_FLAGS_NONE))};
    if (llama_state_seq_get_data_ext(context_.get(), parked.state.data(), parked.state.size(), 0, LLAMA_STATE_SEQ_FLAGS_NONE) == parked.state.size()) {
        parked_.put(std::move(parked));
    }
}

bool Session::take(Sequence sequence, const uint8_t * state, size_t bytes) {
    clear();
    const bool taken = llama_state_seq_set_data_ext(context_.get(), state, bytes, 0, LLAMA_STATE_SEQ_FLAGS_NONE) == bytes &&
                       llama_memory_seq_pos_max(llama_get_memory(context_.get()), 0) + 1 == static_cast<llama_pos>(sequence.tokens.size());
    ring_.restored(sequence.tokens.size());
    if (taken) current_ = std::move(sequence);
    else clear();
    return taken;
}

void Session::adopt(Sequence sequence, const uint8_t * state, size_t bytes) {
    if (sequence.tokens.size() > capacity_) throw Error(ErrorCode::invalid_request, "tokens", "more than the context holds");
    if (current_.tokens.size() >= worth_parking) park();
    if (!take(std::move(sequence), state, bytes)) throw Error(ErrorCode::invalid_request, "state", "is not a state of this model and context");
}

std::optional<HeldState> Session::held_by(const std::string & owner) const {
    if (owner.empty()) return std::nullopt;
    if (current_.owner == owner) return HeldState{&current_, llama_state_seq_get_size_ext(context_.get(), 0, LLAMA_STATE_SEQ_FLAGS_NONE)};
    const Parked * parked = parked_.of(owner);
    if (parked == nullptr) return std::nullopt;
    return HeldState{&parked->sequence, parked->state.size()};
}

void Session::copy_state(const std::string & owner, uint8_t * target) const {
    const std::optional<HeldState> held = held_by(owner);
    if (!held) throw Error(ErrorCode::invalid_request, "owner", "has no state here");
    if (held->sequence != &current_) {
        const std::vector<uint8_t> & state = parked_.of(owner)->state;
        std::copy(state.begin(), state.end(), target);
    } else if (llama_state_seq_get_data_ext(context_.get(), target, held->bytes, 0, LLAMA_STATE_SEQ_FLAGS_NONE) != held->bytes) {
        throw Error(ErrorCode::internal, "", "llama.cpp did not copy the whole state");
    }
}

} // namespace facet
