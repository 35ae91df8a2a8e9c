#pragma once
#include "ggml-backend.h"
#include "ggml.h"

#include <functional>
#include <memory>
#include <vector>

namespace facet {

/** A small graph on the CPU with tensors of its own. One thread at a time. */
class CpuGraph {
  public:
    /** @throws Error internal */
    explicit CpuGraph(int threads);
    CpuGraph(const CpuGraph &) = delete;
    CpuGraph & operator=(const CpuGraph &) = delete;

    /** Where tensors and operations are made, without memory. */
    ggml_context * context() const { return context_.get(); }
    /** Gives every tensor memory. `result` is what `run` computes. @throws Error internal when there is not enough */
    void allocate(ggml_tensor * result);
    /** @returns milliseconds; @throws Error internal */
    double run();

  private:
    struct FreeContext {
        void operator()(ggml_context * context) const { ggml_free(context); }
    };
    struct FreeBackend {
        void operator()(ggml_backend_t backend) const { ggml_backend_free(backend); }
    };
    struct FreeBuffer {
        void operator()(ggml_backend_buffer_t buffer) const { ggml_backend_buffer_free(buffer); }
    };
    std::unique_ptr<ggml_context, FreeContext> context_;
    std::unique_ptr<ggml_backend, FreeBackend> backend_;
    std::unique_ptr<ggml_backend_buffer, FreeBuffer> buffer_;
    ggml_cgraph * graph_ = nullptr;
};

/** Fills a tensor of any type with the same pseudo-random numbers, of standard deviation `scale`, at each call. It must have memory. */
void fill_random(ggml_tensor * tensor, float scale, uint32_t seed);

} // namespace facet
