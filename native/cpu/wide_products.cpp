// Weights times many columns (reading a prompt, encoding a picture), in floats: a few rows of weights are unpacked once and kept in the core's cache for
// all columns. llama.cpp's own kernels unpack weights again for every two to six columns. Fewer columns go to few_columns.h. Stands in for llamafile_sgemm,
// whose own code, under another name, gets everything else.
#include "few_columns.h"
#include "ggml-cpu-impl.h"
#include "ggml-cpu.h"
#include "ggml.h"
#include "llamafile/sgemm.h"
#include "simd-mappings.h"
#include "transpose.h"
#include "unpack.h"

#include <algorithm>
#include <cstdint>
#include <utility>

/** A token of an answer and the drafts that are read along with it, which must not change a bit of it: as many as one step of the core reads. */
static constexpr int64_t drafted_columns = 8;

extern "C" bool facet_plain_sgemm(const struct ggml_compute_params *, int64_t, int64_t, int64_t, const void *, int64_t, const void *, int64_t, void *,
                                  int64_t, int, int, int);

namespace {

/** Calls `work` with each number below `count`, on whichever thread is free: a few for each, so that one that loses its core is not waited for long. */
template <typename Work>
[[maybe_unused]] void in_tasks(const ggml_compute_params * params, int64_t count, const Work & work) {
    if (params->ith == 0) ggml_threadpool_chunk_set(params->threadpool, params->nth);
    ggml_barrier(params->threadpool);
    for (int64_t task = params->ith; task < count; task = ggml_threadpool_chunk_add(params->threadpool, 1)) work(task);
    ggml_barrier(params->threadpool);
}

} // namespace

#if defined(__AVX2__) && defined(__FMA__)

#include <immintrin.h>

namespace {

constexpr int lanes = GGML_F32_EPR;
/** Rows of weights that one kernel works on: two vectors of them. */
constexpr int panel_rows = 2 * lanes;
/** Columns at a time: with two vectors each, as many sums as there are registers for. */
constexpr int tile_columns = lanes == 16 ? 12 : 6;
/** Numbers of a row at a time: a panel of 16 rows fills half of the first cache. */
constexpr int64_t depth = 256;
/** Columns that stay in the second cache while all panels of a task pass. */
constexpr int64_t block_columns = 16 * tile_columns;
constexpr int64_t most_rows = 128;
/** Columns of one task. They are read again for every 128 rows of weights. */
constexpr int64_t task_columns = 512;
/** With fewer, unpacking costs more than it saves. */
constexpr int64_t fewest_columns = 64;

struct Scratch {
    alignas(64) float rows[8][depth];
    alignas(64) float panels[most_rows * depth];
};

bool unpacked_here(int type) {
    switch (type) {
        case GGML_TYPE_F32:
        case GGML_TYPE_F16:
        case GGML_TYPE_BF16: return true;
        case GGML_TYPE_Q4_0:
        case GGML_TYPE_Q5_0:
        case GGML_TYPE_Q8_0:
        case GGML_TYPE_Q4_K:
        case GGML_TYPE_Q5_K:
        case GGML_TYPE_Q6_K:
#if defined(__AVXVNNI__) && !defined(__AVX512F__)
            // Sums of products of bytes are one instruction there, and floats are multiplied only eight at a time.
            return false;
#else
            return true;
#endif
        default: return false;
    }
}

void unpack_row(int type, const char * from, float * to, int64_t count) {
    switch (type) {
        case GGML_TYPE_F32: std::copy_n(reinterpret_cast<const float *>(from), count, to); return;
        case GGML_TYPE_F16: ggml_cpu_fp16_to_fp32(reinterpret_cast<const ggml_fp16_t *>(from), to, count); return;
#if defined(__F16C__)
        case GGML_TYPE_Q4_0: facet_unpack(reinterpret_cast<const block_q4_0 *>(from), to, count); return;
        case GGML_TYPE_Q5_0: facet_unpack(reinterpret_cast<const block_q5_0 *>(from), to, count); return;
        case GGML_TYPE_Q6_K: facet_unpack(reinterpret_cast<const block_q6_K *>(from), to, count); return;
#endif
        default: ggml_get_type_traits(static_cast<ggml_type>(type))->to_float(from, to, count);
    }
}

/** `Columns` columns of one panel: result[column][row], added to what is there if `add`. */
template <int Columns>
void multiply(const float * panel, const float * columns, int64_t column_step, int64_t count, float * result, int64_t result_step, bool add) {
    GGML_F32_VEC sums[Columns][2];
    for (int c = 0; c < Columns; c++) {
        for (int v = 0; v < 2; v++) sums[c][v] = add ? GGML_F32_VEC_LOAD(result + c * result_step + v * lanes) : GGML_F32_VEC_ZERO;
    }
    for (int64_t i = 0; i < count; i++) {
        const GGML_F32_VEC first = GGML_F32_VEC_LOAD(panel + i * panel_rows);
        const GGML_F32_VEC second = GGML_F32_VEC_LOAD(panel + i * panel_rows + lanes);
        for (int c = 0; c < Columns; c++) {
            const GGML_F32_VEC number = GGML_F32_VEC_SET1(columns[c * column_step + i]);
            sums[c][0] = GGML_F32_VEC_FMA(sums[c][0], first, number);
            sums[c][1] = GGML_F32_VEC_FMA(sums[c][1], second, number);
        }
    }
    for (int c = 0; c < Columns; c++) {
        for (int v = 0; v < 2; v++) GGML_F32_VEC_STORE(result + c * result_step + v * lanes, sums[c][v]);
    }
}

using Multiply = void (*)(const float *, const float *, int64_t, int64_t, float *, int64_t, bool);

template <int... Counts>
Multiply multiply_by(int columns, std::integer_sequence<int, Counts...>) {
    static constexpr Multiply all[] = {multiply<Counts + 1>...};
    return all[columns - 1];
}

struct Product {
    int type;
    int64_t rows, columns, count;
    const char * weights;
    int64_t weights_step;
    const float * input;
    int64_t input_step;
    float * result;
    int64_t result_step;

