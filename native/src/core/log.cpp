#include "log.hpp"

#include "ggml.h"
#include "llama.h"
#include "mtmd.h"

#include <cstdio>
#include <deque>
#include <mutex>

namespace facet {
namespace {

constexpr size_t kept_errors = 4;

/** llama.cpp's loggers are process-wide, so this is too. */
struct LogState {
    std::mutex mutex;
    LogSink sink;
    std::string line;
    ggml_log_level line_level = GGML_LOG_LEVEL_NONE;
    std::deque<std::string> errors;
};

LogState & state() {
    static LogState instance;
    return instance;
}

void finish_line(LogState & log) {
    std::string line;
    line.swap(log.line);
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
    // llama.cpp takes the ordinary tag </s> for a broken control token; vocabulary.cpp puts it right, so nobody needs the warning.
    if (line.empty() || line.find("'</s>' was not control-type") != std::string::npos) return;
    if (log.line_level == GGML_LOG_LEVEL_ERROR) {
        log.errors.push_back(line);
        if (log.errors.size() > kept_errors) log.errors.pop_front();
        if (log.sink) log.sink(LogLevel::error, line);
    } else if (log.line_level == GGML_LOG_LEVEL_WARN && log.sink) {
        log.sink(LogLevel::warning, line);
    }
}

void on_log(ggml_log_level level, const char * text, void *) {
    LogState & log = state();
    const std::lock_guard<std::mutex> lock(log.mutex);
    if (level != GGML_LOG_LEVEL_CONT) {
        finish_line(log);
        log.line_level = level;
    }
    if (log.line_level < GGML_LOG_LEVEL_WARN) return;
    log.line += text;
    if (!log.line.empty() && log.line.back() == '\n') finish_line(log);
}

void on_abort(const char * text) {
    // Also where the parent looks when no message gets through any more.
    std::fprintf(stderr, "%s\n", text);
    std::fflush(stderr);
    LogState & log = state();
    LogSink sink;
    {
        // The dying thread may hold the lock already; losing the text would be worse than an unlocked copy.
        std::unique_lock<std::mutex> lock(log.mutex, std::try_to_lock);
        sink = log.sink;
    }
    if (sink) sink(LogLevel::fatal, text);
}

} // namespace

void capture_logs(LogSink sink) {
    state().sink = std::move(sink);
    llama_log_set(on_log, nullptr);
    mtmd_log_set(on_log, nullptr);
    ggml_set_abort_callback(on_abort);
}

std::string take_recent_errors() {
    LogState & log = state();
    const std::lock_guard<std::mutex> lock(log.mutex);
    std::string joined;
    for (const std::string & line : log.errors) joined += (joined.empty() ? "" : "; ") + line;
    log.errors.clear();
    return joined;
}

} // namespace facet
