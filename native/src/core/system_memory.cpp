#include "system_memory.hpp"

#include "ggml-backend.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <string>
#ifdef __APPLE__
#include <mach/mach.h>
#endif

namespace facet {
namespace {

#ifdef __linux__
/** A number in a file of the kernel's; nothing for "max" and where there is no such file. */
std::optional<uint64_t> number_in(const std::string & path) {
    std::ifstream file(path);
    uint64_t value = 0;
    if (file >> value) return value;
    return std::nullopt;
}

/** What the control group of this process leaves, its own file cache counted as free. */
uint64_t left_in_group() {
    std::ifstream file("/proc/self/cgroup");
    for (std::string line; std::getline(file, line);) {
        if (line.rfind("0::", 0) != 0) continue;
        const std::string folder = "/sys/fs/cgroup" + line.substr(3) + "/";
        const auto limit = number_in(folder + "memory.max");
        const auto used = number_in(folder + "memory.current");
        if (!limit || !used) continue;
        uint64_t cache = 0;
        std::ifstream statistics(folder + "memory.stat");
        std::string name;
        for (uint64_t value = 0; statistics >> name >> value;) {
            if (name == "file") cache = value;
        }
        return *limit - std::min(*limit, *used - std::min(*used, cache));
    }
    return std::numeric_limits<uint64_t>::max();
}
#endif

} // namespace

size_t total_memory_bytes() {
    // ggml's CPU device reports the machine's memory on every system.
    size_t free_bytes = 0;
    size_t total_bytes = 0;
    ggml_backend_dev_memory(ggml_backend_dev_by_type(GGML_BACKEND_DEVICE_TYPE_CPU), &free_bytes, &total_bytes);
    return total_bytes > 0 ? total_bytes : size_t{8} << 30;
}

std::optional<uint64_t> free_memory_bytes() {
#if defined(__linux__)
    std::ifstream file("/proc/meminfo");
    for (std::string line; std::getline(file, line);) {
        if (line.rfind("MemAvailable:", 0) != 0) continue;
        return std::min<uint64_t>(std::stoull(line.substr(13)) * 1024, left_in_group());
    }
    return std::nullopt;
#elif defined(__APPLE__)
    vm_statistics64_data_t pages;
    mach_msg_type_number_t count = HOST_VM_INFO64_COUNT;
    if (host_statistics64(mach_host_self(), HOST_VM_INFO64, reinterpret_cast<host_info64_t>(&pages), &count) != KERN_SUCCESS) return std::nullopt;
    return (uint64_t{pages.free_count} + pages.inactive_count + pages.purgeable_count) * vm_kernel_page_size;
#else
    size_t free_bytes = 0;
    size_t total_bytes = 0;
    ggml_backend_dev_memory(ggml_backend_dev_by_type(GGML_BACKEND_DEVICE_TYPE_CPU), &free_bytes, &total_bytes);
    return free_bytes > 0 ? std::optional<uint64_t>(free_bytes) : std::nullopt;
#endif
}

} // namespace facet
