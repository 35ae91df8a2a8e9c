#include "generation.hpp"

#include "grammar.hpp"
#include "quote_guard.hpp"
#include "text_stream.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

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

/** Draws the next token: by a grammar only what it allows, inside quotation marks only what the texts say. */
class Chooser {
  public:
    Chooser(const RunOptions & options, const Vocabulary & vocabulary)
        : sampler_(options.sampling), vocabulary_(vocabulary), guarded_(!options.quote_texts.empty()), guard_(options.quote_texts, options.quote_before) {
        if (!options.grammar.empty()) grammar_.emplace(vocabulary, options.grammar);
    }

    llama_token choose(const float * logits) {
        const int32_t count = vocabulary_.size();
        if (grammar_) return by_grammar(logits, count);
        if (!guarded_) return sampler_.sample(logits, count);
        llama_token id = wants_to_end(logits) ? closing_token() : LLAMA_TOKEN_NULL;
        if (id == LLAMA_TOKEN_NULL) id = sampler_.sample(logits, count, [this](auto & candidates) { keep_quotable(candidates); });
        if (id == LLAMA_TOKEN_NULL) {
            guard_.release();
            id = sampler_.sample(logits, count);
        }
        guard_.accept(vocabulary_.piece(id));
        return id;
    }
    /** What a quotation must go on with, as far as that is certain; at most `most` ids. */
    std::vector<llama_token> continuation(size_t most) const {
        const size_t bytes = most * longest_piece;
        const std::string text = guarded_ ? guard_.continuation(bytes) : "";
        if (text.empty()) return {};
        std::vector<llama_token> ids = vocabulary_.tokenize_plain(text);
        // It may go on beyond what is certain.
        if (!ids.empty()) ids.pop_back();
        ids.resize(std::min(ids.size(), most));
        return ids;
    }

  private:
    llama_token by_grammar(const float * logits, int32_t count) {
        const llama_token id = sampler_.sample(logits, count, [this](auto & candidates) { grammar_->filter(candidates); });
        if (id == LLAMA_TOKEN_NULL) throw Error(ErrorCode::invalid_request, "grammar", "cannot be spelled in this model's vocabulary");
        grammar_->accept(id);
        return id;
    }
    void keep_quotable(std::vector<llama_token_data> & candidates) const {
        const auto refused = [this](const llama_token_data & candidate) { return !guard_.allows(vocabulary_.piece(candidate.id)); };
        candidates.erase(std::remove_if(candidates.begin(), candidates.end(), refused), candidates.end());
    }
    // A model that would end its line or its turn inside a quotation has forgotten the mark; without this it would have to quote on.
    bool wants_to_end(const float * logits) const {
        if (!guard_.inside()) return false;
        const auto likeliest = static_cast<llama_token>(std::max_element(logits, logits + vocabulary_.size()) - logits);
        const std::string piece = vocabulary_.piece(likeliest);
        return vocabulary_.is_stop(likeliest) || (!piece.empty() && piece[0] == '\n');
    }
    llama_token closing_token() const {
        const std::string mark = guard_.closing();
        const std::vector<llama_token> ids = mark.empty() ? std::vector<llama_token>() : vocabulary_.tokenize_plain(mark);
        return ids.size() == 1 ? ids[0] : LLAMA_TOKEN_NULL;
    }

    /** Bytes of most words with their space. */
    static constexpr size_t longest_piece = 8;

    Sampler sampler_;
    const Vocabulary & vocabulary_;
    bool guarded_;
    QuoteGuard guard_;
    std::optional<Grammar> grammar_;
};

/** Without the white space at the end: prompts repeat an answer without it, and without its stop text. */
size_t written_tokens(const std::vector<llama_token> & ids, const Vocabulary & vocabulary) {
    const auto is_blank = [&](llama_token id) { return vocabulary.piece(id).find_first_not_of(" \t\r\n") == std::string::npos; };
    return static_cast<size_t>(ids.rend() - std::find_if_not(ids.rbegin(), ids.rend(), is_blank));
}

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
    Chooser chooser(options, model.vocabulary());
    TextStream stream(options.stop_texts);
    Announcer announcer(stream, events);
    Clock::time_point first_token = start;
    std::optional<DraftedDecoding> decoding;
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
        const auto continuation = [&chooser](size_t most) { return chooser.continuation(most); };
        decoding.emplace(session, options.lookup);
        while (true) {
            cancel.check();
            const llama_token id = chooser.choose(decoding->logits());
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
            if (result.prompt_tokens + result.ids.size() > session.capacity()) {
                result.stop_reason = StopReason::context_full;
                break;
            }
            // After the first token was shown, so that nobody waits for the copy.
            if (result.ids.size() == 1) session.mark_prompt_end();
            decoding->advance(id, options.max_tokens - result.ids.size(), continuation, cancel);
        }
    } catch (const Error & error) {
        if (error.code != ErrorCode::cancelled) throw;
        result.stop_reason = StopReason::cancelled;
    }
    if (decoding) {
        decoding->finish();
        result.drafted = decoding->drafted();
        result.accepted = decoding->accepted();
    }
    if (result.first_token_ms > 0) result.decode_ms = milliseconds_since(first_token);
    else result.prefill_ms = milliseconds_since(start);
    stream.finish(result.stop_reason != StopReason::end_of_turn && result.stop_reason != StopReason::stop_text);
    announcer.flush();
    result.ids.resize(stream.tokens_before_stop());
    result.text = stream.text();
    const bool complete = result.stop_reason == StopReason::end_of_turn || result.stop_reason == StopReason::stop_text;
    if (complete) session.end_at(result.prompt_tokens + written_tokens(result.ids, model.vocabulary()));
    return result;
}

} // namespace facet