    const char * weights_at(int64_t row, int64_t number) const {
        const auto kind = static_cast<ggml_type>(type);
        return weights + row * weights_step + number / ggml_blck_size(kind) * static_cast<int64_t>(ggml_type_size(kind));
    }

    /** Rows [row, row + height) of the weights, numbers [from, from + deep), in panels of columns. */
    void unpack(int64_t row, int64_t height, int64_t from, int64_t deep, Scratch & scratch) const {
        for (int64_t r = 0; r < height; r += 8) {
            for (int64_t i = 0; i < 8; i++) {
                if (row + r + i < rows) unpack_row(type, weights_at(row + r + i, from), scratch.rows[i], deep);
                else std::fill_n(scratch.rows[i], deep, 0.0f);
            }
            float * panel = scratch.panels + r / panel_rows * panel_rows * depth + r % panel_rows;
            for (int64_t column = 0; column < deep; column += 8) {
                __m256 block[8];
                for (int i = 0; i < 8; i++) block[i] = _mm256_load_ps(scratch.rows[i] + column);
                facet_transpose(block, panel + column * panel_rows, panel_rows);
            }
        }
    }

    void compute(int64_t row, int64_t height, int64_t column, int64_t width, Scratch & scratch) const {
        for (int64_t from = 0; from < count; from += depth) {
            const int64_t deep = std::min(depth, count - from);
            unpack(row, (height + panel_rows - 1) / panel_rows * panel_rows, from, deep, scratch);
            for (int64_t block = column; block < column + width; block += block_columns) {
                const int64_t end = std::min(block + block_columns, column + width);
                for (int64_t r = 0; r < height; r += panel_rows) panel_times_block(row + r, scratch.panels + r * depth, from, deep, block, end);
            }
        }
    }

  private:
    void panel_times_block(int64_t row, const float * panel, int64_t from, int64_t deep, int64_t column, int64_t end) const {
        for (int64_t c = column; c < end; c += tile_columns) {
            const int now = static_cast<int>(std::min<int64_t>(tile_columns, end - c));
            const Multiply kernel = multiply_by(now, std::make_integer_sequence<int, tile_columns>());
            const float * numbers = input + c * input_step + from;
            float * out = result + c * result_step + row;
            if (row + panel_rows <= rows) kernel(panel, numbers, input_step, deep, out, result_step, from > 0);
            else last_rows(kernel, panel, numbers, deep, now, rows - row, out, from > 0);
        }
    }

    /** A panel that reaches past the last row. */
    void last_rows(Multiply kernel, const float * panel, const float * numbers, int64_t deep, int now, int64_t left, float * out, bool add) const {
        alignas(64) float whole[tile_columns * panel_rows] = {};
        for (int c = 0; c < now && add; c++) std::copy_n(out + c * result_step, left, whole + c * panel_rows);
        kernel(panel, numbers, input_step, deep, whole, panel_rows, add);
        for (int c = 0; c < now; c++) std::copy_n(whole + c * panel_rows, left, out + c * result_step);
    }
};

void compute_in_tasks(const ggml_compute_params * params, const Product & product) {
    static thread_local Scratch scratch;
    const int64_t panels = (product.rows + panel_rows - 1) / panel_rows;
    const int64_t height = std::clamp<int64_t>(panels / (4 * params->nth), 1, most_rows / panel_rows) * panel_rows;
    const int64_t parts = (product.rows + height - 1) / height;
    in_tasks(params, parts * ((product.columns + task_columns - 1) / task_columns), [&](int64_t task) {
        const int64_t row = task % parts * height;
        const int64_t column = task / parts * task_columns;
        product.compute(row, std::min(height, product.rows - row), column, std::min(task_columns, product.columns - column), scratch);
    });
}

} // namespace

#endif

#if defined(FACET_FEW_COLUMNS)

