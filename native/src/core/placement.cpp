#include "placement.hpp"

#include "megabytes.hpp"

#include <algorithm>

namespace facet {
namespace {

/** For the context and scratch of a whole model on a device; a context that takes more makes the attempt fail, and the next one is tried. */
constexpr uint64_t device_reserve = uint64_t{1} << 30;
/** Floats in a vector of AVX-512, the widest there is. */
constexpr uint32_t wide_vector = 16;

} // namespace

std::vector<int> layer_attempts(uint32_t layers, uint64_t model_bytes, uint64_t free) {
    const int all = static_cast<int>(layers);
    if (free == 0 || free >= model_bytes + device_reserve) return {-1, all / 2, 0};
    const uint64_t room = free > device_reserve ? free - device_reserve : 0;
    const int fitting = static_cast<int>(static_cast<double>(layers) * static_cast<double>(room) / static_cast<double>(std::max<uint64_t>(model_bytes, 1)));
    if (fitting == 0) return {0};
    if (fitting == 1) return {1, 0};
    return {fitting, fitting / 2, 0};
}

PlacedVision place_vision(const VisionPlace & wanted, const std::optional<Device> & device, std::optional<uint64_t> free_memory, uint64_t text_bytes) {
    PlacedVision placed = {wanted, 0, {}};
    if (device) {
        placed.place.device = device->handle;
        placed.place.flash_attention = true;
        try {
            placed.bytes = require_vision_memory(placed.place);
            return placed;
        } catch (const Error & error) {
            if (error.code != ErrorCode::model_load_failed) throw;
            placed.warnings.push_back(device->description + " has no room left for looking at pictures; that runs on the CPU");
            placed.place = wanted;
        }
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
