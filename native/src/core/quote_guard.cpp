#include "quote_guard.hpp"

#include "utf8_words.hpp"

#include <array>
#include <cstring>

namespace facet {
namespace {

/** The same pairs as electron/services/citations/findQuotations.ts, but for single marks, which are apostrophes too. The first closing mark is the usual one. */
struct Pair {
    const char * opening;
    std::array<const char *, 3> closing;
};
constexpr std::array<Pair, 5> pairs = {{
    {"\u201c", {"\u201d", "\"", nullptr}},
    {"\"", {"\"", "\u201d", nullptr}},
    {"\u201e", {"\u201c", "\u201d", "\""}},
    {"\u00ab", {"\u00bb", nullptr, nullptr}},
    {"\u00bb", {"\u00ab", nullptr, nullptr}},
}};

const Pair * pair_of(const std::string & opening) {
    for (const Pair & pair : pairs) {
        if (opening == pair.opening) return &pair;
    }
    return nullptr;
}

/** Two marks also close, so they open only where a word can begin. */
bool may_open(const std::string & mark, const std::string & before) {
    if ((mark != "\"" && mark != "\u00bb") || before.empty()) return true;
    if (before == "\u2013" || before == "\u2014") return true;
    return before.size() == 1 && std::strchr(" \t\n\r([:;,*_/>-", before[0]) != nullptr;
}

} // namespace

QuoteGuard::QuoteGuard(const std::vector<std::string> & texts, const std::string & before) : index_(texts) {
    if (index_.empty()) return;
    // What was written freely may hold a quotation that is nobody's: it is left behind, and only what comes after the last mark counts.
    for (size_t at = 0; at < before.size();) {
        const size_t length = character_at(before, at).bytes;
        const std::string character = before.substr(at, length);
        if (!feed_character(state_, character)) {
            state_.span.reset();
            state_.closed_now = false;
            state_.last = character;
        }
        at += length;
    }
}

bool QuoteGuard::allows(const std::string & piece) const {
    if (index_.empty()) return true;
    if (piece.empty()) return !inside() && state_.partial.empty();
    State trial = state_;
    return feed(trial, piece);
}

void QuoteGuard::accept(const std::string & piece) {
    if (!index_.empty()) feed(state_, piece);
}

std::string QuoteGuard::closing() const {
    if (!inside() || !state_.partial.empty() || !state_.span->may_end()) return "";
    return pair_of(state_.opening)->closing[0];
}

std::string QuoteGuard::continuation(size_t most) const { return inside() && state_.partial.empty() ? state_.span->continuation(most) : ""; }

bool QuoteGuard::feed(State & state, const std::string & piece) const {
    for (const char byte : piece) {
        // Outside, bytes that are no UTF-8 are nobody's business.
        if (!state.partial.empty() && (static_cast<unsigned char>(byte) & 0xc0) != 0x80) {
            if (state.span) return false;
            state.partial.clear();
        }
        state.partial += byte;
        if (state.partial.size() < utf8_length(state.partial[0])) continue;
        const std::string character = std::move(state.partial);
        state.partial.clear();
        if (!feed_character(state, character)) return false;
    }
    return state.partial.empty() || !state.span || can_complete(state);
}

bool QuoteGuard::feed_character(State & state, const std::string & character) const {
    if (state.span) return feed_inside(state, character);
    // A letter right after a closing mark would make an apostrophe of it.
    const Character::Kind kind = character_at(character, 0).kind;
    if (state.closed_now && (kind == Character::Kind::word || kind == Character::Kind::unspaced)) return false;
    state.closed_now = false;
    if (character == "`") state.in_code = !state.in_code;
    else if (character == "{") state.braces++;
    else if (character == "}" && state.braces > 0) state.braces--;
    else if (pair_of(character) != nullptr && !state.in_code && state.braces == 0 && may_open(character, state.last)) {
        state.span.emplace(index_);
        state.opening = character;
    }
    state.last = character;
    return true;
}

bool QuoteGuard::feed_inside(State & state, const std::string & character) const {
    for (const char * closing : pair_of(state.opening)->closing) {
        if (closing == nullptr || character != closing) continue;
        if (!state.span->may_end()) return false;
        state.span.reset();
        state.closed_now = true;
        state.last = character;
        return true;
    }
    for (const char byte : character) {
        if (!state.span->advance(byte)) return false;
    }
    return true;
}

/** Whether the texts or a closing mark have a character that begins with these bytes. */
bool QuoteGuard::can_complete(const State & state) const {
    if (state.span->may_end()) {
        for (const char * closing : pair_of(state.opening)->closing) {
            if (closing != nullptr && std::strncmp(closing, state.partial.c_str(), state.partial.size()) == 0) return true;
        }
    }
    QuoteSpan trial = *state.span;
    for (const char byte : state.partial) {
        if (!trial.advance(byte)) return false;
    }
    return true;
}

} // namespace facet
