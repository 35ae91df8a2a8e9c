#include "vision.hpp"

#include "gguf_facts.hpp"
#include "llama_handles.hpp"
#include "log.hpp"
#include "megabytes.hpp"
#include "mtmd.h"

#include <filesystem>
#include <system_error>
#include <utility>

namespace facet {
namespace {

mtmd_context_params make_params(const VisionPlace & place) {
    mtmd_context_params params = mtmd_context_params_default();
    params.use_gpu = place.device != nullptr;
    params.device = place.device;
    params.n_threads = place.threads;
    params.print_timings = false;
    // It reserves the scratch, which the first view does as well.
    params.warmup = false;
    // A GPU may lack it, which mtmd finds out.
    params.flash_attn_type = place.flash_attention ? LLAMA_FLASH_ATTN_TYPE_AUTO : LLAMA_FLASH_ATTN_TYPE_DISABLED;
    return params;
}


/** For the graph, the picture and threads: ggml ends the process when it gets no memory for such small things. */
constexpr uint64_t small_things = 128'000'000;

/** Asks for that much and gives it back. */
void require_memory(const std::string & path, ggml_backend_dev_t device, uint64_t bytes) {
    ggml_backend_buffer_t probe = ggml_backend_buft_alloc_buffer(ggml_backend_dev_buffer_type(device), bytes);
    if (probe == nullptr) {
        throw Error(ErrorCode::model_load_failed, path, "there is no room for " + megabytes(bytes) + ", which looking at pictures takes");
    }
    ggml_backend_buffer_free(probe);
}

/** Owns what mtmd makes of one picture. */
struct Chunks {
    mtmd_bitmap * bitmap;
    mtmd_input_chunks * list = mtmd_input_chunks_init();
    explicit Chunks(mtmd_bitmap * picture) : bitmap(picture) {}
    ~Chunks() {
        mtmd_input_chunks_free(list);
        mtmd_bitmap_free(bitmap);
    }
    Chunks(const Chunks &) = delete;
    Chunks & operator=(const Chunks &) = delete;

    const mtmd_input_chunk * image() const {
        for (size_t i = 0; i < mtmd_input_chunks_size(list); i++) {
            const mtmd_input_chunk * chunk = mtmd_input_chunks_get(list, i);
            if (mtmd_input_chunk_get_type(chunk) == MTMD_INPUT_CHUNK_TYPE_IMAGE) return chunk;
        }
        return nullptr;
    }
};

} // namespace

VisionFacts read_vision_facts(const std::string & path, const Model & model) {
    const GgufFacts file(path);
    if (file.text("general.architecture") != "clip" || file.text("clip.projector_type") != "gemma3") {
        throw Error(ErrorCode::model_invalid, path, "it is no Gemma 3 vision file", "not-gemma3-projector");
    }
    const uint32_t side = file.number("clip.vision.image_size", 0);
    const uint32_t patch = file.number("clip.vision.patch_size", 0);
    const uint32_t pooling = file.number("clip.vision.projector.scale_factor", 4);
    if (side == 0 || side > 4096 || patch == 0 || pooling == 0 || side % patch != 0 || (side / patch) % pooling != 0) {
        throw Error(ErrorCode::model_invalid, path, "its picture size, patch size and pooling do not fit together", "vision-geometry");
    }
    // Stored as {width of the text model, width of the encoder}; the released files keep Hugging Face's orientation.
    if (file.first_dimension("mm.input_projection.weight") != model.width()) {
        throw Error(ErrorCode::model_invalid, path, "it was made for a Gemma 3 of another size", "width-mismatch");
    }
    const uint32_t per_side = side / patch / pooling;
    return {path, side, per_side * per_side};
}

uint64_t require_vision_memory(const VisionPlace & place) {
    const ggml_backend_dev_t cpu = ggml_backend_dev_by_type(GGML_BACKEND_DEVICE_TYPE_CPU);
    std::error_code failed;
    const uint64_t file = std::filesystem::file_size(std::filesystem::u8path(place.path), failed);
    if (failed) throw Error(ErrorCode::model_missing, place.path, "the file cannot be opened");
    // Even measuring takes a buffer of the weights' size.
    if (place.device != nullptr) require_memory(place.path, place.device, file);
    require_memory(place.path, cpu, place.device == nullptr ? file + small_things : small_things);
    mtmd_context_params params = make_params(place);
    // Otherwise only the weights are counted.
    params.warmup = true;
    take_recent_errors();
    const auto usage = mtmd_get_memory_usage(place.path.c_str(), params);
    if (take_recent_errors().find("failed to allocate") != std::string::npos) {
        throw Error(ErrorCode::model_load_failed, place.path, "there is no room for the scratch that looking at pictures takes");
    }
    uint64_t sum = 0;
    for (const auto & [device, bytes] : usage) {
        if (bytes > 0) require_memory(place.path, device, device == cpu ? bytes + small_things : bytes);
        sum += bytes;
    }
    return sum;
}

void Vision::Free::operator()(mtmd_context * context) const { mtmd_free(context); }

Vision::Vision(const VisionFacts & facts, const Model & model, const VisionPlace & place, const CancelFlag & cancel)
    : facts_(facts), width_(model.width()) {
    require_vision_memory(place);
    mtmd_context_params params = make_params(place);
    params.progress_callback = unless_cancelled;
    params.progress_callback_user_data = const_cast<CancelFlag *>(&cancel);
    // On a GPU stopping at single nodes would break up its fused kernels; an encode takes a fraction of a second there.
    if (place.device == nullptr) {
        params.cb_eval = on_node;
        params.cb_eval_user_data = this;
    }
    take_recent_errors();
    context_.reset(mtmd_init_from_file(place.path.c_str(), &model.get(), params));
    cancel.check();
    if (!context_) throw Error(ErrorCode::model_load_failed, place.path, take_recent_errors());
}

Vision::~Vision() = default;

bool Vision::on_node(ggml_tensor * node, bool asking, void * data) {
    if (asking) return node->op == GGML_OP_MUL_MAT || node->op == GGML_OP_FLASH_ATTN_EXT;
    const auto * vision = static_cast<const Vision *>(data);
    return vision->running_ == nullptr || !vision->running_->is_set();
}

std::vector<float> Vision::encode(const uint8_t * rgb, const CancelFlag & cancel) {
    Chunks chunks(mtmd_bitmap_init(facts_.side, facts_.side, rgb));
    const mtmd_input_part part = {nullptr, chunks.bitmap};
    const mtmd_input_part * parts = &part;
    if (mtmd_tokenize_from_parts(context_.get(), chunks.list, &parts, 1, false) != 0) {
        throw Error(ErrorCode::internal, "", "mtmd could not prepare the view");
    }
    const mtmd_input_chunk * image = chunks.image();
    if (image == nullptr || mtmd_input_chunk_get_n_tokens(image) != facts_.tokens) {
        throw Error(ErrorCode::internal, "", "mtmd made another number of tokens of the view than its file promises");
    }
    running_ = &cancel;
    const int32_t failed = mtmd_encode_chunk(context_.get(), image);
    running_ = nullptr;
    // A stopped graph reports success and leaves garbage, so the flag decides.
    cancel.check();
    if (failed != 0) {
        const std::string reason = take_recent_errors();
        if (reason.find("alloc") == std::string::npos) throw Error(ErrorCode::internal, "", "the encoder failed: " + reason);
        throw Error(ErrorCode::model_load_failed, facts_.path, "there is not enough memory for looking at a picture");
    }
    const float * output = mtmd_get_output_embd(context_.get());
    return std::vector<float>(output, output + facts_.tokens * width_);
}

} // namespace facet
