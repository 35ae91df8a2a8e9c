#pragma once
#include "backends.hpp"
#include "encoder_setting.hpp"
#include "vision.hpp"

#include <optional>
#include <string>
#include <vector>

namespace facet {

/** A load that found its place, and what was given up for it, one sentence each. */
struct PlacedVision {
    VisionPlace place;
    uint64_t bytes;
    std::vector<std::string> warnings;
};

/**
 * Finds room for the encoder beside what is loaded already: on `device`, or on the CPU without one. `free_memory` is what the machine has left,
 * `text_bytes` what the text model may still take of it; too little of it is told and tried all the same. @throws Error model_load_failed when the
 * device has too little
 */
PlacedVision place_vision(const VisionPlace & wanted, const std::optional<Device> & device, std::optional<uint64_t> free_memory, uint64_t text_bytes);

/** Flash attention where it is quick as far as one can tell without measuring: where a head fills the CPU's vectors. */
bool flash_attention_by_default(const std::optional<EncoderShape> & shape);

} // namespace facet
