#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace facet {

/**
 * Joins token pieces into text that can be shown: whole UTF-8 characters only, nothing that may turn out to be the start of a stop text.
 * Bytes that are no UTF-8 become U+FFFD.
 */
class TextStream {
  public:
    explicit TextStream(std::vector<std::string> stop_texts) : stops_(std::move(stop_texts)) {}

    /** Adds the bytes of one token. Returns true when a stop text is complete; nothing may be added after that. */
    bool add(const std::string & piece);
    /**
     * No more tokens come: everything held back becomes text. In an answer that was cut off, tokens that may be the start of a stop text go, as if
     * they had not been drawn yet: whoever continues the answer draws them again, and sees the whole stop text then.
     */
    void finish(bool cut_off);

    /** Text that became certain since the last call. */
    std::string take();
    const std::string & text() const { return text_; }
    /** Tokens that lie wholly before the stop text, or what may be the start of one; all of them without. */
    size_t tokens_before_stop() const;

  private:
    std::vector<std::string> stops_;
    /** Every byte so far. */
    std::string bytes_;
    /** End of each token in `bytes_`. */
    std::vector<size_t> ends_;
    size_t stop_at_ = std::string::npos;
    /** Bytes that are in `text_` already. */
    size_t converted_ = 0;
    std::string text_;
    size_t taken_ = 0;
};

} // namespace facet
