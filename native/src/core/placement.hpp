#pragma once
#include "backends.hpp"
#include "encoder_setting.hpp"
#include "vision.hpp"

#include <optional>
#include <string>
#include <vector>

namespace facet {

/**
 * How many layers to try to put on a device, best first; -1 is all, 0 at the end is the CPU alone. What plainly does not fit is not tried.
 * `free` 0: the driver does not say.
 */
std::vector<int> layer_attempts(uint32_t layers, uint64_t model_bytes, uint64_t free);

/** A load that found its place, and what was given up for it, one sentence each. */
struct PlacedVision {
    VisionPlace place;
    uint64_t bytes;
    std::vector<std::string> warnings;
};

/**
 * Finds room for the encoder beside what is loaded already: on `device`, else on the CPU. `free_memory` is what the machine has left, `text_bytes` what
 * the text model may still take of it; too little of it is told and tried all the same.
 */
PlacedVision place_vision(const VisionPlace & wanted, const std::optional<Device> & device, std::optional<uint64_t> free_memory, uint64_t text_bytes);

/** Flash attention where it is quick as far as one can tell without measuring: where a head fills the CPU's vectors. */
bool flash_attention_by_default(const std::optional<EncoderShape> & shape);

} // namespace facet
