#include "given_back.hpp"

#include <cstdint>
#include <cstdlib>

#ifdef __linux__
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/mman.h>
#include <system_error>
#endif
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace facet {

void release_mapped_pages(const std::string & path) {
#ifdef __linux__
    std::error_code failed;
    const std::string wanted = std::filesystem::canonical(std::filesystem::u8path(path), failed).u8string();
    if (failed) return;
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        // 7f0a00000000-7f0a10000000 r--s 00000000 08:01 12345   /path of the file
        const size_t name = line.find('/');
        if (name == std::string::npos || line.compare(name, std::string::npos, wanted) != 0) continue;
        uint64_t start = 0;
        uint64_t end = 0;
        char dash = 0;
        std::istringstream range(line);
        if (range >> std::hex >> start >> dash >> end && start < end) madvise(reinterpret_cast<void *>(start), end - start, MADV_DONTNEED);
    }
#else
    (void)path;
#endif
}

void release_freed_memory() {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

} // namespace facet
