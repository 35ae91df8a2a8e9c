#pragma once
#include "quote_index.hpp"

#include <memory>
#include <optional>
#include <string>

namespace facet {

/**
 * Follows an answer byte by byte and says which token may come next: inside quotation marks only one that goes on with words of the texts, or closes the
 * quotation at the end of a word. How the words are cut into tokens does not matter. Code between backticks and JSON between braces are left alone.
 */
class QuoteGuard {
  public:
    /** `before` is what stands of the answer already. Without texts everything is allowed. */
    QuoteGuard(const std::vector<std::string> & texts, const std::string & before);
    QuoteGuard(const QuoteGuard &) = delete;
    QuoteGuard & operator=(const QuoteGuard &) = delete;

    /** Whether the answer is inside quotation marks now. */
    bool inside() const { return state_.span.has_value(); }
    /** `piece` holds the bytes of one token; a control token, which has none, is refused inside a quotation. */
    bool allows(const std::string & piece) const;
    void accept(const std::string & piece);
    /** Lets the quotation go, for a vocabulary that cannot spell what the texts say. */
    void release() { state_.span.reset(); }
    /** The mark that would close the quotation here; empty where it may not end or none is open. */
    std::string closing() const;
    /** What must come next inside a quotation that does not end yet, at most `most` bytes; empty where that is not certain. */
    std::string continuation(size_t most) const;

  private:
    struct State {
        /** Set inside quotation marks. */
        std::optional<QuoteSpan> span;
        /** The mark that opened it. */
        std::string opening;
        /** Bytes of a character that is not complete. */
        std::string partial;
        /** The last whole character. */
        std::string last;
        bool closed_now = false;
        bool in_code = false;
        size_t braces = 0;
    };
    bool feed(State & state, const std::string & piece) const;
    bool feed_character(State & state, const std::string & character) const;
    bool feed_inside(State & state, const std::string & character) const;
    bool can_complete(const State & state) const;

    QuoteIndex index_;
    State state_;
};

} // namespace facet
