#include "draft_check.hpp"

#include "cpu_graph.hpp"
#include "draft_policy.hpp"
#include "gguf_facts.hpp"
#include "weights_place.hpp"

#include "ggml-cpp.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace facet {
namespace {

constexpr int64_t most = StepCosts::most_rows;
/** Rows of a matrix: as many as any order of weights asks for at a time, twice. */
constexpr int64_t matrix_rows = 64;
/** A row that is longer is tried at the length that leaves the same rest. */
constexpr int64_t longest_row = 1024;
constexpr int64_t largest_block = 256;
/** Tokens before those of the step: with the last of these it reaches into another block of 256 cells. */
constexpr int64_t before = 764;
constexpr int64_t window = 512;

using Numbers = std::vector<float>;

Numbers result_of(CpuGraph & graph, const ggml_tensor * result) {
    graph.run();
    Numbers numbers(static_cast<size_t>(ggml_nelements(result)));
    std::memcpy(numbers.data(), result->data, ggml_nbytes(result));
    return numbers;
}

/** `together(first, count, threads)` computes tokens [first, first + count), `size` numbers each. */
template <typename Together>
bool differs(const Together & together, int threads) {
    Numbers alone;
    for (int64_t token = 0; token < most; token++) {
        const Numbers numbers = together(token, 1, 1);
        alone.insert(alone.end(), numbers.begin(), numbers.end());
    }
    for (int64_t count = 1; count <= most; count++) {
        const Numbers numbers = together(0, count, threads);
        if (!std::equal(numbers.begin(), numbers.end(), alone.begin())) return true;
    }
    return false;
}

Numbers inputs(int64_t size) {
    CpuGraph graph(1);
    ggml_tensor * numbers = ggml_new_tensor_2d(graph.context(), GGML_TYPE_F32, size, most);
    ggml_tensor * same = ggml_cont(graph.context(), numbers);
    graph.allocate(same);
    fill_random(numbers, 1, 7);
    return result_of(graph, same);
}

bool products_differ(ggml_type type, int64_t row, int threads) {
    const int64_t width = row <= longest_row ? row : longest_row - largest_block + row % largest_block;
    Numbers matrix(static_cast<size_t>(width * matrix_rows));
    const Numbers input = inputs(width);
    for (size_t i = 0; i < matrix.size(); i++) matrix[i] = input[i % input.size()] * (1 + static_cast<float>(i / input.size()));
    std::vector<uint8_t> bytes(ggml_row_size(type, width) * matrix_rows);
    ggml_quantize_chunk(type, matrix.data(), bytes.data(), 0, matrix_rows, width, nullptr);
    ggml_backend_dev_t cpu = ggml_backend_dev_by_type(GGML_BACKEND_DEVICE_TYPE_CPU);
    const auto together = [&](int64_t first, int64_t count, int now) {
        const ggml_context_ptr holder(ggml_init({ggml_tensor_overhead(), nullptr, /*no_alloc*/ true}));
        ggml_tensor * weights = ggml_new_tensor_2d(holder.get(), type, width, matrix_rows);
        CpuGraph graph(now);
        ggml_tensor * columns = ggml_new_tensor_2d(graph.context(), GGML_TYPE_F32, width, count);
        ggml_tensor * product = ggml_mul_mat(graph.context(), weights, columns);
        const ggml_backend_buffer_ptr buffer(ggml_backend_alloc_ctx_tensors_from_buft(holder.get(), weights_place(cpu, weights, product)));
        ggml_backend_tensor_set(weights, bytes.data(), 0, bytes.size());
        graph.allocate(product);
        std::memcpy(columns->data, input.data() + first * width, ggml_nbytes(columns));
        return result_of(graph, product);
    };
    return differs(together, threads);
}

/** Tokens after 764 others, as in the layers with a window and in those without one. */
bool attention_differs(ggml_type type, int64_t width, int64_t heads, bool windowed, int threads) {
    const Numbers input = inputs(width * heads);
    const auto together = [&](int64_t first, int64_t count, int now) {
        CpuGraph graph(now);
        ggml_context * context = graph.context();
        const int64_t cells = (before + first + count + 255) / 256 * 256;
        ggml_tensor * queries = ggml_new_tensor_3d(context, GGML_TYPE_F32, width, heads, count);
        ggml_tensor * keys = ggml_new_tensor_3d(context, type, width, 1, cells);
        ggml_tensor * values = ggml_new_tensor_3d(context, type, width, 1, cells);
        ggml_tensor * mask = ggml_new_tensor_2d(context, GGML_TYPE_F16, cells, count);
        const auto turned = [context](ggml_tensor * tensor) { return ggml_permute(context, tensor, 0, 2, 1, 3); };
        ggml_tensor * result = ggml_flash_attn_ext(context, turned(queries), turned(keys), turned(values), mask, 0.1f, 0, 0);
        graph.allocate(result);
        std::memcpy(queries->data, input.data() + first * width * heads, ggml_nbytes(queries));
        fill_random(keys, 1, 1);
        fill_random(values, 1, 2);
        const ggml_fp16_t seen = ggml_fp32_to_fp16(0);
        const ggml_fp16_t hidden = ggml_fp32_to_fp16(-INFINITY);
        for (int64_t i = 0; i < cells * count; i++) {
            const int64_t own = before + first + i / cells;
            const int64_t cell = i % cells;
            static_cast<ggml_fp16_t *>(mask->data)[i] = cell > own || (windowed && cell <= own - window) ? hidden : seen;
        }
        return result_of(graph, result);
    };
    return differs(together, threads);
}

} // namespace

std::vector<std::string> operations_that_differ(const std::string & model_path, ggml_type cache_type, int threads) {
    const GgufFacts facts(model_path);
    std::vector<std::string> found;
    for (const auto & [type, row] : facts.matrices()) {
        // Such a type cannot be made here.
        const bool unknown = ggml_quantize_requires_imatrix(type) || (type >= GGML_TYPE_I8 && type <= GGML_TYPE_F64);
        if (unknown || products_differ(type, row, threads)) found.emplace_back(ggml_type_name(type));
    }
    const int64_t width = facts.number("gemma3.attention.key_length", 256);
    const int64_t heads = std::max(1u, facts.number("gemma3.attention.head_count", 1) / std::max(1u, facts.number("gemma3.attention.head_count_kv", 1)));
    for (const bool windowed : {false, true}) {
        if (!attention_differs(cache_type, width, heads, windowed, threads)) continue;
        found.emplace_back("attention");
        break;
    }
    return found;
}

} // namespace facet
