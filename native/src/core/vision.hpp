#pragma once
#include "cancel.hpp"
#include "model.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

struct mtmd_context;

namespace facet {

/** What a projector file says about itself. */
struct VisionFacts {
    std::string path;
    /** Side of the square view in pixels. */
    uint32_t side;
    /** Positions a view takes. */
    uint32_t tokens;
};

/** Reads the header only. @throws Error model_missing, or model_invalid when it is no Gemma 3 projector or made for another model */
VisionFacts read_vision_facts(const std::string & path, const Model & model);

/** Bytes the encoder will take, weights and scratch together. Allocates nothing. */
uint64_t vision_bytes(const VisionFacts & facts, bool use_gpu);

/** The image encoder. One thread at a time. The model must outlive it. */
class Vision {
  public:
    /** Reads the weights: up to seconds. @throws Error model_load_failed or cancelled */
    Vision(const VisionFacts & facts, const Model & model, bool use_gpu, bool full_precision, int threads, const CancelFlag & cancel);
    ~Vision();
    Vision(const Vision &) = delete;
    Vision & operator=(const Vision &) = delete;

    /** RGB bytes, side*side*3 -> tokens*width floats. On the CPU cancelling takes effect at the next matrix product. @throws Error cancelled or internal */
    std::vector<float> encode(const uint8_t * rgb, const CancelFlag & cancel);

  private:
    struct Free {
        void operator()(mtmd_context * context) const;
    };
    VisionFacts facts_;
    size_t width_;
    /** The flag of the encode in progress; read by the evaluation callback. */
    const CancelFlag * running_ = nullptr;
    std::unique_ptr<mtmd_context, Free> context_;

    static bool on_node(struct ggml_tensor * node, bool asking, void * data);
};

} // namespace facet
