#include "load_meter.hpp"

#include <algorithm>

namespace facet {

std::optional<double> LoadMeter::others(std::chrono::milliseconds shortest, std::chrono::milliseconds longest) {
    const auto now = std::chrono::steady_clock::now();
    const auto elapsed = now - last_at_;
    if (last_ && elapsed < shortest) return std::nullopt;
    const std::optional<CpuTimes> times = read_cpu_times();
    if (!times) return std::nullopt;
    const std::optional<CpuTimes> before = last_;
    last_ = times;
    last_at_ = now;
    if (!before || elapsed > longest) return std::nullopt;
    const double seconds = std::chrono::duration<double>(elapsed).count();
    return std::max(0.0, ((times->busy - before->busy) - (times->own - before->own)) / seconds);
}

} // namespace facet
