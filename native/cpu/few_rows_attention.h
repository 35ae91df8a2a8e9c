// Attention from fewer positions than a tile holds: each token of an answer, drafts that are read along with it, a short question. llama.cpp sums there in
// 16 bits, in parts as long as there are threads and queries happen to be; a token got other bits alone than in a batch. Here it gets the same, whatever is
// read beside it and however many threads there are: every score is a sum over the key alone, every number of the result a sum over the cells in their
// order, in 32 bits. Heads that share keys and values read them once.
#pragma once

#include "attention_tiles.h"

#if defined(__AVX2__) && defined(__FMA__) && defined(__F16C__)

#include <immintrin.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace {

/** Cells for which it is known whether any position sees one of them: the window cache is half hidden. */
constexpr int64_t facet_cells = 64;
/** Cells whose part of a task's values stays in the second cache for all queries. */
constexpr int64_t facet_cell_run = 512;
/** Cells that are fetched into the cache before they are read: the processor's own prefetching ends at each page. */
constexpr int64_t facet_ahead = 16;
/** Numbers of the result that one task sums. */
constexpr int64_t facet_values = 64;
/** Queries of one pass, and keys or sixteens of values that each of them is multiplied with: as many as there are registers for the sums. */
#if defined(__AVX512F__)
constexpr int facet_queries = 8;
constexpr int facet_beside = 2;
#else
constexpr int facet_queries = 4;
constexpr int facet_beside = 1;
#endif
/** Positions at a time, and queries that share a key: their scores are in memory together, for which CMakeLists.txt makes room. */
constexpr int64_t facet_rows = 8;
constexpr int64_t facet_most_shared = 64;

inline float facet_sum(__m256 numbers) {
    __m128 sum = _mm_add_ps(_mm256_extractf128_ps(numbers, 1), _mm256_castps256_ps128(numbers));
    sum = _mm_add_ps(sum, _mm_movehl_ps(sum, sum));
    return _mm_cvtss_f32(_mm_add_ss(sum, _mm_movehdup_ps(sum)));
}

/** Sixteen numbers, in one vector or two. Both compute the same bits. */
#if defined(__AVX512F__)
struct FacetSixteen {
    __m512 all;

    static FacetSixteen zero() { return {_mm512_setzero_ps()}; }
    static FacetSixteen each(const float * number) { return {_mm512_set1_ps(*number)}; }
    static FacetSixteen load(const float * from) { return {_mm512_loadu_ps(from)}; }
    /** In a register: the compiler would load it again for every product, from two lines of the cache where the tensor begins between vectors. */
    void keep() { asm("" : "+v"(all)); }
    static FacetSixteen halves(const char * from) { return {_mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(from)))}; }
    void store(float * to) const { _mm512_storeu_ps(to, all); }
    void add_product(FacetSixteen a, FacetSixteen b) { all = _mm512_fmadd_ps(a.all, b.all, all); }
    float sum() const {
        const __m256 second = _mm256_castpd_ps(_mm512_extractf64x4_pd(_mm512_castps_pd(all), 1));
        return facet_sum(_mm256_add_ps(_mm512_castps512_ps256(all), second));
    }
};
#else
struct FacetSixteen {
    __m256 first, second;

    static FacetSixteen zero() { return {_mm256_setzero_ps(), _mm256_setzero_ps()}; }
    static FacetSixteen each(const float * number) { return {_mm256_broadcast_ss(number), _mm256_broadcast_ss(number)}; }
    static FacetSixteen load(const float * from) { return {_mm256_loadu_ps(from), _mm256_loadu_ps(from + 8)}; }
    void keep() {}
    static FacetSixteen halves(const char * from) {
        const auto * blocks = reinterpret_cast<const __m128i *>(from);
        return {_mm256_cvtph_ps(_mm_loadu_si128(blocks)), _mm256_cvtph_ps(_mm_loadu_si128(blocks + 1))};
    }
    void store(float * to) const {
        _mm256_storeu_ps(to, first);
        _mm256_storeu_ps(to + 8, second);
    }
    void add_product(FacetSixteen a, FacetSixteen b) {
        first = _mm256_fmadd_ps(a.first, b.first, first);
        second = _mm256_fmadd_ps(a.second, b.second, second);
    }
    float sum() const { return facet_sum(_mm256_add_ps(first, second)); }
};
#endif

