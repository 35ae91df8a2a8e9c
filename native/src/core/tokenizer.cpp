#include "tokenizer.hpp"

#include "ranges.hpp"

#include <algorithm>

namespace facet {
namespace {

/** Adjacent control and text parts as one string. */
struct Run {
    struct Span {
        size_t part;
        size_t begin;
        size_t end;
        bool control;
    };
    std::string text;
    std::vector<Span> spans;
};

class Builder {
  public:
    Builder(const std::vector<PromptPart> & parts, const Vocabulary & vocabulary) : parts_(parts), vocabulary_(vocabulary) {
        prompt_.counts.assign(parts.size(), 0);
    }

    void add_run(const Run & run) {
        span_ = 0;
        size_t plain_from = 0;
        for (size_t i = 0; i < run.spans.size(); i++) {
            if (!run.spans[i].control) continue;
            size_t at = run.spans[i].begin;
            while (i + 1 < run.spans.size() && run.spans[i + 1].control) i++;
            const size_t end = run.spans[i].end;
            while (at < end) {
                const auto * match = control_token_at(run.text, at, end);
                if (match == nullptr) {
                    at++;
                    continue;
                }
                add_plain(run, plain_from, at);
                add_token(run, {match->second, 0}, at, match->first.size());
                at += match->first.size();
                plain_from = at;
            }
        }
        add_plain(run, plain_from, run.text.size());
    }

    void add_ids(size_t part) {
        prompt_.branch_points.push_back(prompt_.tokens.size());
        for (const llama_token id : parts_[part].ids) {
            whole_number(id, 0, vocabulary_.size() - 1, "ids");
            prompt_.tokens.push_back({id, 0});
            prompt_.counts[part]++;
        }
    }

    void add_image(size_t part, ImageSlot slot) {
        prompt_.branch_points.push_back(prompt_.tokens.size());
        prompt_.tokens.insert(prompt_.tokens.end(), slot.tokens, Token{image_token_id, slot.number});
        prompt_.counts[part] += slot.tokens;
        prompt_.branch_points.push_back(prompt_.tokens.size());
    }

    Prompt finish() {
        if (prompt_.tokens.empty() || prompt_.tokens.front() != Token{vocabulary_.bos(), 0}) {
            prompt_.tokens.insert(prompt_.tokens.begin(), {vocabulary_.bos(), 0});
            if (!prompt_.counts.empty()) prompt_.counts.front()++;
            for (size_t & point : prompt_.branch_points) point++;
        }
        auto & points = prompt_.branch_points;
        std::sort(points.begin(), points.end());
        points.erase(std::unique(points.begin(), points.end()), points.end());
        return std::move(prompt_);
    }

  private:
    const std::pair<std::string, llama_token> * control_token_at(const std::string & text, size_t at, size_t end) const {
        for (const auto & candidate : vocabulary_.control_tokens()) {
            if (candidate.first.size() <= end - at && text.compare(at, candidate.first.size(), candidate.first) == 0) return &candidate;
        }
        return nullptr;
    }

    void add_plain(const Run & run, size_t from, size_t to) {
        size_t at = from;
        for (const llama_token id : vocabulary_.tokenize_plain(run.text.substr(from, to - from))) {
            const size_t length = vocabulary_.full_piece(id).size();
            add_token(run, {id, 0}, at, length);
            at += length;
        }
    }

    /** `at` and `length` are the bytes of the run that the token covers. */
    void add_token(const Run & run, Token token, size_t at, size_t length) {
        const size_t last = run.spans.size() - 1;
        while (span_ < last && run.spans[span_].end <= at) span_++;
        for (size_t i = span_; i <= last && run.spans[i].begin < at + length; i++) {
            // A later prompt with another text here shares everything before this token.
            if (!run.spans[i].control && run.spans[i].begin >= at) prompt_.branch_points.push_back(prompt_.tokens.size());
        }
        size_t owner = span_;
        while (owner > 0 && run.spans[owner].control && run.spans[owner - 1].control) owner--;
        prompt_.counts[run.spans[owner].part]++;
        prompt_.tokens.push_back(token);
    }

    const std::vector<PromptPart> & parts_;
    const Vocabulary & vocabulary_;
    Prompt prompt_;
    size_t span_ = 0;
};

bool is_written(const PromptPart & part) { return part.kind == PromptPart::Kind::control || part.kind == PromptPart::Kind::text; }

} // namespace

Prompt tokenize(const std::vector<PromptPart> & parts, const Vocabulary & vocabulary, const ImageLookup & image) {
    Builder builder(parts, vocabulary);
    for (size_t i = 0; i < parts.size();) {
        if (parts[i].kind == PromptPart::Kind::image) {
            builder.add_image(i, image(parts[i].text));
            i++;
        } else if (parts[i].kind == PromptPart::Kind::tokens) {
            builder.add_ids(i);
            i++;
        } else {
            Run run;
            for (; i < parts.size() && is_written(parts[i]); i++) {
                const size_t begin = run.text.size();
                run.text += parts[i].text;
                run.spans.push_back({i, begin, run.text.size(), parts[i].kind == PromptPart::Kind::control});
            }
            builder.add_run(run);
        }
    }
    return builder.finish();
}

} // namespace facet
