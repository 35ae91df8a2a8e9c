#pragma once
#include "vocabulary.hpp"

#include <memory>
#include <string>
#include <vector>

namespace facet {

/** Holds an answer to a grammar in llama.cpp's GBNF, whose rule `root` is the whole answer. Control tokens never come; a stop only where the answer may end. */
class Grammar {
  public:
    /** @throws Error invalid_request for what is no grammar, repeats with braces or nests its parentheses too deep */
    Grammar(const Vocabulary & vocabulary, const std::string & rules);

    /** Takes out the candidates that may not come next. */
    void filter(std::vector<llama_token_data> & candidates) const;
    /** `id` must be a token that `filter` let through. */
    void accept(llama_token id);

  private:
    struct Free {
        void operator()(llama_sampler * sampler) const { llama_sampler_free(sampler); }
    };
    const Vocabulary & vocabulary_;
    std::unique_ptr<llama_sampler, Free> sampler_;
};

} // namespace facet
