#include "engine.hpp"

#include "gguf_facts.hpp"
#include "given_back.hpp"
#include "load_text.hpp"
#include "projector_rewrite.hpp"
#include "system_memory.hpp"

#include <chrono>

namespace facet {
namespace {

double milliseconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

/** Multiply-adds of a product that keeps a core busy for some 10 ms. */
constexpr uint64_t wide_product = 500'000'000;
/** Weights of a model that reads a token in some 50 ms. */
constexpr uint64_t most_warmed_bytes = uint64_t{1} << 30;

} // namespace

std::unique_lock<std::mutex> Engine::begin_work() {
    std::unique_lock<std::mutex> lock(work_, std::try_to_lock);
    if (!lock.owns_lock()) throw Error(ErrorCode::busy, "engine", "the engine is at work");
    return lock;
}

std::shared_ptr<const Model> Engine::model() const {
    const std::lock_guard<std::mutex> lock(state_);
    if (!model_) throw Error(ErrorCode::model_missing, "", "no model is loaded");
    return model_;
}

Session & Engine::session() {
    if (!session_) throw Error(ErrorCode::model_missing, "", model_ ? "only the vocabulary is loaded" : "no model is loaded");
    return *session_;
}

void Engine::unload() {
    const auto work = begin_work();
    vision_.reset();
    session_.reset();
    embeddings_.clear();
    const std::lock_guard<std::mutex> lock(state_);
    model_.reset();
    facts_.reset();
    vision_place_.reset();
    encoder_shape_.reset();
}

LoadResult Engine::load(const LoadOptions & options, const Progress & progress, const CancelFlag & cancel) {
    unload();
    const auto work = begin_work();
    const auto start = std::chrono::steady_clock::now();
    LoadResult result = {};
    LoadedText text = load_text(options, progress, cancel, result.warnings);
    result.context_tokens = text.context_tokens;
    result.context_limit = text.model->context_limit();
    result.vocabulary_size = text.model->vocabulary().size();
    result.backend = text.device ? text.device->backend : "CPU";
    if (text.session) result.memory = text.session->memory();
    // Loading maps the whole file into memory, also what was copied out of it since.
    if (result.memory.mapped < result.memory.weights) release_mapped_pages(options.text_path);
    release_freed_memory();
    if (!options.projector_path.empty()) {
        result.vision = read_vision_facts(options.projector_path, *text.model);
        if (text.session) place_encoder(options, text.device, result, *text.session);
    }
    // A large model's first question takes too long for this to be felt, and so would this.
    if (text.session && result.memory.weights <= most_warmed_bytes) text.session->warm_up(cancel);
    cancel.check();
    // The device's driver has registered what it ends with by now.
    if (text.device) end_before_drivers();
    session_ = std::move(text.session);
    const std::lock_guard<std::mutex> lock(state_);
    model_ = std::move(text.model);
    facts_ = result.vision;
    result.load_ms = milliseconds_since(start);
    return result;
}

LoadPlan Engine::plan(const LoadOptions & options) {
    const auto model = std::make_shared<const Model>(options.text_path, Model::Reading::sizes, nullptr, 0, nullptr, CancelFlag());
    const uint32_t layers = GgufFacts(options.text_path).number("gemma3.block_count", 0);
    const SessionMemory text = Session(model, SessionOptions{round_up_256(options.context_tokens), 1, false, 0, options.cache_type}).memory();
    if (options.projector_path.empty()) return {text, 0, layers};
    return {text, require_vision_memory({options.projector_path, nullptr, true, 1}), layers};
}

void Engine::place_encoder(const LoadOptions & options, const std::optional<Device> & device, LoadResult & result, Session & session) {
    const std::string & path = options.projector_path;
    const std::optional<EncoderShape> shape = read_encoder_shape(path);
    const bool exact = options.cache_type == CacheType::f32;
    const bool flash = !exact && flash_attention_by_default(shape);
    // A wide product takes milliseconds, so that half a core still helps; a narrow one would wait for it at every barrier.
    const bool wide = shape && uint64_t{shape->patches} * shape->width * shape->width >= wide_product;
    const VisionPlace wanted = {path, nullptr, flash, wide ? session.threads().all() : session.threads().choose()};
    // Weights in the mapped file may not be in memory yet; rearranged ones and the context are written and counted as taken already.
    const uint64_t text_bytes = device ? 0 : result.memory.mapped + result.memory.compute;
    const auto free = options.free_memory > 0 ? std::optional<uint64_t>(options.free_memory) : free_memory_bytes();
    const PlacedVision placed = place_vision(wanted, exact || options.vision_on_cpu ? std::nullopt : device, free, text_bytes);
    result.vision_bytes = placed.bytes;
    result.warnings.insert(result.warnings.end(), placed.warnings.begin(), placed.warnings.end());
    vision_place_ = placed.place;
    if (placed.place.device == nullptr && !exact) encoder_shape_ = shape;
}

Prompt Engine::tokenize(const std::vector<PromptPart> & parts) {
    const std::shared_ptr<const Model> current = model();
    return facet::tokenize(parts, current->vocabulary(), [this](const std::string & key) {
        const std::lock_guard<std::mutex> lock(state_);
        if (!facts_) throw Error(ErrorCode::model_cannot_see, model_ ? model_->path() : "", "the model has no vision part");
        return ImageSlot{embeddings_.number(key), facts_->tokens};
    });
}

std::vector<bool> Engine::known(const std::vector<std::string> & keys) {
    std::vector<bool> found;
    for (const std::string & key : keys) found.push_back(embeddings_.has(key));
    return found;
}

EncodeResult Engine::encode(const std::string & key, uint32_t side, const std::vector<uint8_t> & rgb, const CancelFlag & cancel) {
    const auto work = begin_work();
    const auto start = std::chrono::steady_clock::now();
    const std::shared_ptr<const Model> current = model();
    if (!facts_) throw Error(ErrorCode::model_cannot_see, current->path(), "the model has no vision part");
    if (side != facts_->side) throw Error(ErrorCode::invalid_request, "side", "must be " + std::to_string(facts_->side) + " for this model");
    if (rgb.size() != size_t{side} * side * 3) throw Error(ErrorCode::invalid_request, "rgb", "must hold side*side*3 bytes");
    if (known({key})[0]) return {facts_->tokens, milliseconds_since(start), 0, true, false};
    session();
    double setup_ms = 0;
    bool moved = false;
    std::vector<float> embedding;
    try {
        embedding = encode_view(*current, rgb.data(), setup_ms, cancel);
    } catch (const Error & error) {
        vision_.reset();
        if (error.code != ErrorCode::model_load_failed || vision_place_->device == nullptr) throw;
        // The device was filled by something else since the load.
        vision_place_->device = nullptr;
        moved = true;
        embedding = encode_view(*current, rgb.data(), setup_ms, cancel);
    }
    embeddings_.put(key, std::move(embedding));
    return {facts_->tokens, milliseconds_since(start), setup_ms, false, moved};
}

std::vector<float> Engine::encode_view(const Model & model, const uint8_t * rgb, double & setup_ms, const CancelFlag & cancel) {
    const auto start = std::chrono::steady_clock::now();
    if (!vision_) vision_ = std::make_unique<Vision>(*facts_, model, *vision_place_, cancel);
    setup_ms = milliseconds_since(start);
    return vision_->encode(rgb, cancel);
}

std::optional<EncoderShape> Engine::encoder_shape() {
    const std::lock_guard<std::mutex> lock(state_);
    return encoder_shape_;
}

std::string Engine::encoder_identity(const EncoderShape & shape) {
    std::string identity = cpu_identity() + ", " + std::to_string(vision_place_->threads) + " threads";
    for (const uint32_t number : {shape.width, shape.feed_forward, shape.heads, shape.head, shape.patches}) identity += ", " + std::to_string(number);
    return identity + ", " + ggml_type_name(shape.weights);
}

EncoderMeasurement Engine::measure_encoder(const CancelFlag & cancel) {
    const auto work = begin_work();
    if (!encoder_shape_) throw Error(ErrorCode::model_cannot_see, "", "no encoder on the CPU is loaded");
    return facet::measure_encoder(*encoder_shape_, vision_place_->threads, cancel);
}

void Engine::choose_encoder(const std::string & projector_path, bool flash_attention) {
    const auto work = begin_work();
    if (!encoder_shape_) throw Error(ErrorCode::model_cannot_see, "", "no encoder on the CPU is loaded");
    read_vision_facts(projector_path, *model());
    VisionPlace place = *vision_place_;
    place.path = projector_path;
    place.flash_attention = flash_attention;
    if (place.path != vision_place_->path || place.flash_attention != vision_place_->flash_attention) vision_.reset();
    vision_place_ = place;
}

Embedding Engine::embedding(const std::string & key) { return embeddings_.has(key) ? embeddings_.find(embeddings_.number(key)) : nullptr; }

void Engine::restore(const std::string & key, std::vector<float> data) {
    const std::lock_guard<std::mutex> lock(state_);
    if (!model_ || !facts_) throw Error(ErrorCode::model_cannot_see, model_ ? model_->path() : "", "the model has no vision part");
    if (data.size() != size_t{facts_->tokens} * model_->width()) {
        throw Error(ErrorCode::invalid_request, "embedding", "must hold tokens*width numbers of this model");
    }
    embeddings_.put(key, std::move(data));
}

RunResult Engine::run(const std::vector<PromptPart> & parts, const RunOptions & options, const RunEvents & events, const CancelFlag & cancel) {
    const auto work = begin_work();
    Session & running = session();
    const Prompt prompt = tokenize(parts);
    return run_generation(running, *model(), embeddings_, prompt, options, events, cancel);
}

std::vector<float> Engine::logits(const std::vector<PromptPart> & parts, size_t & cached_tokens) {
    const auto work = begin_work();
    Session & running = session();
    const Prompt prompt = tokenize(parts);
    if (prompt.tokens.size() > running.capacity()) throw Error(ErrorCode::invalid_request, "parts", "longer than the context");
    cached_tokens = running.reuse(prompt);
    running.prefill(prompt, embeddings_, nullptr, CancelFlag());
    return std::vector<float>(running.logits(), running.logits() + model()->vocabulary().size());
}

std::vector<std::string> Engine::batch_differences() {
    const auto work = begin_work();
    return session().batch_differences();
}

void Engine::forget() {
    const auto work = begin_work();
    session().forget();
}

} // namespace facet
