// C[rows x columns] += A[rows x depth] * B[depth x columns], all dense: what attention multiplies its tiles with. Stands in for llama.cpp's simd-gemm.h,
// whose kernel takes six rows at a time and leaves the last four of its tiles of 64 to one row at a time, which costs as much as sixteen.
#pragma once

#include "simd-mappings.h"

#include <cstdint>

#if defined(__AVX2__) && defined(__FMA__)

#include <immintrin.h>

template <int Rows, int Vectors>
static inline void facet_tile_kernel(float * C, const float * A, const float * B, int64_t depth, int64_t columns) {
    GGML_F32_VEC sums[Rows][Vectors];
    for (int r = 0; r < Rows; r++) {
        for (int v = 0; v < Vectors; v++) sums[r][v] = GGML_F32_VEC_LOAD(C + r * columns + v * GGML_F32_EPR);
    }
    for (int64_t i = 0; i < depth; i++) {
        GGML_F32_VEC from[Vectors];
        for (int v = 0; v < Vectors; v++) from[v] = GGML_F32_VEC_LOAD(B + i * columns + v * GGML_F32_EPR);
        for (int r = 0; r < Rows; r++) {
            const GGML_F32_VEC number = GGML_F32_VEC_SET1(A[r * depth + i]);
            for (int v = 0; v < Vectors; v++) sums[r][v] = GGML_F32_VEC_FMA(sums[r][v], from[v], number);
        }
    }
    for (int r = 0; r < Rows; r++) {
        for (int v = 0; v < Vectors; v++) GGML_F32_VEC_STORE(C + r * columns + v * GGML_F32_EPR, sums[r][v]);
    }
}

template <int Rows>
static inline void facet_tile_rows(float * C, const float * A, const float * B, int64_t depth, int64_t columns) {
    int64_t column = 0;
    for (; column + 2 * GGML_F32_EPR <= columns; column += 2 * GGML_F32_EPR) facet_tile_kernel<Rows, 2>(C + column, A, B + column, depth, columns);
    for (; column + GGML_F32_EPR <= columns; column += GGML_F32_EPR) facet_tile_kernel<Rows, 1>(C + column, A, B + column, depth, columns);
#if defined(__AVX512F__)
    // Half a vector: heads of 72.
    for (; column + 8 <= columns; column += 8) {
        __m256 sums[Rows];
        for (int r = 0; r < Rows; r++) sums[r] = _mm256_loadu_ps(C + r * columns + column);
        for (int64_t i = 0; i < depth; i++) {
            const __m256 from = _mm256_loadu_ps(B + i * columns + column);
            for (int r = 0; r < Rows; r++) sums[r] = _mm256_fmadd_ps(from, _mm256_broadcast_ss(A + r * depth + i), sums[r]);
        }
        for (int r = 0; r < Rows; r++) _mm256_storeu_ps(C + r * columns + column, sums[r]);
    }
#endif
    for (; column < columns; column++) {
        for (int r = 0; r < Rows; r++) {
            float sum = C[r * columns + column];
            for (int64_t i = 0; i < depth; i++) sum += A[r * depth + i] * B[i * columns + column];
            C[r * columns + column] = sum;
        }
    }
}

static void simd_gemm(float * GGML_RESTRICT C, const float * GGML_RESTRICT A, const float * GGML_RESTRICT B, int64_t rows, int64_t depth, int64_t columns) {
    // With AVX-512's 32 registers more rows at a time; the rest in steps that need as few passes as can be.
    constexpr int most = GGML_F32_EPR == 16 ? 12 : 6;
    for (; rows >= most; rows -= most, C += most * columns, A += most * depth) facet_tile_rows<most>(C, A, B, depth, columns);
    for (; rows >= 4; rows -= 4, C += 4 * columns, A += 4 * depth) facet_tile_rows<4>(C, A, B, depth, columns);
    for (; rows > 0; rows--, C += columns, A += depth) facet_tile_rows<1>(C, A, B, depth, columns);
}

#else

#include "simd-gemm.h"

#endif
