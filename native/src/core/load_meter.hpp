#pragma once
#include <chrono>
#include <cstdint>
#include <optional>

namespace facet {

/** Processors this process may use: affinity and quota respected, hyper-threads of one core counted once. At least 1. */
int usable_cores();

/** Times since some fixed moment. */
struct CpuTimes {
    /** Seconds that the processors this process may use spent on anything of normal priority. */
    double busy;
    /** Seconds of processor time of this process. */
    double own;
};

/** Reads the system's counters; nothing when the platform has none. */
std::optional<CpuTimes> read_cpu_times();

/** Tells how many processors other programs keep busy. */
class LoadMeter {
  public:
    /**
     * Processors taken by others since the last call. Nothing at the first call, when the last one is older than `longest`,
     * or when it is so young that the counters (10 ms ticks on Linux) say nothing; the last reading is then kept.
     */
    std::optional<double> others(std::chrono::milliseconds shortest, std::chrono::milliseconds longest);

  private:
    std::optional<CpuTimes> last_;
    std::chrono::steady_clock::time_point last_at_;
};

} // namespace facet
