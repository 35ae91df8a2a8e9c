#pragma once
#include "convert.hpp"

#include <napi.h>

#include <functional>
#include <memory>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

namespace facet {

/** Something a worker tells JavaScript on the way. */
struct JobEvent {
    const char * name = "";
    double numbers[3] = {0, 0, 0};
    std::string text;
};

using SendEvent = std::function<void(const JobEvent &)>;

/**
 * Runs `work` on a thread of its own and settles a promise with what `convert` makes of its result on the JavaScript thread. Events reach `listener`
 * in order, all of them before the promise settles. `work` touches no JavaScript value; `keep` holds whatever it needs alive.
 *
 * Not on libuv's pool: file work would hold answers up there, and a wake-up that its condition variable loses (glibc before 2.41, bug 25847) would
 * leave the work lying for good, since nothing else comes to the pool while the engine is asked one thing at a time. A new thread needs no wake-up.
 */
template <typename Result>
class Job {
  public:
    using Work = std::function<Result(const SendEvent &)>;
    using Convert = std::function<Napi::Value(Napi::Env, const Result &)>;

    static Napi::Promise start(Napi::Env env, Work work, Convert convert, Napi::Object keep, const Napi::Value & listener) {
        // Owned by the channel, whose finalizer deletes it.
        auto * job = new Job(env, std::move(work), std::move(convert));
        job->keep_ = Napi::Persistent(keep);
        if (listener.IsFunction()) job->listener_ = Napi::Persistent(listener.As<Napi::Function>());
        const Napi::Promise promise = job->deferred_.Promise();
        constexpr size_t unlimited = 0;
        job->channel_ = Channel::New(env, "facet job", unlimited, 1, job, [](Napi::Env, void *, Job * ended) { delete ended; });
        try {
            job->thread_ = std::thread([job] { job->run(); });
        } catch (const std::system_error & error) {
            job->error_ = std::make_unique<Error>(ErrorCode::internal, "", std::string("no thread for the work: ") + error.what());
            job->settle(env);
            job->channel_.Release();
        }
        return promise;
    }

  private:
    static void deliver(Napi::Env env, Napi::Function, Job * job, JobEvent * event);
    using Channel = Napi::TypedThreadSafeFunction<Job, JobEvent, &Job::deliver>;

    Job(Napi::Env env, Work work, Convert convert)
        : deferred_(Napi::Promise::Deferred::New(env)), work_(std::move(work)), convert_(std::move(convert)) {}
    ~Job() {
        if (thread_.joinable()) thread_.join();
    }

    void run() {
        try {
            result_ = std::make_unique<Result>(work_([this](const JobEvent & event) { post(std::make_unique<JobEvent>(event)); }));
        } catch (const Error & error) {
            error_ = std::make_unique<Error>(error);
        } catch (const std::exception & error) {
            error_ = std::make_unique<Error>(ErrorCode::internal, "", error.what());
        }
        post(nullptr);
        if (open_) channel_.Release();
    }

    /** Null is the end. The queue has no limit, so it fails only when the environment is closing; the channel may not be used after that. */
    void post(std::unique_ptr<JobEvent> event) {
        if (!open_) return;
        if (channel_.NonBlockingCall(event.get()) == napi_ok) event.release();
        else open_ = false;
    }

    void settle(Napi::Env env) {
        const Napi::HandleScope scope(env);
        if (error_) {
            deferred_.Reject(write_error(env, *error_).Value());
            return;
        }
        try {
            deferred_.Resolve(convert_(env, *result_));
        } catch (const Napi::Error & error) {
            deferred_.Reject(error.Value());
        }
    }

    void tell(Napi::Env env, const JobEvent & event) {
        if (listener_.IsEmpty()) return;
        const Napi::HandleScope scope(env);
        listener_.Call({Napi::String::New(env, event.name), Napi::Number::New(env, event.numbers[0]), Napi::Number::New(env, event.numbers[1]),
                        Napi::Number::New(env, event.numbers[2]), Napi::String::New(env, event.text)});
    }

    Napi::Promise::Deferred deferred_;
    Work work_;
    Convert convert_;
    Napi::ObjectReference keep_;
    Napi::FunctionReference listener_;
    Channel channel_;
    /** Of the working thread: false once the environment is closing. */
    bool open_ = true;
    std::unique_ptr<Result> result_;
    std::unique_ptr<Error> error_;
    std::thread thread_;
};

template <typename Result>
void Job<Result>::deliver(Napi::Env env, Napi::Function, Job * job, JobEvent * event) {
    const std::unique_ptr<JobEvent> owned(event);
    // While the environment closes only the memory is to be given back.
    if (static_cast<napi_env>(env) == nullptr) return;
    if (owned) job->tell(env, *owned);
    else job->settle(env);
}

} // namespace facet
