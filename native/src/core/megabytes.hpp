#pragma once
#include <cstdint>
#include <string>

namespace facet {

/** Bytes for people, rounded up, as in "the engine" sentences: "42 MB". */
inline std::string megabytes(uint64_t bytes) { return std::to_string((bytes + 999999) / 1000000) + " MB"; }

} // namespace facet
