#pragma once
#include "cancel.hpp"
#include "encoder_setting.hpp"

#include <string>

namespace facet {

/** The blocks' shape as the header tells it; nothing when the blocks are laid out in a way that is not known here. @throws Error model_invalid */
std::optional<EncoderShape> read_encoder_shape(const std::string & path);

/**
 * Writes `source` again with the blocks' matrices in another type and its heads padded, one tensor at a time. The pictures' embeddings stay the same up
 * to rounding: padded rows are zeros, and queries are scaled by what a wider head divides them by.
 * @throws Error cancelled; model_invalid when the file is not of this shape or a number does not fit the type; internal when it cannot be written.
 * A target half written is removed.
 */
void rewrite_projector(const std::string & source, const std::string & target, const EncoderSetting & setting, const CancelFlag & cancel);

} // namespace facet