namespace {

static_assert(facet_column_group == drafted_columns);

/** Calls the one of the kernels that is made for so many columns. */
template <typename... Arguments, int... Counts>
void multiply_few(int64_t columns, std::integer_sequence<int, Counts...>, Arguments... arguments) {
    static constexpr void (*kernels[])(Arguments...) = {[](Arguments... now) { facet_rows_by_columns<Counts + 1>(now...); }...};
    kernels[columns - 1](arguments...);
}

/** Rows that a thread takes at a time: a few tasks for each, in whole groups. */
int64_t task_rows(const ggml_compute_params * params, int64_t rows) {
    return std::clamp<int64_t>(rows / (4 * params->nth * facet_row_group), 1, 64) * facet_row_group;
}

template <typename Weights, typename Columns>
void multiply_few_in_tasks(const ggml_compute_params * params, int64_t rows, int64_t columns, int64_t count, const Weights * weights, int64_t weights_step,
                           const Columns * input, int64_t input_step, float * result, int64_t result_step) {
    const int64_t height = task_rows(params, rows);
    in_tasks(params, (rows + height - 1) / height, [&](int64_t task) {
        for (int64_t column = 0; column < columns; column += facet_column_group) {
            multiply_few(std::min(facet_column_group, columns - column), std::make_integer_sequence<int, facet_column_group>(), weights, weights_step,
                         input + column * input_step, input_step, count, task * height, std::min(rows, (task + 1) * height),
                         result + column * result_step, result_step);
        }
    });
}

/** False where it is llama.cpp's to compute. */
bool few_columns(const ggml_compute_params * params, int64_t rows, int64_t columns, int64_t count, const void * weights, int64_t weights_step,
                 const void * input, int64_t input_step, float * result, int64_t result_step, int type) {
    const auto multiply = [&](const auto * typed_weights, const auto * typed_input, int64_t step) {
        multiply_few_in_tasks(params, rows, columns, count, typed_weights, weights_step, typed_input, step, result, result_step);
    };
    const auto * const columns_of_256 = static_cast<const block_q8_K *>(input);
    static thread_local std::vector<FacetColumnBlock> prepared;
    const auto columns_of_32 = [&] {
        facet_prepare_columns(static_cast<const block_q8_0 *>(input), input_step, count, columns, prepared);
        return static_cast<const FacetColumnBlock *>(prepared.data());
    };
    switch (type) {
        case GGML_TYPE_Q8_0: multiply(static_cast<const block_q8_0 *>(weights), columns_of_32(), count); return true;
        case GGML_TYPE_Q4_0: multiply(static_cast<const block_q4_0 *>(weights), columns_of_32(), count); return true;
        case GGML_TYPE_Q5_0: multiply(static_cast<const block_q5_0 *>(weights), columns_of_32(), count); return true;
        case GGML_TYPE_Q6_K: multiply(static_cast<const block_q6_K *>(weights), columns_of_256, input_step); return true;
#if defined(FACET_BYTE_PRODUCTS)
        case GGML_TYPE_Q4_K: multiply(static_cast<const block_q4_K *>(weights), columns_of_256, input_step); return true;
        case GGML_TYPE_Q5_K: multiply(static_cast<const block_q5_K *>(weights), columns_of_256, input_step); return true;
#endif
        default: return false;
    }
}

} // namespace

#endif

extern "C" bool llamafile_sgemm(const struct ggml_compute_params * params, int64_t m, int64_t n, int64_t k, const void * A, int64_t lda, const void * B,
                                int64_t ldb, void * C, int64_t ldc, int Atype, int Btype, int Ctype) {
    // Its kernels add floats in another order than the one for a single column. Those of quantised weights do not.
    if (n <= drafted_columns && (Atype == GGML_TYPE_F32 || Atype == GGML_TYPE_F16 || Atype == GGML_TYPE_BF16)) return false;
#if defined(FACET_FEW_COLUMNS)
    if ((Btype == GGML_TYPE_Q8_0 || Btype == GGML_TYPE_Q8_K) && Ctype == GGML_TYPE_F32 &&
        few_columns(params, m, n, k, A, lda, B, ldb, static_cast<float *>(C), ldc, Atype)) {
        return true;
    }
#endif
#if defined(__AVX2__) && defined(__FMA__)
    const auto type = static_cast<ggml_type>(Atype);
    const int64_t count = k * ggml_blck_size(type);
    if (n >= fewest_columns && Btype == GGML_TYPE_F32 && Ctype == GGML_TYPE_F32 && count % 8 == 0 && unpacked_here(Atype)) {
        compute_in_tasks(params, {Atype, m, n, count, static_cast<const char *>(A), lda * static_cast<int64_t>(ggml_type_size(type)),
                                  static_cast<const float *>(B), ldb, static_cast<float *>(C), ldc});
        return true;
    }
#endif
    return facet_plain_sgemm(params, m, n, k, A, lda, B, ldb, C, ldc, Atype, Btype, Ctype);
}
