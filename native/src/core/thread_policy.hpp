#pragma once
#include "load_meter.hpp"

#include "ggml.h"
#include "llama.h"

#include <chrono>
#include <cstdint>
#include <map>

namespace facet {

/**
 * Chooses how many threads compute, by what other programs do at the moment, and gives the context a thread pool of that size.
 * A thread that loses its core to another program holds all others up at every barrier, several hundred times per token; so Facet
 * takes only cores that are free. Measured on two cores beside one busy program: 1 thread 29 tokens/s, 2 threads 6 to 30.
 */
class ThreadPolicy {
  public:
    /** `fixed` 0 chooses; 1..256 always takes that many. */
    explicit ThreadPolicy(int fixed);
    ~ThreadPolicy();
    ThreadPolicy(const ThreadPolicy &) = delete;
    ThreadPolicy & operator=(const ThreadPolicy &) = delete;

    /** Threads to use now. Cheap; looks at the load again when the last look is old enough. */
    int choose();
    /** All that may be used, whatever others do: for work with few barriers, where half a core still helps. */
    int all() const { return fixed_ > 0 ? fixed_ : cores_; }
    /** Brings the context's threads in line with `choose()`. Call between batches. The policy must outlive the context. */
    void apply(llama_context * context);

  private:
    ggml_threadpool * pool(int threads);

    int fixed_;
    int cores_;
    int threads_;
    LoadMeter meter_;
    /**
     * By number of threads. None is freed before the policy dies: ggml's CPU backend keeps a pointer to the pool it computed with last, and pauses that one when
     * it is given another, however much later. A paused pool's workers sleep.
     */
    std::map<int, ggml_threadpool *> pools_;
    int pool_threads_ = 0;
};

} // namespace facet
