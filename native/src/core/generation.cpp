#include "generation.hpp"

#include "text_stream.hpp"

#include <chrono>

namespace facet {
namespace {

using Clock = std::chrono::steady_clock;

/** Waking the JavaScript thread for every token would take a core from the workers at each barrier; people see 30 changes a second at most. */
constexpr std::chrono::milliseconds shortest_gap{33};

double milliseconds_since(Clock::time_point start) { return std::chrono::duration<double, std::milli>(Clock::now() - start).count(); }

/** Passes text on in steps that a screen can show. */
class Announcer {
  public:
    Announcer(TextStream & stream, const RunEvents & events) : stream_(stream), events_(events) {}

    void token() {
        tokens_++;
        if (Clock::now() - last_ >= shortest_gap) flush();
    }
    void flush() {
        const std::string text = stream_.take();
        if (tokens_ == 0 && text.empty()) return;
        if (events_.wrote) events_.wrote(text, tokens_);
        tokens_ = 0;
        last_ = Clock::now();
    }

  private:
    TextStream & stream_;
    const RunEvents & events_;
    uint32_t tokens_ = 0;
    Clock::time_point last_;
};

} // namespace

RunResult run_generation(Session & session, const Model & model, EmbeddingStore & embeddings, const Prompt & prompt, const RunOptions & options,
                         const RunEvents & events, const CancelFlag & cancel) {
    const Clock::time_point start = Clock::now();
    RunResult result;
    result.prompt_tokens = prompt.tokens.size();
    if (result.prompt_tokens >= session.capacity()) {
        Error error(ErrorCode::does_not_fit, "prompt", "the prompt is longer than the context");
        error.needed = result.prompt_tokens + 1;
        error.available = session.capacity();
        throw error;
    }
    Sampler sampler(options.sampling);
    TextStream stream(options.stop_texts);
    Announcer announcer(stream, events);
    Clock::time_point first_token = start;
    try {
        result.cached_tokens = session.reuse(prompt);
        session.own(options.owner);
        const auto report = [&](size_t done) {
            if (events.prefilled) events.prefilled(done, result.prompt_tokens, result.cached_tokens);
        };
        report(result.cached_tokens);
        session.prefill(prompt, embeddings, report, cancel);
        result.prefill_ms = milliseconds_since(start);

        const Vocabulary & vocabulary = model.vocabulary();
        while (true) {
            cancel.check();
            const llama_token id = sampler.sample(session.logits(), vocabulary.size());
            if (result.first_token_ms == 0) {
                result.first_token_ms = milliseconds_since(start);
                first_token = Clock::now();
            }
            if (vocabulary.is_stop(id)) {
                result.stop_reason = StopReason::end_of_turn;
                break;
            }
            result.ids.push_back(id);
            const bool stopped = stream.add(vocabulary.piece(id));
            announcer.token();
            if (stopped) {
                result.stop_reason = StopReason::stop_text;
                break;
            }
            if (result.ids.size() >= options.max_tokens) {
                result.stop_reason = StopReason::max_tokens;
                break;
            }
            if (session.held().size() >= session.capacity()) {
                result.stop_reason = StopReason::context_full;
                break;
            }
            // After the first token was shown, so that nobody waits for the copy.
            if (result.ids.size() == 1) session.mark_prompt_end();
            session.append(id, cancel);
        }
    } catch (const Error & error) {
        if (error.code != ErrorCode::cancelled) throw;
        result.stop_reason = StopReason::cancelled;
    }
    if (result.first_token_ms > 0) result.decode_ms = milliseconds_since(first_token);
    else result.prefill_ms = milliseconds_since(start);
    stream.finish(result.stop_reason != StopReason::end_of_turn && result.stop_reason != StopReason::stop_text);
    announcer.flush();
    result.ids.resize(stream.tokens_before_stop());
    result.text = stream.text();
    return result;
}

} // namespace facet
