#pragma once
#include <string>

namespace facet {

/**
 * Takes this process's pages of a mapped file out of its memory. What is used of them comes back by itself from the system's file cache; what was only
 * read to be rearranged elsewhere stays away. Does nothing where the system has no way to do it.
 */
void release_mapped_pages(const std::string & path);

/** Returns what the C library holds of freed memory, such as a header's that was read twice. */
void release_freed_memory();

} // namespace facet
