#include "engine.hpp"

#include "system_memory.hpp"

#include <algorithm>
#include <chrono>

namespace facet {
namespace {

double milliseconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

/** Null is the CPU. @throws Error invalid_request when there is no device of that name */
std::optional<Device> choose_device(const std::string & gpu) {
    const std::vector<Device> devices = list_devices();
    const auto first_of = [&](enum ggml_backend_dev_type type) {
        return std::find_if(devices.begin(), devices.end(), [&](const Device & device) { return device.type == type; });
    };
    if (gpu == "off") return std::nullopt;
    if (gpu != "auto") {
        const auto named = std::find_if(devices.begin(), devices.end(), [&](const Device & device) { return device.name == gpu; });
        if (named == devices.end()) throw Error(ErrorCode::invalid_request, "gpu", "there is no device called \"" + gpu + "\"");
        if (named->type == GGML_BACKEND_DEVICE_TYPE_CPU) return std::nullopt;
        return *named;
    }
    auto found = first_of(GGML_BACKEND_DEVICE_TYPE_GPU);
    if (found == devices.end()) found = first_of(GGML_BACKEND_DEVICE_TYPE_IGPU);
    if (found == devices.end()) return std::nullopt;
    return *found;
}

/** A sixteenth of the machine's memory: four checkpoints of a 4B on 8 GB, sixty of a 270M. */
size_t checkpoint_budget() { return std::clamp(total_memory_bytes() / 16, size_t{64} << 20, size_t{2} << 30); }

uint32_t round_up_256(uint32_t tokens) { return (tokens + 255) / 256 * 256; }

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
}

LoadResult Engine::load(const LoadOptions & options, const Progress & progress, const CancelFlag & cancel) {
    unload();
    const auto work = begin_work();
    const auto start = std::chrono::steady_clock::now();
    LoadResult result = {};
    std::optional<Device> device = choose_device(options.gpu);
    std::shared_ptr<const Model> loaded;
    std::unique_ptr<Session> session;
    const auto attempt = [&] {
        loaded = std::make_shared<const Model>(options.text_path, options.vocabulary_only ? Model::Reading::vocabulary : Model::Reading::whole, device ? device->handle : nullptr, progress, cancel);
        result.context_tokens = std::min(round_up_256(options.context_tokens), std::max(256u, loaded->context_limit() / 256 * 256));
        if (options.vocabulary_only) return;
        session = std::make_unique<Session>(
            loaded, SessionOptions{result.context_tokens, options.threads, device.has_value(), checkpoint_budget(), options.cache_type});
    };
    try {
        attempt();
    } catch (const Error & error) {
        if (!device || error.code != ErrorCode::model_load_failed) throw;
        // llama.cpp does not fall back by itself.
        result.warnings.push_back(device->description + " could not take the model (" + error.reason + "); it runs on the CPU");
        device.reset();
        loaded.reset();
        attempt();
    }
    result.context_limit = loaded->context_limit();
    result.vocabulary_size = loaded->vocabulary().size();
    result.backend = device ? device->backend : "CPU";
    if (session) result.memory = session->memory();
    if (!options.projector_path.empty()) {
        result.vision = read_vision_facts(options.projector_path, *loaded);
        if (session) result.vision_bytes = vision_bytes(*result.vision, device.has_value());
    }
    cancel.check();
    session_ = std::move(session);
    use_gpu_ = device.has_value();
    full_precision_ = options.cache_type == CacheType::f32;
    const std::lock_guard<std::mutex> lock(state_);
    model_ = std::move(loaded);
    facts_ = result.vision;
    result.load_ms = milliseconds_since(start);
    return result;
}

SessionMemory Engine::plan(const LoadOptions & options) {
    const auto model = std::make_shared<const Model>(options.text_path, Model::Reading::sizes, nullptr, nullptr, CancelFlag());
    return Session(model, SessionOptions{round_up_256(options.context_tokens), 1, false, 0, options.cache_type}).memory();
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
    if (known({key})[0]) return {facts_->tokens, milliseconds_since(start), 0, true};
    Session & running = session();
    if (!vision_) vision_ = std::make_unique<Vision>(*facts_, *current, use_gpu_, full_precision_, running.threads().choose(), cancel);
    const double setup_ms = milliseconds_since(start);
    embeddings_.put(key, vision_->encode(rgb.data(), cancel));
    return {facts_->tokens, milliseconds_since(start), setup_ms, false};
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

void Engine::forget() {
    const auto work = begin_work();
    session().forget();
}

} // namespace facet
