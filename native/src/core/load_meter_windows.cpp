#ifdef _WIN32
#include "load_meter.hpp"

#define NOMINMAX
#include <windows.h>

#include <algorithm>
#include <thread>
#include <vector>

namespace facet {
namespace {

double seconds(const FILETIME & time) {
    return static_cast<double>((static_cast<uint64_t>(time.dwHighDateTime) << 32) | time.dwLowDateTime) / 1e7;
}

} // namespace

int usable_cores() {
    DWORD bytes = 0;
    GetLogicalProcessorInformationEx(RelationProcessorCore, nullptr, &bytes);
    std::vector<char> buffer(bytes);
    auto * info = reinterpret_cast<SYSTEM_LOGICAL_PROCESSOR_INFORMATION_EX *>(buffer.data());
    if (bytes == 0 || !GetLogicalProcessorInformationEx(RelationProcessorCore, info, &bytes)) {
        return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    }
    // One record per core. The highest efficiency class holds the fast cores of a hybrid processor.
    int best_class = -1;
    int cores = 0;
    for (DWORD at = 0; at < bytes;) {
        const auto * record = reinterpret_cast<SYSTEM_LOGICAL_PROCESSOR_INFORMATION_EX *>(buffer.data() + at);
        const int efficiency = record->Processor.EfficiencyClass;
        if (efficiency > best_class) {
            best_class = efficiency;
            cores = 0;
        }
        if (efficiency == best_class) cores++;
        at += record->Size;
    }
    return std::max(1, cores);
}

std::optional<CpuTimes> read_cpu_times() {
    FILETIME idle, kernel, user, created, exited, own_kernel, own_user;
    if (!GetSystemTimes(&idle, &kernel, &user)) return std::nullopt;
    if (!GetProcessTimes(GetCurrentProcess(), &created, &exited, &own_kernel, &own_user)) return std::nullopt;
    // Kernel time includes idle time (GetSystemTimes).
    return CpuTimes{seconds(kernel) - seconds(idle) + seconds(user), seconds(own_kernel) + seconds(own_user)};
}

} // namespace facet
#endif
