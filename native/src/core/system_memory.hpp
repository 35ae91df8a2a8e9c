#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>

namespace facet {

/** Bytes of memory in the machine; 8 GiB when the system does not say. */
size_t total_memory_bytes();

/** Bytes that programs can still get without swapping, within the limits on this process; nothing when the system does not say. */
std::optional<uint64_t> free_memory_bytes();

} // namespace facet
