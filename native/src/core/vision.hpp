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

/** Where and how the encoder runs. */
struct VisionPlace {
    /** The projector, or one rewritten from it for this machine. */
    std::string path;
    /** Null is the CPU. */
    ggml_backend_dev_t device;
    bool flash_attention;
    /** Threads on the CPU. */
    int threads;
};

/**
 * Bytes the encoder will take there, weights and scratch together; they are asked for and given back, not used.
 * @throws Error model_load_failed when they are not to be had, which mtmd itself would answer by ending the process
 */
uint64_t require_vision_memory(const VisionPlace & place);

/** The image encoder. One thread at a time. The model must outlive it. */
class Vision {
  public:
    /** Reads the weights: up to seconds. @throws Error model_load_failed or cancelled */
    Vision(const VisionFacts & facts, const Model & model, const VisionPlace & place, const CancelFlag & cancel);
    ~Vision();
    Vision(const Vision &) = delete;
    Vision & operator=(const Vision &) = delete;

    /**
     * RGB bytes, side*side*3 -> tokens*width floats. On the CPU cancelling takes effect at the next matrix product.
     * @throws Error cancelled; internal; model_load_failed when memory ran out, and the encoder is of no use any more then
     */
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
