#include "load_text.hpp"

#include "system_memory.hpp"

#include <algorithm>

namespace facet {
namespace {

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

/** A smaller context than this is no use for documents, and a clear error is better. */
constexpr uint32_t smallest_context = 2048;

std::unique_ptr<Session> open_session(const LoadOptions & options, LoadedText & loaded, bool may_shrink, std::vector<std::string> & warnings) {
    const uint32_t wanted = loaded.context_tokens;
    for (;;) {
        try {
            auto session = std::make_unique<Session>(
                loaded.model, SessionOptions{loaded.context_tokens, options.threads, loaded.device.has_value(), checkpoint_budget(), options.cache_type});
            if (loaded.context_tokens < wanted) {
                warnings.push_back("There is memory for a context of " + std::to_string(loaded.context_tokens) + " tokens only, not for " + std::to_string(wanted));
            }
            return session;
        } catch (const Error & error) {
            if (error.code != ErrorCode::model_load_failed || !may_shrink || loaded.context_tokens / 2 < smallest_context) throw;
            loaded.context_tokens = round_up_256(loaded.context_tokens / 2);
        }
    }
}

} // namespace

LoadedText load_text(const LoadOptions & options, const Progress & progress, const CancelFlag & cancel, std::vector<std::string> & warnings) {
    LoadedText loaded;
    loaded.device = choose_device(options.gpu);
    const auto reading = options.vocabulary_only ? Model::Reading::vocabulary : Model::Reading::whole;
    loaded.model = std::make_shared<const Model>(options.text_path, reading, loaded.device ? loaded.device->handle : nullptr, options.gpu_layers, progress, cancel);
    loaded.context_tokens = std::min(round_up_256(options.context_tokens), std::max(256u, loaded.model->context_limit() / 256 * 256));
    if (!options.vocabulary_only) loaded.session = open_session(options, loaded, !loaded.device, warnings);
    return loaded;
}

} // namespace facet
