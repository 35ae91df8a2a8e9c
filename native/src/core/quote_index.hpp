#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace facet {

/**
 * Texts whose words may be quoted, ready for asking byte by byte which stretches go on with what was written so far. Runs of white space count as one
 * space. Built once for an answer; immutable, so spans of it may be copied.
 */
class QuoteIndex {
  public:
    explicit QuoteIndex(const std::vector<std::string> & texts);

    bool empty() const { return starts_.empty(); }

  private:
    friend class QuoteSpan;
    void add(const std::string & text);
    void find_edges(size_t from);

    /** Each text ends with a zero byte, which no quotation has. */
    std::string text_;
    /** For each place in `text_`: whether a quotation may begin or end there, because it does not lie inside a word or a number. */
    std::vector<bool> edges_;
    /** Where words begin, ordered by the bytes that follow, `sorted_bytes` of them. */
    std::vector<uint32_t> starts_;
};

/** What has been written of one quotation: every place of the index where the same bytes stand, from the beginning of a word on. */
class QuoteSpan {
  public:
    explicit QuoteSpan(const QuoteIndex & index) : index_(&index), high_(index.starts_.size()) {}

    /** Goes on by one byte; false, and nothing is changed, when the texts have it nowhere. */
    bool advance(char byte);
    /** Whether the quotation may end here: after a word, at the end of one. */
    bool may_end() const;
    /** The bytes that must come next as long as the quotation does not end, at most `most`; empty when the texts differ, or when too many places must be looked at. */
    std::string continuation(size_t most) const;

  private:
    bool narrow(char byte);
    char at(uint32_t start, size_t offset) const { return index_->text_[start + offset]; }

    const QuoteIndex * index_;
    /** Range of `starts_`; from `sorted_bytes` on, `matches_` instead. */
    size_t low_ = 0;
    size_t high_;
    std::vector<uint32_t> matches_;
    size_t length_ = 0;
    bool ends_with_space_ = false;
};

} // namespace facet
