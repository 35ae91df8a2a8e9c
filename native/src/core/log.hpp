#pragma once
#include <functional>
#include <string>

namespace facet {

enum class LogLevel { warning, error, fatal };

/** Gets whole lines, from any thread. For `fatal` it must not return before the text is safe: the process ends after it. */
using LogSink = std::function<void(LogLevel, const std::string &)>;

/** Sends llama.cpp's, ggml's and mtmd's warnings, errors and assert texts to `sink`. Process-wide; call once, before anything loads. */
void capture_logs(LogSink sink);

/** The last error lines since the last call, joined; for the reason of a failed load. Empty when there were none. */
std::string take_recent_errors();

} // namespace facet
