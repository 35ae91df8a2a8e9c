#include "engine.hpp"

#include <algorithm>
#include <future>
#include <unordered_map>

// The part of Engine that hands conversations' states out and takes them up again.

namespace facet {
namespace {

[[noreturn]] void refuse(const std::string & field, const std::string & reason) { throw Error(ErrorCode::invalid_request, field, reason); }

} // namespace

std::vector<Token> Engine::with_local_images(const std::vector<Token> & tokens, std::vector<std::string> & keys) const {
    std::unordered_map<uint32_t, uint32_t> numbers;
    std::vector<Token> renumbered = tokens;
    for (Token & token : renumbered) {
        if (token.image == 0) continue;
        const auto [at, is_new] = numbers.emplace(token.image, static_cast<uint32_t>(keys.size() + 1));
        if (is_new) keys.push_back(embeddings_.key(token.image));
        token.image = at->second;
    }
    return renumbered;
}

Prospect Engine::prospect(const std::vector<PromptPart> & parts) {
    const auto work = begin_work();
    Session & running = session();
    Prospect result = {tokenize(parts), {}, 0};
    result.held = running.prospect(result.prompt);
    result.prompt.tokens = with_local_images(result.prompt.tokens, result.image_keys);
    return result;
}

std::optional<StateShape> Engine::state_shape(const std::string & owner) {
    const auto work = begin_work();
    const std::optional<HeldState> held = session().held_by(owner);
    if (!held) return std::nullopt;
    StateShape shape = {owner, {}, {}, {}, held->bytes};
    shape.tokens = with_local_images(held->sequence->tokens, shape.image_keys);
    for (const Checkpoint & checkpoint : held->sequence->checkpoints.all()) {
        shape.checkpoints.push_back({checkpoint.position, checkpoint.state.size(), checkpoint.at_boundary});
    }
    return shape;
}

void Engine::copy_state(const std::string & owner, const std::vector<size_t> & positions, uint8_t * target, size_t bytes) {
    const auto work = begin_work();
    const std::optional<HeldState> held = session().held_by(owner);
    if (!held) refuse("owner", "has no state here");
    size_t left = bytes;
    for (const size_t position : positions) {
        const Checkpoint * checkpoint = held->sequence->checkpoints.at_or_before(position);
        if (checkpoint == nullptr || checkpoint->position != position) refuse("positions", "there is no checkpoint at one of them");
        if (checkpoint->state.size() > left) refuse("target", "is too small");
        std::copy(checkpoint->state.begin(), checkpoint->state.end(), target);
        target += checkpoint->state.size();
        left -= checkpoint->state.size();
    }
    if (left != held->bytes) refuse("target", "does not have the size of the state");
    session().copy_state(owner, target);
}

void Engine::adopt_state(const StateToAdopt & given) {
    const auto work = begin_work();
    Session & running = session();
    const StateShape & shape = given.shape;
    Sequence sequence = running.empty_sequence();
    sequence.owner = shape.owner;
    sequence.tokens = shape.tokens;
    for (Token & token : sequence.tokens) {
        if (token.image == 0) continue;
        if (token.image > shape.image_keys.size()) refuse("tokens", "one names an image that is not there");
        token.image = embeddings_.number(shape.image_keys[token.image - 1]);
    }
    const uint8_t * from = given.data;
    size_t left = given.bytes;
    size_t before = 0;
    for (const StateShape::CheckpointShape & checkpoint : shape.checkpoints) {
        if (checkpoint.position <= before || checkpoint.position > shape.tokens.size()) refuse("checkpoints", "must ascend within the tokens");
        if (checkpoint.bytes > left) refuse("data", "is too small");
        from += checkpoint.bytes;
        left -= checkpoint.bytes;
        before = checkpoint.position;
    }
    if (left != shape.state_bytes) refuse("data", "does not have the size of the state");
    // While another core copies the state: filling fresh memory with them takes half as long as that.
    std::future<Checkpoints> copying = std::async(std::launch::async, [&shape, at = given.data, copies = sequence.checkpoints]() mutable {
        for (const StateShape::CheckpointShape & checkpoint : shape.checkpoints) {
            copies.add({checkpoint.position, std::vector<uint8_t>(at, at + checkpoint.bytes), checkpoint.at_boundary});
            at += checkpoint.bytes;
        }
        return std::move(copies);
    });
    running.adopt(std::move(sequence), from, left);
    running.put_checkpoints(copying.get());
}

} // namespace facet
