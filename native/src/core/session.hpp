#pragma once
#include "cancel.hpp"
#include "draft_policy.hpp"
#include "embedding_store.hpp"
#include "llama_handles.hpp"
#include "model.hpp"
#include "parked_sequences.hpp"
#include "prompt.hpp"
#include "sequence.hpp"
#include "thread_policy.hpp"
#include "window_ring.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace facet {

/** Numbers in the KV cache. F32 is for comparing with a reference: it goes without flash attention, which rounds. */
enum class CacheType { f16, q8_0, f32 };

struct SessionOptions {
    /** Tokens; a multiple of 256. */
    uint32_t context_tokens;
    /** 0: chosen by the load of the moment. */
    int threads;
    bool use_gpu;
    /** For checkpoints of each sequence, and as much again for parked sequences. */
    size_t checkpoint_bytes;
    CacheType cache_type;
};

/** Bytes by part. */
struct SessionMemory {
    uint64_t weights;
    uint64_t kv;
    uint64_t compute;
    /** Of the weights, those that are read where they lie in the mapped file; the system counts them as free. */
    uint64_t mapped;
    /** Of all, what lies on a graphics card. */
    uint64_t device;
};

/** What a context and its model take. */
SessionMemory memory_of(const llama_context & context, const llama_model & model);

/** A sequence that can be copied out. Points into the session; valid until its next call. */
struct HeldState {
    const Sequence * sequence;
    /** Of the whole state, window included. */
    size_t bytes;
};

/** Tokens of the prompt that are in the cache by now. */
using PrefillProgress = std::function<void(size_t done)>;

/**
 * One conversation's state in the model: the KV cache and the knowledge of what it holds. One thread at a time.
 * `held()` is the truth after every call, also after errors and cancelling.
 */
class Session {
  public:
    /** @throws Error model_load_failed when the context does not fit into memory */
    Session(std::shared_ptr<const Model> model, const SessionOptions & options);
    ~Session();
    Session(const Session &) = delete;
    Session & operator=(const Session &) = delete;

    uint32_t capacity() const { return capacity_; }
    SessionMemory memory() const;

    /**
     * Reads one token and forgets it: what reading takes of the weights and of memory is there before the first question.
     * @throws Error cancelled; model_load_failed when it cannot be read
     */
    void warm_up(const CancelFlag & cancel);

    /**
     * Makes the cache a prefix of `prompt`, as long as exact results allow, and returns its length.
     * The whole prompt is only kept if its logits are still known.
     */
    size_t reuse(const Prompt & prompt);

    /**
     * Reads what `reuse` left over. Afterwards `logits()` belong to the last position.
     * @throws Error cancelled; invalid_request when a view is not in `embeddings`
     */
    void prefill(const Prompt & prompt, EmbeddingStore & embeddings, const PrefillProgress & progress, const CancelFlag & cancel);

    /** Remembers the state and the logits at this place, so that another answer to the same prompt starts at once. */
    void mark_prompt_end();

    /** Most tokens that `append` takes. */
    static constexpr size_t most_appended = StepCosts::most_rows;
    /** Reads tokens of an answer, drafts among them. Afterwards `logits(i)` belong to the i-th of them. @throws Error cancelled; none of them is read then */
    void append(const std::vector<llama_token> & ids, const CancelFlag & cancel);
    /** Tokens that may be appended at once when some of them may have to be taken back: 1 where that would change what is computed later. */
    size_t most_drafted() const { return std::clamp<size_t>(ring_.room(), 1, most_appended); }
    /** Names what is computed with other bits for tokens that are appended together; nothing: drafts change nothing. @throws Error internal */
    const std::vector<std::string> & batch_differences();
    /** Takes back the last `count` of the tokens that `append` read, not all of them: the window still has what those before them see. */
    void take_back(size_t count);
    /** Takes back what is beyond the first `tokens`, as far as the window allows: a copy of the state can only be gone on from at its very end. */
    void end_at(size_t tokens);

    /** One value per row of the vocabulary, valid until the next call. */
    const float * logits() const { return logits_; }
    const float * logits(size_t appended) const;
    /** Learned from every `append`. */
    const StepCosts & step_costs() const { return step_costs_; }
    const std::vector<Token> & held() const { return current_.tokens; }
    ThreadPolicy & threads() { return threads_; }

    /** One that holds nothing, with this session's budget. */
    Sequence empty_sequence() const { return Sequence(checkpoint_bytes_); }
    /** Says whose sequence this is from now on; empty for nobody's. */
    void own(const std::string & owner) { current_.owner = owner; }
    /** Tokens that `reuse` would find in memory for this prompt. Changes nothing. */
    size_t prospect(const Prompt & prompt) const;
    /** The owner's sequence, in the cache or parked; nothing when it has none or `owner` is empty. */
    std::optional<HeldState> held_by(const std::string & owner) const;
    /** Copies the owner's whole state to `target`, which has the bytes that `held_by` says. @throws Error internal when llama.cpp copies less */
    void copy_state(const std::string & owner, uint8_t * target) const;
    /**
     * Puts a state that was copied out, here or in another process, into the cache; what was there is parked. `state` must come from the same
     * model, build and cache type. @throws Error invalid_request when llama.cpp does not take it; the cache is empty then
     */
    void adopt(Sequence sequence, const uint8_t * state, size_t bytes);
    /** In the place of the current sequence's own. */
    void put_checkpoints(Checkpoints checkpoints) { current_.checkpoints = std::move(checkpoints); }
    /** Forgets everything, parked sequences too. */
    void forget();

  private:
    /** Fewer tokens are read again sooner than a state is copied out and back. */
    static constexpr size_t worth_parking = 256;
    bool can_resume_at(size_t position) const;
    void clear();
    /** Keeps a copy of the current sequence; the cache stays as it is. */
    void park();
    /** False, with an empty cache, when llama.cpp does not take the state. */
    bool take(Sequence sequence, const uint8_t * state, size_t bytes);
    static size_t reusable(const Sequence & sequence, const std::vector<Token> & wanted);
    void truncate(size_t position);
    bool restore(const Checkpoint & checkpoint);
    /** Null when it was not kept. */
    const Checkpoint * save_checkpoint(bool at_boundary);
    size_t next_stop(const Prompt & prompt, size_t from, size_t end) const;
    /** Reading began at `start`. */
    void checkpoint_before_reading(const Prompt & prompt, size_t start);
    void decode_text(const Token * tokens, size_t count, size_t outputs, const CancelFlag & cancel);
    void decode_image(const std::vector<float> & embedding, uint32_t number, size_t count, bool output, const CancelFlag & cancel);
    void decode(llama_batch & batch, const CancelFlag & cancel);

    std::shared_ptr<const Model> model_;
    uint32_t capacity_ = 0;
    uint32_t window_ = 0;
    ThreadPolicy threads_;
    StepCosts step_costs_;
    CacheType cache_type_;
    bool on_cpu_;
    std::optional<std::vector<std::string>> batch_differences_;
    WindowRing ring_{0, 0, 0};
    size_t checkpoint_bytes_;
    ParkedSequences parked_;
    ContextHandle context_;
    /** What the cache holds now. */
    Sequence current_;
    const float * logits_ = nullptr;
    /** Flag of the decode in progress; read by ggml's abort callback. */
    const CancelFlag * running_ = nullptr;
    std::vector<llama_pos> positions_;
    std::vector<int32_t> sequence_counts_;
    std::vector<llama_seq_id *> sequences_;
    std::vector<int8_t> outputs_;
    std::vector<llama_token> ids_;
    llama_seq_id sequence_ = 0;
};

} // namespace facet
