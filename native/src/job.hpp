#pragma once
#include "convert.hpp"

#include <napi.h>

#include <functional>
#include <memory>
#include <string>
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
 * Runs `work` on a worker thread and settles a promise with what `convert` makes of its result on the JavaScript thread. Events reach `listener`
 * in order, all of them before the promise settles. `work` touches no JavaScript value; `keep` holds whatever it needs alive.
 */
template <typename Result>
class Job : public Napi::AsyncProgressQueueWorker<JobEvent> {
  public:
    using Work = std::function<Result(const SendEvent &)>;
    using Convert = std::function<Napi::Value(Napi::Env, const Result &)>;

    static Napi::Promise start(Napi::Env env, Work work, Convert convert, Napi::Object keep, const Napi::Value & listener) {
        auto * job = new Job(env, std::move(work), std::move(convert));
        job->keep_ = Napi::Persistent(keep);
        if (listener.IsFunction()) job->listener_ = Napi::Persistent(listener.As<Napi::Function>());
        const Napi::Promise promise = job->deferred_.Promise();
        job->Queue();
        return promise;
    }

  protected:
    void Execute(const ExecutionProgress & progress) override {
        try {
            result_ = std::make_unique<Result>(work_([&progress](const JobEvent & event) { progress.Send(&event, 1); }));
        } catch (const Error & error) {
            error_ = std::make_unique<Error>(error);
            SetError("failed");
        } catch (const std::exception & error) {
            error_ = std::make_unique<Error>(ErrorCode::internal, "", error.what());
            SetError("failed");
        }
    }

    void OnProgress(const JobEvent * events, size_t count) override {
        if (listener_.IsEmpty()) return;
        const Napi::Env env = Env();
        const Napi::HandleScope scope(env);
        for (size_t i = 0; i < count; i++) {
            const JobEvent & event = events[i];
            listener_.Call({Napi::String::New(env, event.name), Napi::Number::New(env, event.numbers[0]), Napi::Number::New(env, event.numbers[1]),
                            Napi::Number::New(env, event.numbers[2]), Napi::String::New(env, event.text)});
        }
    }

    void OnOK() override {
        const Napi::HandleScope scope(Env());
        deferred_.Resolve(convert_(Env(), *result_));
    }

    void OnError(const Napi::Error &) override {
        const Napi::HandleScope scope(Env());
        deferred_.Reject(write_error(Env(), *error_).Value());
    }

  private:
    Job(Napi::Env env, Work work, Convert convert)
        : AsyncProgressQueueWorker(env), deferred_(Napi::Promise::Deferred::New(env)), work_(std::move(work)), convert_(std::move(convert)) {}

    Napi::Promise::Deferred deferred_;
    Work work_;
    Convert convert_;
    Napi::ObjectReference keep_;
    Napi::FunctionReference listener_;
    std::unique_ptr<Result> result_;
    std::unique_ptr<Error> error_;
};

} // namespace facet
