#include "placement.hpp"

#include "megabytes.hpp"

namespace facet {
namespace {

/** Floats in a vector of AVX-512, the widest there is. */
constexpr uint32_t wide_vector = 16;

} // namespace

PlacedVision place_vision(const VisionPlace & wanted, const std::optional<Device> & device, std::optional<uint64_t> free_memory, uint64_t text_bytes) {
    PlacedVision placed = {wanted, 0, {}};
    if (device) {
        placed.place.device = device->handle;
        placed.place.flash_attention = true;
        placed.bytes = require_vision_memory(placed.place);
        return placed;
    }
    try {
        placed.bytes = require_vision_memory(placed.place);
    } catch (const Error & error) {
        if (error.code != ErrorCode::model_load_failed) throw;
        placed.warnings.push_back("Pictures cannot be looked at beside this model: " + error.reason + ". A smaller context leaves more");
        return placed;
    }
    if (free_memory && *free_memory < placed.bytes + text_bytes) {
        placed.warnings.push_back("Looking at pictures takes " + megabytes(placed.bytes) + " of memory beside the " + megabytes(text_bytes) + " of the text model, and " +
                                  megabytes(*free_memory) + " are free; close other programs or choose a smaller context, or it may be slow or fail");
    }
    return placed;
}

bool flash_attention_by_default(const std::optional<EncoderShape> & shape) {
    // A head of 72 fills AVX2's vectors of 8, not AVX-512's of 16, where flash attention falls off its fast path: measured 42 against 85 s on the
    // first, 270 against 75 s on the second.
    return !cpu_has_wide_vectors() || (shape && shape->head % wide_vector == 0);
}

} // namespace facet
