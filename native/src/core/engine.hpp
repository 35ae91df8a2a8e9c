#pragma once
#include "backends.hpp"
#include "embedding_store.hpp"
#include "encoder_measurement.hpp"
#include "generation.hpp"
#include "model.hpp"
#include "placement.hpp"
#include "session.hpp"
#include "tokenizer.hpp"
#include "vision.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace facet {

struct LoadOptions {
    std::string text_path;
    /** Empty for none. */
    std::string projector_path;
    uint32_t context_tokens;
    /** auto (the first), off, or a device's name. What does not fit there is refused: going down to less is the caller's. */
    std::string gpu;
    /** Layers on the device; -1 is all. */
    int gpu_layers;
    /** The encoder stays on the CPU whatever the text model does. */
    bool vision_on_cpu;
    int threads;
    bool vocabulary_only;
    CacheType cache_type;
    /** Bytes of memory to count on instead of what the system has free; 0 asks the system. For tests. */
    uint64_t free_memory;
};

struct LoadResult {
    std::string backend;
    uint32_t context_tokens;
    uint32_t context_limit;
    int32_t vocabulary_size;
    std::optional<VisionFacts> vision;
    SessionMemory memory;
    uint64_t vision_bytes;
    double load_ms;
    std::vector<std::string> warnings;
};

struct EncodeResult {
    uint32_t tokens;
    /** The whole wait, reading the encoder's weights included when it was the first view. */
    double encode_ms;
    /** Of that, reading the weights. */
    double setup_ms;
    bool cached;
    /** The device had no room left, and the encoder is on the CPU from now on. */
    bool moved_to_cpu;
};

/** What a load would take on the CPU, in bytes; on a device about as much. */
struct LoadPlan {
    SessionMemory text;
    /** 0 without a projector. */
    uint64_t vision;
    uint32_t layers;
};

struct Prospect {
    Prompt prompt;
    /** By image number - 1 of the prompt's tokens. */
    std::vector<std::string> image_keys;
    /** Tokens that need not be read. */
    size_t held;
};

/** A conversation's state: tokens (images numbered from 1 in `image_keys`), checkpoints and sizes, without the bytes. */
struct StateShape {
    struct CheckpointShape {
        size_t position;
        size_t bytes;
        bool at_boundary;
    };
    std::string owner;
    std::vector<Token> tokens;
    std::vector<std::string> image_keys;
    std::vector<CheckpointShape> checkpoints;
    size_t state_bytes;
};

/** A shape with its bytes: those of the checkpoints one after the other, then the state. The bytes are the caller's. */
struct StateToAdopt {
    StateShape shape;
    const uint8_t * data;
    size_t bytes;
};

/**
 * The one loaded model with its session and its views. Methods may be called from any thread; load, unload, encode, run and logits exclude each
 * other and throw `busy` instead of waiting. Tokenising goes on beside them.
 */
class Engine {
  public:
    /** Replaces whatever is loaded. @throws Error; nothing is loaded then */
    LoadResult load(const LoadOptions & options, const Progress & progress, const CancelFlag & cancel);
    void unload();
    /** What a load would take. Reads no weights of the text model, allocates none and leaves alone what is loaded. @throws Error as load */
    static LoadPlan plan(const LoadOptions & options);
    Prompt tokenize(const std::vector<PromptPart> & parts);
    std::vector<bool> known(const std::vector<std::string> & keys);
    /** `rgb` holds side*side*3 bytes. */
    EncodeResult encode(const std::string & key, uint32_t side, const std::vector<uint8_t> & rgb, const CancelFlag & cancel);
    /** A view's embedding, for keeping it elsewhere; null when it is not here. */
    Embedding embedding(const std::string & key);
    /** Puts an embedding back that the same projector made before. @throws Error model_cannot_see; invalid_request when its size is not this model's */
    void restore(const std::string & key, std::vector<float> data);
    /** What the encoder computes with on the CPU; nothing when it runs elsewhere, exactly, or in an unknown layout. */
    std::optional<EncoderShape> encoder_shape();
    /** Names the machine, the libraries and the shape: a measurement holds while it stays the same. */
    std::string encoder_identity(const EncoderShape & shape);
    /** @throws Error busy, cancelled, model_cannot_see, internal */
    EncoderMeasurement measure_encoder(const CancelFlag & cancel);
    /** Encodes with this file and attention from now on; the embeddings that are there stay. @throws Error busy, or those of reading the file */
    void choose_encoder(const std::string & projector_path, bool flash_attention);
    RunResult run(const std::vector<PromptPart> & parts, const RunOptions & options, const RunEvents & events, const CancelFlag & cancel);
    /** Logits after the last part, read with the same reuse as a run. For tests and checks. */
    std::vector<float> logits(const std::vector<PromptPart> & parts, size_t & cached_tokens);
    /** The prompt as `run` would read it, and how many of its tokens are in memory. */
    Prospect prospect(const std::vector<PromptPart> & parts);
    /** What the owner's conversation would take to be copied out; nothing when the engine has none of it. */
    std::optional<StateShape> state_shape(const std::string & owner);
    /**
     * Copies the checkpoints at these positions, one after the other, and then the state to `target`. Nothing else may have run since
     * `state_shape`. @throws Error invalid_request when `bytes` is not what they take
     */
    void copy_state(const std::string & owner, const std::vector<size_t> & positions, uint8_t * target, size_t bytes);
    /** Takes up what `copy_state` copied, here or in another process. @throws Error invalid_request, also when llama.cpp does not take it */
    void adopt_state(const StateToAdopt & state);
    /** Names what is computed with other bits for tokens that are read together; nothing: drafts change nothing. For tests and checks. */
    std::vector<std::string> batch_differences();
    /** Forgets the KV cache, so that the next prompt is read from its start. For tests and checks. */
    void forget();

  private:
    std::unique_lock<std::mutex> begin_work();
    std::shared_ptr<const Model> model() const;
    Session & session();
    void place_encoder(const LoadOptions & options, const std::optional<Device> & device, LoadResult & result, Session & session);
    std::vector<float> encode_view(const Model & model, const uint8_t * rgb, double & setup_ms, const CancelFlag & cancel);

    /** Held during work that uses session and vision. */
    std::mutex work_;
    /** Guards model_ and facts_, for the calls that run beside work. */
    mutable std::mutex state_;
    std::shared_ptr<const Model> model_;
    std::optional<VisionFacts> facts_;
    EmbeddingStore embeddings_{embedding_bytes};
    std::unique_ptr<Session> session_;
    std::unique_ptr<Vision> vision_;
    std::optional<VisionPlace> vision_place_;
    std::optional<EncoderShape> encoder_shape_;

    /** Tokens with images numbered from 1 in the order of `keys`, which is filled. */
    std::vector<Token> with_local_images(const std::vector<Token> & tokens, std::vector<std::string> & keys) const;

    /** About 100 views of the 27B, 200 of the 4B. */
    static constexpr size_t embedding_bytes = size_t{512} << 20;
};

} // namespace facet
