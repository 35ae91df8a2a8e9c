#pragma once
#include <cstddef>

namespace facet {

/** Bytes of memory in the machine; 8 GiB when the system does not say. */
size_t total_memory_bytes();

} // namespace facet
