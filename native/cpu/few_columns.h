// Weights times a few columns: an answer's token and the drafts that are read along with it. A row of weights is unpacked once for up to eight columns, and a
// column has the same bits alone and among others: whole numbers are summed, scaled and added in the order of llama.cpp's product of a single column.
// llama.cpp's own kernels read all weights again for what is left over of every four columns, or unpack them again for each.
#pragma once

#include "unpack.h"

#if defined(__AVX2__) && defined(__FMA__) && defined(__F16C__)

#define FACET_FEW_COLUMNS
#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512DQ__) && defined(__AVX512VL__) && defined(__AVX512VNNI__)
#define FACET_BYTE_PRODUCTS
#endif

#include <immintrin.h>

#include <vector>

/** Columns at a time: as many as one step of the core reads. */
constexpr int64_t facet_column_group = 8;
/** Rows are shared out in groups; with AVX-512 they are multiplied so, two in each vector. */
constexpr int64_t facet_row_group = 4;
/** How far ahead weights are asked for; CMakeLists.txt says why. */
constexpr int64_t facet_ahead = 4096;

static inline __m256i facet_block_bytes(const block_q8_0 & block) { return _mm256_loadu_si256(reinterpret_cast<const __m256i *>(block.qs)); }

/** A block of a column of Q8_0 as the kernel reads it. */
struct FacetColumnBlock {
    __m256i numbers;
#if defined(FACET_BYTE_PRODUCTS)
    /** What its eight sums start from: weights are multiplied as if each were 128 more. */
    __m256i start;
#endif
    float scale;
};

/** Block by block, those of up to eight columns side by side; after them the next columns. */
static inline void facet_prepare_columns(const block_q8_0 * input, int64_t step, int64_t count, int64_t columns, std::vector<FacetColumnBlock> & prepared) {
    prepared.resize(static_cast<size_t>(count * columns));
    FacetColumnBlock * to = prepared.data();
    for (int64_t first = 0; first < columns; first += facet_column_group) {
        for (int64_t i = 0; i < count; i++) {
            for (int64_t c = first; c < columns && c < first + facet_column_group; c++, to++) {
                const block_q8_0 & from = input[c * step + i];
                to->numbers = facet_block_bytes(from);
#if defined(FACET_BYTE_PRODUCTS)
                const __m256i none = _mm256_setzero_si256();
                to->start = _mm256_sub_epi32(none, _mm256_dpbusd_epi32(none, _mm256_set1_epi8(-128), to->numbers));
#endif
                to->scale = _cvtsh_ss(from.d);
            }
        }
    }
}

static inline float facet_sum_of_eight(__m256 numbers) {
    __m128 sum = _mm_add_ps(_mm256_extractf128_ps(numbers, 1), _mm256_castps256_ps128(numbers));
    sum = _mm_add_ps(sum, _mm_movehl_ps(sum, sum));
    return _mm_cvtss_f32(_mm_add_ss(sum, _mm_movehdup_ps(sum)));
}

#if defined(FACET_BYTE_PRODUCTS)

