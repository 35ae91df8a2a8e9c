// What llama.cpp's attention does to its tiles besides multiplying them, one number at a time: as long as the products themselves take.
#pragma once

#include "ggml.h"
#include "simd-mappings.h"
#include "transpose.h"
#include "vec.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

/** Stands in for ggml_vec_max_f32, whose every comparison waits for the one before. */
static inline void facet_vec_max_f32(int count, float * result, const float * numbers) {
    constexpr int together = 64;
    float most[together];
    std::fill_n(most, together, -INFINITY);
    int i = 0;
    for (; i + together <= count; i += together) {
        for (int lane = 0; lane < together; lane++) most[lane] = most[lane] > numbers[i + lane] ? most[lane] : numbers[i + lane];
    }
    for (int lane = 0; i < count; i++, lane++) most[lane] = most[lane] > numbers[i] ? most[lane] : numbers[i];
    for (int half = together / 2; half > 0; half /= 2) {
        for (int lane = 0; lane < half; lane++) most[lane] = most[lane] > most[lane + half] ? most[lane] : most[lane + half];
    }
    *result = most[0];
}

/** `count` keys of 16 bits, `step` bytes apart, to floats of which those of one place in the keys lie side by side. False where it is llama.cpp's to do. */
static bool facet_turn_keys(ggml_type type, const char * keys, size_t step, int64_t width, int count, float * to, int64_t to_step) {
#if defined(__AVX2__) && defined(__F16C__)
    if (type != GGML_TYPE_F16 || width % 8 != 0 || count % 8 != 0) return false;
    for (int key = 0; key < count; key += 8) {
        for (int64_t i = 0; i < width; i += 8) {
            __m256 rows[8];
            for (int r = 0; r < 8; r++) {
                const char * from = keys + static_cast<size_t>(key + r) * step + 2 * i;
                rows[r] = _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i *>(from)));
            }
            facet_transpose(rows, to + i * to_step + key, to_step);
        }
    }
    return true;
#else
    (void) type, (void) keys, (void) step, (void) width, (void) count, (void) to, (void) to_step;
    return false;
#endif
}

/** A row's weights from its scores: e to the power of each, less `most`. @returns their sum */
template <int Count>
static float facet_tile_soft_max(float * weights, const float * scores, float most) {
#if defined(__AVX2__) && defined(__FMA__)
    const GGML_F32_VEC less = GGML_F32_VEC_SET1(-most);
    GGML_F32_VEC sum = GGML_F32_VEC_ZERO;
    for (int i = 0; i < Count; i += GGML_F32_EPR) {
        const GGML_F32_VEC now = ggml_v_expf(GGML_F32_VEC_ADD(GGML_F32_VEC_LOAD(scores + i), less));
        GGML_F32_VEC_STORE(weights + i, now);
        sum = GGML_F32_VEC_ADD(sum, now);
    }
    float numbers[GGML_F32_EPR];
    GGML_F32_VEC_STORE(numbers, sum);
    for (int half = GGML_F32_EPR / 2; half > 0; half /= 2) {
        for (int lane = 0; lane < half; lane++) numbers[lane] += numbers[lane + half];
    }
    return numbers[0];
#else
    return static_cast<float>(ggml_vec_soft_max_f32(Count, weights, scores, most));
#endif
}
