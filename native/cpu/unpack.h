// Weights of Q4_0, Q5_0 and Q6_K to floats, for products with many columns. The functions of llama.cpp that do it take them one by one, which takes
// up to eight times as long; the floats are the same.
#pragma once

#if defined(__AVX2__) && defined(__F16C__)

#define GGML_COMMON_DECL_CPP
#include "ggml-common.h"

#include <immintrin.h>

#include <cstdint>
#include <cstring>

/** Two numbers of 4 bits from each of 16 bytes: all the lower ones, then the upper ones. */
static inline __m256i facet_nibbles(const uint8_t * pairs) {
    const __m128i both = _mm_loadu_si128(reinterpret_cast<const __m128i *>(pairs));
    return _mm256_and_si256(_mm256_set_m128i(_mm_srli_epi16(both, 4), both), _mm256_set1_epi8(15));
}

static inline __m256i facet_block_bytes(const block_q4_0 & block) { return _mm256_sub_epi8(facet_nibbles(block.qs), _mm256_set1_epi8(8)); }

static inline __m256i facet_block_bytes(const block_q5_0 & block) {
    int32_t fifth_bits;
    memcpy(&fifth_bits, block.qh, sizeof(fifth_bits));
    const __m256i low = facet_nibbles(block.qs);
#if defined(__AVX512BW__) && defined(__AVX512VL__)
    return _mm256_mask_sub_epi8(low, static_cast<__mmask32>(~fifth_bits), low, _mm256_set1_epi8(16));
#else
    // To each byte the eight bits among which its own is, then all but its own set.
    const __m256i spread = _mm256_shuffle_epi8(_mm256_set1_epi32(fifth_bits), _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303));
    const __m256i own = _mm256_or_si256(spread, _mm256_set1_epi64x(0x7FBFDFEFF7FBFDFE));
    const __m256i is_set = _mm256_cmpeq_epi8(own, _mm256_set1_epi8(-1));
    return _mm256_or_si256(low, _mm256_andnot_si256(is_set, _mm256_set1_epi8(-16)));
#endif
}

/** The 128 numbers of one half of a block, 0 to 63, 32 in each vector. */
static inline void facet_half_bytes(const block_q6_K & block, int half, __m256i (&numbers)[4]) {
    const __m256i first = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(block.ql + 64 * half));
    const __m256i second = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(block.ql + 64 * half + 32));
    const __m256i top = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(block.qh + 32 * half));
    const auto joined = [](__m256i four, __m256i two) {
        return _mm256_or_si256(_mm256_and_si256(four, _mm256_set1_epi8(15)), _mm256_and_si256(two, _mm256_set1_epi8(48)));
    };
    numbers[0] = joined(first, _mm256_slli_epi16(top, 4));
    numbers[1] = joined(second, _mm256_slli_epi16(top, 2));
    numbers[2] = joined(_mm256_srli_epi16(first, 4), top);
    numbers[3] = joined(_mm256_srli_epi16(second, 4), _mm256_srli_epi16(top, 2));
}

/** 16 numbers. */
static inline void facet_to_floats(__m128i bytes, float scale, float * to) {
    _mm256_storeu_ps(to, _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(bytes)), _mm256_set1_ps(scale)));
    _mm256_storeu_ps(to + 8, _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_srli_si128(bytes, 8))), _mm256_set1_ps(scale)));
}

template <typename Block>
static inline void facet_unpack(const Block * from, float * to, int64_t count) {
    for (; count > 0; count -= 32, from++, to += 32) {
        const __m256i bytes = facet_block_bytes(*from);
        facet_to_floats(_mm256_castsi256_si128(bytes), _cvtsh_ss(from->d), to);
        facet_to_floats(_mm256_extracti128_si256(bytes, 1), _cvtsh_ss(from->d), to + 16);
    }
}

static inline void facet_unpack(const block_q6_K * from, float * to, int64_t count) {
    for (; count > 0; count -= 256, from++) {
        const float scale = _cvtsh_ss(from->d);
        for (int half = 0; half < 2; half++) {
            __m256i numbers[4];
            facet_half_bytes(*from, half, numbers);
            for (int i = 0; i < 4; i++, to += 32) {
                const __m256i bytes = _mm256_sub_epi8(numbers[i], _mm256_set1_epi8(32));
                const int8_t * scales = from->scales + 8 * half + 2 * i;
                facet_to_floats(_mm256_castsi256_si128(bytes), scale * scales[0], to);
                facet_to_floats(_mm256_extracti128_si256(bytes, 1), scale * scales[1], to + 16);
            }
        }
    }
}

#endif
