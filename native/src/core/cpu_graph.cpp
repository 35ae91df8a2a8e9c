#include "cpu_graph.hpp"

#include "backends.hpp"
#include "error.hpp"

#include <chrono>
#include <cmath>

namespace facet {
namespace {

constexpr size_t most_tensors = 64;

} // namespace

CpuGraph::CpuGraph(int threads) {
    const size_t bytes = most_tensors * ggml_tensor_overhead() + ggml_graph_overhead_custom(most_tensors, false);
    context_.reset(ggml_init({bytes, nullptr, /*no_alloc*/ true}));
    backend_.reset(ggml_backend_dev_init(ggml_backend_dev_by_type(GGML_BACKEND_DEVICE_TYPE_CPU), nullptr));
    if (!context_ || !backend_) throw Error(ErrorCode::internal, "", "no CPU backend could be started");
    const auto set_threads =
        reinterpret_cast<ggml_backend_set_n_threads_t>(ggml_backend_reg_get_proc_address(cpu_registry(), "ggml_backend_set_n_threads"));
    if (set_threads != nullptr) set_threads(backend_.get(), threads);
}

void CpuGraph::allocate(ggml_tensor * result) {
    graph_ = ggml_new_graph_custom(context_.get(), most_tensors, false);
    ggml_build_forward_expand(graph_, result);
    buffer_.reset(ggml_backend_alloc_ctx_tensors(context_.get(), backend_.get()));
    if (!buffer_) throw Error(ErrorCode::internal, "", "there is not enough memory for a trial");
}

double CpuGraph::run() {
    const auto start = std::chrono::steady_clock::now();
    if (ggml_backend_graph_compute(backend_.get(), graph_) != GGML_STATUS_SUCCESS) {
        throw Error(ErrorCode::internal, "", "a trial could not be computed");
    }
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

void fill_random(ggml_tensor * tensor, float scale, uint32_t seed) {
    // Sum of two uniform numbers: near enough to a bell, and quick.
    uint32_t state = seed * 2654435761u + 1;
    const auto uniform = [&state] {
        state = state * 1664525u + 1013904223u;
        return static_cast<float>(state >> 8) / 16777216.0f - 0.5f;
    };
    const int64_t row = tensor->ne[0];
    std::vector<float> numbers(static_cast<size_t>(ggml_nelements(tensor)));
    for (float & number : numbers) number = (uniform() + uniform()) * scale * std::sqrt(6.0f);
    ggml_quantize_chunk(tensor->type, numbers.data(), tensor->data, 0, ggml_nelements(tensor) / row, row, nullptr);
}

} // namespace facet
