#include "system_memory.hpp"

#include "ggml-backend.h"

namespace facet {

size_t total_memory_bytes() {
    // ggml's CPU device reports the machine's memory on every system.
    size_t free_bytes = 0;
    size_t total_bytes = 0;
    ggml_backend_dev_memory(ggml_backend_dev_by_type(GGML_BACKEND_DEVICE_TYPE_CPU), &free_bytes, &total_bytes);
    return total_bytes > 0 ? total_bytes : size_t{8} << 30;
}

} // namespace facet