/** Scores of `facet_beside` keys, `step` bytes apart, from `cell` on. */
template <int Queries>
void facet_scores(const char * keys, size_t step, const float * const * queries, int64_t width, float scale, float * const * scores, int64_t cell) {
    FacetSixteen sums[Queries][facet_beside];
    for (auto & row : sums) std::fill_n(row, facet_beside, FacetSixteen::zero());
    for (int64_t i = 0; i < width; i += 16) {
        FacetSixteen numbers[facet_beside];
        for (int k = 0; k < facet_beside; k++) numbers[k] = FacetSixteen::halves(keys + k * step + 2 * i);
        for (int q = 0; q < Queries; q++) {
            FacetSixteen query = FacetSixteen::load(queries[q] + i);
            query.keep();
            for (int k = 0; k < facet_beside; k++) sums[q][k].add_product(numbers[k], query);
        }
    }
    for (int q = 0; q < Queries; q++) {
        for (int k = 0; k < facet_beside; k++) scores[q][cell + k] = scale * sums[q][k].sum();
    }
}

/** Adds 16 numbers, or `Vectors` times as many, of each cell's value, weighted, to each query's sums. */
template <int Queries, int Vectors>
void facet_add_values(const char * values, size_t step, const float * const * weights, const uint8_t * seen, int64_t cells, float * const * sums) {
    FacetSixteen sum[Queries][Vectors];
    for (int q = 0; q < Queries; q++) {
        for (int v = 0; v < Vectors; v++) sum[q][v] = FacetSixteen::load(sums[q] + 16 * v);
    }
    for (int64_t from = 0; from < cells; from += facet_cells) {
        if (seen[from / facet_cells] == 0) continue;
        for (int64_t cell = from; cell < from + facet_cells; cell++) {
            _mm_prefetch(values + (cell + facet_ahead) * step, _MM_HINT_T0);
            FacetSixteen numbers[Vectors];
            for (int v = 0; v < Vectors; v++) numbers[v] = FacetSixteen::halves(values + cell * step + 32 * v);
            for (int q = 0; q < Queries; q++) {
                const FacetSixteen weight = FacetSixteen::each(weights[q] + cell);
                for (int v = 0; v < Vectors; v++) sum[q][v].add_product(weight, numbers[v]);
            }
        }
    }
    for (int q = 0; q < Queries; q++) {
        for (int v = 0; v < Vectors; v++) sum[q][v].store(sums[q] + 16 * v);
    }
}

/** Calls `work` with each group of queries, its size known to the compiler. */
template <int Size = facet_queries, typename Work>
void facet_in_groups(int64_t count, Work work, int64_t at = 0) {
    for (; at + Size <= count; at += Size) work(std::integral_constant<int, Size>(), at);
    if constexpr (Size > 4) facet_in_groups<4>(count, work, at);
    else if constexpr (Size > 1) facet_in_groups<Size - 1>(count, work, at);
}

struct FacetFewRows {
    const ggml_tensor *q, *k, *v, *mask;
    ggml_tensor * dst;
    float scale;
    /** Of the positions that are worked on now. */
    int64_t first_row, rows;
    /** Scores, then weights: a row of cells for each query, those that share a key side by side. */
    float * weights;
    /** One over the sum of a query's weights. */
    float * shares;
    /** By key head and block of cells. */
    uint8_t * seen;

    int64_t cells() const { return k->ne[1]; }
    int64_t key_heads() const { return k->ne[2]; }
    int64_t shared() const { return q->ne[2] / k->ne[2]; }
    int64_t queries() const { return rows * shared(); }
    float * weights_of(int64_t key_head, int64_t query) const { return weights + (key_head * queries() + query) * cells(); }
    int64_t row_of(int64_t query) const { return first_row + query / shared(); }
    int64_t head_of(int64_t key_head, int64_t query) const { return key_head * shared() + query % shared(); }

