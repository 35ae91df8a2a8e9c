#pragma once
#include "cancel.hpp"
#include "encoder_setting.hpp"

namespace facet {

/**
 * Times the candidates on one block of this shape with random numbers, on the CPU: under a second on two slow cores. A slice of the positions
 * stands for all of them, since both halves of a block are linear in it.
 * @throws Error cancelled; internal when there is no memory for it
 */
EncoderMeasurement measure_encoder(const EncoderShape & shape, int threads, const CancelFlag & cancel);

/** Multiply-adds per second x 2 of a large F32 matrix product on the CPU: the machine's limit, for comparing. @throws as above */
double measure_matrix_rate(int threads, const CancelFlag & cancel);

} // namespace facet
