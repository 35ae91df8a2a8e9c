#include "vision.hpp"

#include "backends.hpp"
#include "gguf_facts.hpp"
#include "log.hpp"
#include "mtmd.h"

#include <utility>

namespace facet {
namespace {

bool on_progress(float, void * data) { return !static_cast<const CancelFlag *>(data)->is_set(); }

mtmd_context_params make_params(bool use_gpu, bool full_precision) {
    mtmd_context_params params = mtmd_context_params_default();
    params.use_gpu = use_gpu;
    params.print_timings = false;
    // A warm-up would encode one whole picture: seconds on a CPU, for nothing.
    params.warmup = false;
    // A head of 72 fills AVX2's vectors of 8, not AVX-512's of 16, where flash attention falls off its fast path: measured 42 against 85 s on the
    // first, 270 against 75 s on the second.
    // It also rounds keys, values and sums to F16.
    params.flash_attn_type = full_precision || (!use_gpu && cpu_has_wide_vectors()) ? LLAMA_FLASH_ATTN_TYPE_DISABLED : LLAMA_FLASH_ATTN_TYPE_AUTO;
    return params;
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

uint64_t vision_bytes(const VisionFacts & facts, bool use_gpu) {
    uint64_t bytes = 0;
    for (const auto & device : mtmd_get_memory_usage(facts.path.c_str(), make_params(use_gpu, false))) bytes += device.second;
    return bytes;
}

void Vision::Free::operator()(mtmd_context * context) const { mtmd_free(context); }

Vision::Vision(const VisionFacts & facts, const Model & model, bool use_gpu, bool full_precision, int threads, const CancelFlag & cancel)
    : facts_(facts), width_(model.width()) {
    mtmd_context_params params = make_params(use_gpu, full_precision);
    params.n_threads = threads;
    params.progress_callback = on_progress;
    params.progress_callback_user_data = const_cast<CancelFlag *>(&cancel);
    // On a GPU stopping at single nodes would break up its fused kernels; an encode takes a fraction of a second there.
    if (!use_gpu) {
        params.cb_eval = on_node;
        params.cb_eval_user_data = this;
    }
    take_recent_errors();
    context_.reset(mtmd_init_from_file(facts.path.c_str(), &model.get(), params));
    cancel.check();
    if (!context_) throw Error(ErrorCode::model_load_failed, facts.path, take_recent_errors());
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
    if (failed != 0) throw Error(ErrorCode::internal, "", "the encoder failed: " + take_recent_errors());
    const float * output = mtmd_get_output_embd(context_.get());
    return std::vector<float>(output, output + facts_.tokens * width_);
}

} // namespace facet
