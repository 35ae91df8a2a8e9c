#pragma once
#include "prompt_lookup.hpp"
#include "session.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace facet {

/**
 * When tokens that are likely to come are read along. `where_lossless` is where it pays and a token gets the same bits in a batch as alone; `always` is for
 * tests: what is drafted does not depend on time then.
 */
enum class Lookup { off, where_lossless, where_it_pays, always };

/**
 * Reads an answer into the session while it is written, and with it tokens that are likely to come: those that came after the same words before. A guess
 * that was right has its logits at once; one that was wrong is taken back. What is drawn is the same either way, but for rounding where
 * `Session::batch_differences` names something: kernels then add up a batch in another order than single tokens, and of two tokens as likely the other may come.
 */
class DraftedDecoding {
  public:
    /** What the words of a quotation must go on with; empty where that is not known. At most `most` ids. */
    using Continuation = std::function<std::vector<llama_token>(size_t most)>;

    /** The session has read the prompt. */
    DraftedDecoding(Session & session, Lookup lookup);

    /** One row, after everything that was drawn. */
    const float * logits() const;
    /**
     * `id` was drawn from `logits()`, and `left` more tokens may follow.
     * @throws Error cancelled
     */
    void advance(llama_token id, size_t left, const Continuation & continuation, const CancelFlag & cancel);
    /** Takes back what was read and not drawn. Call before the session is used for anything else, also after an error. */
    void finish();

    uint32_t drafted() const { return drafted_; }
    /** Of those, the ones that were drawn. */
    uint32_t accepted() const { return accepted_; }

  private:
    void learn(llama_token id);
    void guess(size_t left, const Continuation & continuation);

    Session & session_;
    Lookup mode_;
    PromptLookup lookup_;
    DraftPolicy policy_;
    /** What may come next, and how many of it have come. */
    Guess guess_;
    size_t come_ = 0;
    /** How many tokens of the guess are in the cache; the first token there was drawn. */
    size_t read_ = 0;
    bool appended_ = false;
    uint32_t drafted_ = 0;
    uint32_t accepted_ = 0;
};

} // namespace facet