    bool sees(int64_t row, int64_t cell) const {
        if (mask == nullptr) return true;
        // Minus infinity.
        return reinterpret_cast<const uint16_t *>(static_cast<const char *>(mask->data) + row * mask->nb[1])[cell] != 0xFC00;
    }

    void score(int64_t key_head, int64_t block) const {
        const float * asked[facet_rows * facet_most_shared];
        float * scores[facet_rows * facet_most_shared];
        for (int64_t i = 0; i < queries(); i++) {
            asked[i] = reinterpret_cast<const float *>(static_cast<const char *>(q->data) + row_of(i) * q->nb[1] + head_of(key_head, i) * q->nb[2]);
            scores[i] = weights_of(key_head, i);
        }
        bool any_seen = false;
        for (int64_t cell = block * facet_cells; cell < (block + 1) * facet_cells; cell += facet_beside) {
            bool seen_now = false;
            for (int64_t i = 0; i < rows * facet_beside; i++) seen_now = seen_now || sees(first_row + i / facet_beside, cell + i % facet_beside);
            any_seen = any_seen || seen_now;
            if (seen_now) {
                const char * keys = static_cast<const char *>(k->data) + cell * k->nb[1] + key_head * k->nb[2];
                for (int64_t i = 0; i < 2 * k->ne[0]; i += 64) {
                    for (int64_t key = facet_ahead; key < facet_ahead + facet_beside; key++) _mm_prefetch(keys + key * k->nb[1] + i, _MM_HINT_T0);
                }
                facet_in_groups(queries(), [&](auto count, int64_t at) {
                    facet_scores<decltype(count)::value>(keys, k->nb[1], asked + at, k->ne[0], scale, scores + at, cell);
                });
            }
            for (int64_t i = 0; i < rows * facet_beside; i++) {
                const int64_t row = i / facet_beside;
                const int64_t hidden = cell + i % facet_beside;
                if (seen_now && sees(first_row + row, hidden)) continue;
                for (int64_t query = row * shared(); query < (row + 1) * shared(); query++) scores[query][hidden] = -INFINITY;
            }
        }
        seen[key_head * (cells() / facet_cells) + block] = any_seen ? 1 : 0;
    }

    void weigh(int64_t query) const {
        float * row = weights + query * cells();
        float most = -INFINITY;
        facet_vec_max_f32(static_cast<int>(cells()), &most, row);
        if (most == -INFINITY) {
            std::fill_n(row, cells(), 0.0f);
            shares[query] = 0;
        } else {
            shares[query] = 1 / static_cast<float>(ggml_vec_soft_max_f32(static_cast<int>(cells()), row, row, most));
        }
    }

    void sum(int64_t key_head, int64_t from) const {
        const int64_t count = std::min(facet_values, v->ne[0] - from);
        alignas(32) float sums[facet_rows * facet_most_shared][facet_values];
        for (int64_t i = 0; i < queries(); i++) std::fill_n(sums[i], count, 0.0f);
        for (int64_t cell = 0; cell < cells(); cell += facet_cell_run) {
            const int64_t run = std::min(facet_cell_run, cells() - cell);
            const uint8_t * seen_now = seen + (key_head * cells() + cell) / facet_cells;
            const char * values = static_cast<const char *>(v->data) + cell * v->nb[1] + key_head * v->nb[2] + 2 * from;
            facet_in_groups(queries(), [&](auto group, int64_t at) {
                constexpr int size = decltype(group)::value;
                const float * weighted[size];
                float * to[size];
                for (int i = 0; i < size; i++) weighted[i] = weights_of(key_head, at + i) + cell;
                for (int64_t number = 0; number < count;) {
                    constexpr int64_t most = 16 * facet_beside;
                    for (int i = 0; i < size; i++) to[i] = sums[at + i] + number;
                    const auto add = number + most <= count ? facet_add_values<size, facet_beside> : facet_add_values<size, 1>;
                    add(values + 2 * number, v->nb[1], weighted, seen_now, run, to);
                    number += number + most <= count ? most : 16;
                }
            });
        }
        for (int64_t i = 0; i < queries(); i++) {
            char * row = static_cast<char *>(dst->data) + (head_of(key_head, i) + row_of(i) * dst->ne[1]) * dst->nb[1];
            const __m256 share = _mm256_set1_ps(shares[key_head * queries() + i]);
            for (int64_t number = 0; number < count; number += 8) {
                _mm256_storeu_ps(reinterpret_cast<float *>(row) + from + number, _mm256_mul_ps(share, _mm256_load_ps(sums[i] + number)));
            }
        }
    }
};

