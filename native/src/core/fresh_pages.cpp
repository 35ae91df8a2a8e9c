#include "fresh_pages.hpp"

#include <algorithm>

#ifdef __linux__
#include <sys/mman.h>
#include <unistd.h>
// Linux 5.14; an older one refuses it.
#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif
#endif

namespace facet {

void populate(uint8_t * data, size_t bytes) {
#ifdef __linux__
    /** Others may map memory between two of them. */
    constexpr uintptr_t step = 4 << 20;
    const auto page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
    const uintptr_t first = (reinterpret_cast<uintptr_t>(data) + page - 1) / page * page;
    const uintptr_t end = (reinterpret_cast<uintptr_t>(data) + bytes) / page * page;
    for (uintptr_t at = first; at < end; at += step) {
        if (madvise(reinterpret_cast<void *>(at), std::min(step, end - at), MADV_POPULATE_WRITE) != 0) return;
    }
#else
    (void)data;
    (void)bytes;
#endif
}

} // namespace facet