/** Rows [row, end) of the weights, fewer than a group only at the end: `result[column * result_step + row]`. */
template <int Columns, typename Weights>
static void facet_rows_by_columns(const Weights * weights, int64_t step, const FacetColumnBlock * columns, int64_t, int64_t count, int64_t row, int64_t end,
                                  float * result, int64_t result_step) {
    constexpr int pairs = facet_row_group / 2;
    const __m512i bias = _mm512_set1_epi8(-128);
    for (; row < end; row += facet_row_group) {
        const Weights * rows[facet_row_group];
        for (int r = 0; r < facet_row_group; r++) rows[r] = weights + (row + r < end ? row + r : end - 1) * step;
        __m512 sums[Columns][pairs];
        for (auto & column : sums) {
            for (__m512 & sum : column) sum = _mm512_setzero_ps();
        }
        const FacetColumnBlock * block = columns;
        for (int64_t i = 0; i < count; i++, block += Columns) {
            __m512i bytes[pairs];
            __m512 scale[pairs];
            for (int p = 0; p < pairs; p++) {
                const Weights & first = rows[2 * p][i];
                const Weights & second = rows[2 * p + 1][i];
                __builtin_prefetch(reinterpret_cast<const char *>(&first) + facet_ahead);
                __builtin_prefetch(reinterpret_cast<const char *>(&second) + facet_ahead);
                bytes[p] = _mm512_xor_si512(bias, _mm512_inserti64x4(_mm512_castsi256_si512(facet_block_bytes(first)), facet_block_bytes(second), 1));
                scale[p] = _mm512_insertf32x8(_mm512_set1_ps(_cvtsh_ss(first.d)), _mm256_set1_ps(_cvtsh_ss(second.d)), 1);
            }
            for (int c = 0; c < Columns; c++) {
                const __m512i numbers = _mm512_broadcast_i64x4(block[c].numbers);
                const __m512i start = _mm512_broadcast_i64x4(block[c].start);
                const __m512 column_scale = _mm512_set1_ps(block[c].scale);
                for (int p = 0; p < pairs; p++) {
                    const __m512 whole = _mm512_cvtepi32_ps(_mm512_dpbusd_epi32(start, bytes[p], numbers));
                    sums[c][p] = _mm512_fmadd_ps(_mm512_mul_ps(scale[p], column_scale), whole, sums[c][p]);
                }
            }
        }
        for (int c = 0; c < Columns; c++) {
            for (int r = 0; r < facet_row_group && row + r < end; r++) {
                const __m512 both = sums[c][r / 2];
                result[c * result_step + row + r] = facet_sum_of_eight(r % 2 == 0 ? _mm512_castps512_ps256(both) : _mm512_extractf32x8_ps(both, 1));
            }
        }
    }
}

/** Of 256 numbers, 64 in each vector, times those of a column, and for every two of them times the scale of their block: eight sums. */
static inline __m256i facet_scaled_sums(const __m512i (&numbers)[4], const __m512i (&scales)[4], const block_q8_K & column) {
    __m512i sum = _mm512_setzero_si512();
    for (int i = 0; i < 4; i++) {
        sum = _mm512_dpwssd_epi32(sum, _mm512_maddubs_epi16(numbers[i], _mm512_loadu_si512(column.qs + 64 * i)), scales[i]);
    }
    return _mm256_add_epi32(_mm512_castsi512_si256(sum), _mm512_extracti64x4_epi64(sum, 1));
}

#else

/** Rows [row, end) of the weights: `result[column * result_step + row]`. */
template <int Columns, typename Weights>
static void facet_rows_by_columns(const Weights * weights, int64_t step, const FacetColumnBlock * columns, int64_t, int64_t count, int64_t row, int64_t end,
                                  float * result, int64_t result_step) {
    for (; row < end; row++) {
        __m256 sums[Columns];
        for (__m256 & sum : sums) sum = _mm256_setzero_ps();
        const FacetColumnBlock * block = columns;
        for (int64_t i = 0; i < count; i++, block += Columns) {
            const Weights & from = weights[row * step + i];
            __builtin_prefetch(reinterpret_cast<const char *>(&from) + facet_ahead);
            const __m256i bytes = facet_block_bytes(from);
            // One side of these products has no sign, so the other has both.
            const __m256i sizes = _mm256_sign_epi8(bytes, bytes);
            const __m256 scale = _mm256_set1_ps(_cvtsh_ss(from.d));
            for (int c = 0; c < Columns; c++) {
                const __m256i signed_sizes = _mm256_sign_epi8(block[c].numbers, bytes);
#if defined(__AVXVNNI__)
                const __m256i whole = _mm256_dpbusd_avx_epi32(_mm256_setzero_si256(), sizes, signed_sizes);
#else
                const __m256i whole = _mm256_madd_epi16(_mm256_set1_epi16(1), _mm256_maddubs_epi16(sizes, signed_sizes));
#endif
                sums[c] = _mm256_fmadd_ps(_mm256_mul_ps(scale, _mm256_set1_ps(block[c].scale)), _mm256_cvtepi32_ps(whole), sums[c]);
            }
        }
        for (int c = 0; c < Columns; c++) result[c * result_step + row] = facet_sum_of_eight(sums[c]);
    }
}