bool facet_takes(const ggml_compute_params * params, const ggml_tensor * dst) {
    const ggml_tensor * q = dst->src[0];
    const ggml_tensor * k = dst->src[1];
    const ggml_tensor * v = dst->src[2];
    const ggml_tensor * mask = dst->src[3];
    float bias_and_cap[2];
    memcpy(bias_and_cap, reinterpret_cast<const float *>(dst->op_params) + 1, sizeof(bias_and_cap));
    return !params->use_ref && dst->src[4] == nullptr && bias_and_cap[0] == 0.0f && bias_and_cap[1] == 0.0f && q->type == GGML_TYPE_F32 &&
           k->type == GGML_TYPE_F16 && v->type == GGML_TYPE_F16 && q->ne[1] < GGML_FA_TILE_Q && q->ne[3] == 1 && k->ne[3] == 1 && k->ne[2] == v->ne[2] &&
           q->ne[2] % k->ne[2] == 0 && q->ne[2] / k->ne[2] <= facet_most_shared && k->ne[0] % 16 == 0 && v->ne[0] % 16 == 0 && k->ne[1] % facet_cells == 0 &&
           (mask == nullptr || (mask->type == GGML_TYPE_F16 && mask->ne[2] == 1 && mask->ne[3] == 1));
}

} // namespace

/** False where it is llama.cpp's to compute. */
static bool facet_few_rows_attention(const ggml_compute_params * params, ggml_tensor * dst) {
    if (!facet_takes(params, dst)) return false;
    FacetFewRows work = {dst->src[0], dst->src[1], dst->src[2], dst->src[3], dst, 0, 0, 0, nullptr, nullptr, nullptr};
    memcpy(&work.scale, dst->op_params, sizeof(float));
    const int64_t together = std::min(facet_rows, work.q->ne[1]);
    const int64_t queries = together * work.q->ne[2];
    work.weights = static_cast<float *>(params->wdata);
    work.shares = work.weights + queries * work.cells();
    work.seen = reinterpret_cast<uint8_t *>(work.shares + queries);
    const int64_t blocks = work.cells() / facet_cells;
    const int64_t parts = (work.v->ne[0] + facet_values - 1) / facet_values;
    GGML_ASSERT(sizeof(float) * queries * (work.cells() + 1) + work.key_heads() * blocks <= params->wsize);
    for (; work.first_row < work.q->ne[1]; work.first_row += together) {
        work.rows = std::min(together, work.q->ne[1] - work.first_row);
        if (work.first_row > 0) ggml_barrier(params->threadpool);
        for (int64_t task = params->ith; task < work.key_heads() * blocks; task += params->nth) work.score(task / blocks, task % blocks);
        ggml_barrier(params->threadpool);
        for (int64_t task = params->ith; task < work.key_heads() * work.queries(); task += params->nth) work.weigh(task);
        ggml_barrier(params->threadpool);
        for (int64_t task = params->ith; task < work.key_heads() * parts; task += params->nth) work.sum(task / parts, task % parts * facet_values);
    }
    return true;
}

#else

static bool facet_few_rows_attention(const ggml_compute_params *, ggml_tensor *) { return false; }

#endif
