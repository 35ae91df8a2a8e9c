#pragma once
#include "prompt.hpp"
#include "vocabulary.hpp"

#include <functional>

namespace facet {

/** What the tokeniser must know about a view: its number, and how many positions it takes. */
struct ImageSlot {
    uint32_t number;
    uint32_t tokens;
};

/** @throws Error model_cannot_see without a projector */
using ImageLookup = std::function<ImageSlot(const std::string & key)>;

/**
 * Turns parts into ids that equal those of the whole string tokenised at once: text is split at control tokens written in control parts only,
 * so neighbouring pieces merge as in the reference and nothing in a text part can become a control token. One BOS stands first, always.
 * @throws Error invalid_request for an id outside the vocabulary
 */
Prompt tokenize(const std::vector<PromptPart> & parts, const Vocabulary & vocabulary, const ImageLookup & image);

} // namespace facet