/** Of 256 numbers, 32 in each vector, times those of a column, and for every two of them times the scale of their block: eight sums. */
static inline __m256i facet_scaled_sums(const __m256i (&numbers)[8], const __m256i (&scales)[8], const block_q8_K & column) {
    __m256i sum = _mm256_setzero_si256();
    for (int i = 0; i < 8; i++) {
        const __m256i those = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(column.qs + 32 * i));
        sum = _mm256_add_epi32(sum, _mm256_madd_epi16(scales[i], _mm256_maddubs_epi16(numbers[i], those)));
    }
    return sum;
}

#endif

/** A block of a row of Q6_K, as `facet_scaled_sums` takes it. */
struct FacetSixBits {
#if defined(FACET_BYTE_PRODUCTS)
    __m512i numbers[4];
    __m512i scales[4];
#else
    __m256i numbers[8];
    __m256i scales[8];
#endif
    /** Numbers are 32 more than they count. */
    __m256i bias;

    explicit FacetSixBits(const block_q6_K & block) {
        __m256i halves[2][4];
        for (int half = 0; half < 2; half++) facet_half_bytes(block, half, halves[half]);
        const __m256i each = _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i *>(block.scales)));
        bias = _mm256_slli_epi16(_mm256_sub_epi16(_mm256_setzero_si256(), each), 5);
#if defined(FACET_BYTE_PRODUCTS)
        // Eight pairs of numbers have the first of four scales, eight the next.
        const __m512i quarters = _mm512_inserti64x4(_mm512_castsi256_si512(_mm256_set_m128i(_mm_set1_epi16(1), _mm_set1_epi16(0))),
                                                    _mm256_set_m128i(_mm_set1_epi16(3), _mm_set1_epi16(2)), 1);
        for (int i = 0; i < 4; i++) {
            const __m256i (&bytes)[4] = halves[i / 2];
            numbers[i] = _mm512_inserti64x4(_mm512_castsi256_si512(bytes[i % 2 * 2]), bytes[i % 2 * 2 + 1], 1);
            const __m512i which = _mm512_add_epi16(quarters, _mm512_set1_epi16(static_cast<short>(4 * i)));
            scales[i] = _mm512_permutexvar_epi16(which, _mm512_castsi256_si512(each));
        }
#else
        for (int i = 0; i < 8; i++) {
            numbers[i] = halves[i / 4][i % 4];
            scales[i] = _mm256_set_m128i(_mm_set1_epi16(block.scales[2 * i + 1]), _mm_set1_epi16(block.scales[2 * i]));
        }
#endif
    }
};

/** The same as above for Q6_K, a row at a time: columns are read as llama.cpp has made them. */
template <int Columns>
static void facet_rows_by_columns(const block_q6_K * weights, int64_t step, const block_q8_K * columns, int64_t column_step, int64_t count, int64_t row,
                                  int64_t end, float * result, int64_t result_step) {
    for (; row < end; row++) {
        __m256 sums[Columns];
        for (__m256 & sum : sums) sum = _mm256_setzero_ps();
        for (int64_t i = 0; i < count; i++) {
            const block_q6_K & block = weights[row * step + i];
            for (int line = 0; line < 4; line++) __builtin_prefetch(reinterpret_cast<const char *>(&block) + facet_ahead + 64 * line);
            const FacetSixBits unpacked(block);
            const float scale = _cvtsh_ss(block.d);
            for (int c = 0; c < Columns; c++) {
                const block_q8_K & column = columns[c * column_step + i];
                __m256i whole = facet_scaled_sums(unpacked.numbers, unpacked.scales, column);
                const __m256i sums_of_16 = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(column.bsums));
                whole = _mm256_add_epi32(whole, _mm256_madd_epi16(sums_of_16, unpacked.bias));
                sums[c] = _mm256_fmadd_ps(_mm256_set1_ps(column.d * scale), _mm256_cvtepi32_ps(whole), sums[c]);
            }
        }
        for (int c = 0; c < Columns; c++) result[c * result_step + row] = facet_sum_of_eight(sums[c]);
    }
}

#if defined(FACET_BYTE_PRODUCTS)

