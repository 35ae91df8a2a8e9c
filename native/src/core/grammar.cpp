#include "grammar.hpp"

#include "error.hpp"

#include <algorithm>
#include <cmath>

namespace facet {
namespace {

/** llama.cpp reads parentheses by calling itself. */
constexpr int deepest_nesting = 64;

[[noreturn]] void refuse(const std::string & reason) { throw Error(ErrorCode::invalid_request, "grammar", reason); }

/**
 * Refuses what llama.cpp does not survive: it fills the memory for a repetition whose bounds are the wrong way round, and its stack for parentheses without
 * end. Braces stand for every repetition with bounds; who needs one writes it out in rules.
 */
void check_rules(const std::string & rules) {
    int depth = 0;
    char closing = 0;
    for (size_t at = 0; at < rules.size(); at++) {
        const char character = rules[at];
        if (character == '\0') refuse("must not hold a zero byte");
        if (closing != 0) {
            if (character == '\\') at++;
            else if (character == closing) closing = 0;
        } else if (character == '#') {
            at = std::min(rules.find('\n', at), rules.size());
        } else if (character == '"') {
            closing = '"';
        } else if (character == '[') {
            closing = ']';
        } else if (character == '{') {
            refuse("must not repeat with braces");
        } else if (character == '(') {
            if (++depth > deepest_nesting) refuse("nests its parentheses too deep");
        } else if (character == ')') {
            depth--;
        }
    }
}

} // namespace

Grammar::Grammar(const Vocabulary & vocabulary, const std::string & rules) : vocabulary_(vocabulary) {
    check_rules(rules);
    sampler_.reset(llama_sampler_init_grammar(vocabulary.native(), rules.c_str(), "root"));
    if (!sampler_) refuse("is not a grammar with a rule named root");
}

void Grammar::filter(std::vector<llama_token_data> & candidates) const {
    // llama.cpp compares control tokens by their names' letters, and takes `</s>` for an end.
    const auto outside = [this](const llama_token_data & candidate) {
        return !vocabulary_.is_stop(candidate.id) && (vocabulary_.is_end_to_llama(candidate.id) || vocabulary_.piece(candidate.id).empty());
    };
    candidates.erase(std::remove_if(candidates.begin(), candidates.end(), outside), candidates.end());
    llama_token_data_array all = {candidates.data(), candidates.size(), -1, false};
    llama_sampler_apply(sampler_.get(), &all);
    const auto refused = [](const llama_token_data & candidate) { return std::isinf(candidate.logit); };
    candidates.erase(std::remove_if(candidates.begin(), candidates.end(), refused), candidates.end());
}

void Grammar::accept(llama_token id) {
    if (!vocabulary_.is_stop(id)) llama_sampler_accept(sampler_.get(), id);
}

} // namespace facet
