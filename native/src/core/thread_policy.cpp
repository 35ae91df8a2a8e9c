#include "thread_policy.hpp"

#include "backends.hpp"

#include <algorithm>
#include <cmath>

namespace facet {
namespace {

using std::chrono::milliseconds;

/** Long enough for ten of Linux' 10 ms ticks, short enough to react within a few tokens. */
constexpr milliseconds shortest_window{100};
/** An older reading says nothing about now. */
constexpr milliseconds longest_window{3000};
/** A core counts as free for one more thread only when nearly all of it is, so that the count does not flap. */
constexpr double room_to_grow = 0.75;
/** ggml's default: workers spin for a while between graphs before they sleep; sleeping costs more than a third of the speed. */
constexpr uint32_t polling = 50;

ggml_threadpool * new_pool(int threads) {
    ggml_threadpool_params params = ggml_threadpool_params_default(threads);
    params.poll = polling;
    using New = ggml_threadpool * (*) (ggml_threadpool_params *);
    const auto create = reinterpret_cast<New>(ggml_backend_reg_get_proc_address(cpu_registry(), "ggml_threadpool_new"));
    return create == nullptr ? nullptr : create(&params);
}

void free_pool(ggml_threadpool * pool) {
    using Free = void (*)(ggml_threadpool *);
    const auto destroy = reinterpret_cast<Free>(ggml_backend_reg_get_proc_address(cpu_registry(), "ggml_threadpool_free"));
    if (pool != nullptr && destroy != nullptr) destroy(pool);
}

} // namespace

ThreadPolicy::ThreadPolicy(int fixed) : fixed_(fixed), cores_(usable_cores()), threads_(fixed > 0 ? fixed : cores_) {
    meter_.others(shortest_window, longest_window);
}

ThreadPolicy::~ThreadPolicy() {
    for (const auto & [threads, pool] : pools_) free_pool(pool);
}

int ThreadPolicy::choose() {
    if (fixed_ > 0) return fixed_;
    const std::optional<double> others = meter_.others(shortest_window, longest_window);
    if (!others) return threads_;
    const double free_cores = cores_ - *others;
    const int shrunk = static_cast<int>(std::lround(free_cores));
    const int grown = static_cast<int>(std::floor(free_cores + 1.0 - room_to_grow));
    if (shrunk < threads_) threads_ = shrunk;
    else if (grown > threads_) threads_ = grown;
    threads_ = std::clamp(threads_, 1, cores_);
    return threads_;
}

ggml_threadpool * ThreadPolicy::pool(int threads) {
    const auto found = pools_.find(threads);
    if (found != pools_.end()) return found->second;
    // A pool of the exact size: workers left out of a larger one would spin on the core that was just given up.
    return pools_.emplace(threads, new_pool(threads)).first->second;
}

void ThreadPolicy::apply(llama_context * context) {
    const int threads = choose();
    if (threads == pool_threads_) return;
    ggml_threadpool * next = pool(threads);
    llama_set_n_threads(context, threads, threads);
    if (next != nullptr) llama_attach_threadpool(context, next, next);
    else llama_detach_threadpool(context);
    pool_threads_ = threads;
}

} // namespace facet