/** Eight scales, then eight times what 32 numbers are more than they count. */
static inline __m128i facet_scales(const uint8_t * in_6_bits) {
    // The last four of both have theirs in two places.
    uint32_t bits[3];
    memcpy(bits, in_6_bits, sizeof(bits));
    const uint32_t last_scales = (bits[2] & 0x0F0F0F0F) | ((bits[0] >> 2) & 0x30303030);
    const uint32_t last_least = ((bits[2] >> 4) & 0x0F0F0F0F) | ((bits[1] >> 2) & 0x30303030);
    return _mm_setr_epi32(static_cast<int>(bits[0] & 0x3F3F3F3F), static_cast<int>(last_scales), static_cast<int>(bits[1] & 0x3F3F3F3F),
                          static_cast<int>(last_least));
}

/** What 64 numbers of a block have above their lower four bits. */
static inline __m512i facet_upper_bits(const block_q4_K &, int) { return _mm512_setzero_si512(); }

static inline __m512i facet_upper_bits(const block_q5_K & block, int part) {
    const __m256i all = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(block.qh));
    const __m512i own = _mm512_inserti64x4(_mm512_castsi256_si512(_mm256_srli_epi16(all, 2 * part)), _mm256_srli_epi16(all, 2 * part + 1), 1);
    return _mm512_slli_epi16(_mm512_and_si512(own, _mm512_set1_epi8(1)), 4);
}

/** A block of a row of Q4_K or Q5_K, the same. */
struct FacetFourOrFiveBits {
    __m512i numbers[4];
    __m512i scales[4];
    /** For the sum of every 16 numbers of a column. */
    __m256i least;

    template <typename Block>
    explicit FacetFourOrFiveBits(const Block & block) {
        const __m256i all = _mm256_cvtepu8_epi16(facet_scales(block.scales));
        const __m512i halves = _mm512_inserti64x4(_mm512_setzero_si512(), _mm256_set1_epi16(1), 1);
        for (int i = 0; i < 4; i++) {
            const __m256i pairs = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(block.qs + 32 * i));
            const __m512i both = _mm512_inserti64x4(_mm512_castsi256_si512(pairs), _mm256_srli_epi16(pairs, 4), 1);
            numbers[i] = _mm512_or_si512(_mm512_and_si512(both, _mm512_set1_epi8(15)), facet_upper_bits(block, i));
            scales[i] = _mm512_permutexvar_epi16(_mm512_add_epi16(halves, _mm512_set1_epi16(static_cast<short>(2 * i))), _mm512_castsi256_si512(all));
        }
        least = _mm256_permutexvar_epi16(_mm256_setr_epi16(8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15), all);
    }
};

/** The same for Q4_K and Q5_K. */
template <int Columns, typename Block>
static void facet_rows_by_columns(const Block * weights, int64_t step, const block_q8_K * columns, int64_t column_step, int64_t count, int64_t row,
                                  int64_t end, float * result, int64_t result_step) {
    for (; row < end; row++) {
        __m256 sums[Columns];
        for (__m256 & sum : sums) sum = _mm256_setzero_ps();
        for (int64_t i = 0; i < count; i++) {
            const Block & block = weights[row * step + i];
            for (int line = 0; line < 3; line++) __builtin_prefetch(reinterpret_cast<const char *>(&block) + facet_ahead + 64 * line);
            const FacetFourOrFiveBits unpacked(block);
            const float scale = _cvtsh_ss(block.GGML_COMMON_AGGR_U.GGML_COMMON_AGGR_S.d);
            const float least_scale = -_cvtsh_ss(block.GGML_COMMON_AGGR_U.GGML_COMMON_AGGR_S.dmin);
            for (int c = 0; c < Columns; c++) {
                const block_q8_K & column = columns[c * column_step + i];
                const __m256i whole = facet_scaled_sums(unpacked.numbers, unpacked.scales, column);
                const __m256i least = _mm256_madd_epi16(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(column.bsums)), unpacked.least);
                sums[c] = _mm256_fmadd_ps(_mm256_set1_ps(column.d * scale), _mm256_cvtepi32_ps(whole), sums[c]);
                sums[c] = _mm256_fmadd_ps(_mm256_set1_ps(column.d * least_scale), _mm256_cvtepi32_ps(least), sums[c]);
            }
        }
        for (int c = 0; c < Columns; c++) result[c * result_step + row] = facet_sum_of_eight(sums[c]);
    }
}

#endif
#endif
