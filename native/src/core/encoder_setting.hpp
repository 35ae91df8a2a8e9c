#pragma once
#include "ggml.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace facet {

/** What a block of the picture encoder computes with; from the projector's header. */
struct EncoderShape {
    uint32_t width;
    uint32_t feed_forward;
    uint32_t heads;
    /** Width of a head as the file has it. */
    uint32_t head;
    /** Positions of a view. */
    uint32_t patches;
    uint32_t blocks;
    /** Type of the blocks' matrices in the file. */
    ggml_type weights;
};

/** How the encoder runs on the CPU. */
struct EncoderSetting {
    /** Type of the blocks' matrices; rows that it does not divide stay F16. */
    ggml_type weights;
    bool flash_attention;
    /** Width of a head, padded with zeros where it is more than the file's, so that it divides into the machine's vectors. */
    uint32_t head;

    /** True when the file cannot be used as it is. */
    bool rewrites(const EncoderShape & shape) const { return weights != shape.weights || head != shape.head; }
    bool operator==(const EncoderSetting & other) const {
        return weights == other.weights && flash_attention == other.flash_attention && head == other.head;
    }
};

/** One candidate with the time of one block over all positions, in milliseconds, and the relative error of its matrix products. */
struct EncoderTiming {
    EncoderSetting setting;
    double block_ms;
    double error;
};

struct EncoderMeasurement {
    EncoderSetting best;
    std::vector<EncoderTiming> timings;
    double took_ms;
};

/**
 * The widest error of a block's matrix products, relative L2, that a candidate may add. The whole encoder must stay within 1e-2 of F16's. Measured, block
 * and whole: F32 0 and 1e-3, F16 6e-4; BF16 5e-3 and 4e-3 (27 random blocks) to 9e-3 (5 learned ones), too near the limit for 27 learned blocks;
 * Q8_0 1.2e-2 and 2.6e-2.
 */
constexpr double most_block_error = 3e-3;

} // namespace facet
