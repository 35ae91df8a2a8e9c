#include "log_bridge.hpp"

#include "core/log.hpp"

#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <thread>

namespace facet {
namespace {

/** Longest time a dying process waits for its last words to be said. */
constexpr std::chrono::milliseconds last_words{1000};

const char * level_name(LogLevel level) {
    switch (level) {
        case LogLevel::warning: return "warning";
        case LogLevel::error: return "error";
        case LogLevel::fatal: return "fatal";
    }
    return "fatal";
}

} // namespace

void bridge_logs(Napi::Env env, const Napi::Function & listener) {
    auto channel = std::make_shared<Napi::ThreadSafeFunction>(Napi::ThreadSafeFunction::New(env, listener, "facet log", 0, 1));
    // Logs alone must not keep the process alive.
    channel->Unref(env);
    const std::thread::id javascript = std::this_thread::get_id();
    capture_logs([channel, javascript](LogLevel level, const std::string & text) {
        auto said = std::make_shared<std::promise<void>>();
        std::future<void> heard = said->get_future();
        const auto call = [level, text, said](Napi::Env js, Napi::Function function) {
            if (js != nullptr && !function.IsEmpty()) function.Call({Napi::String::New(js, level_name(level)), Napi::String::New(js, text)});
            said->set_value();
        };
        if (channel->NonBlockingCall(call) != napi_ok) return;
        if (level == LogLevel::fatal && std::this_thread::get_id() != javascript) heard.wait_for(last_words);
    });
}

} // namespace facet
