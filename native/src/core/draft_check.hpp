#pragma once
#include "ggml.h"

#include <string>
#include <vector>

namespace facet {

/**
 * Names what this CPU library computes with other bits for tokens that are read together, up to as many as one step reads, than for each of them alone:
 * weight types of the model file, and `attention`. When there is nothing, answers are the same to the bit whether drafts are read along or not: all
 * else is computed row by row. Takes some milliseconds. @throws Error
 */
std::vector<std::string> operations_that_differ(const std::string & model_path, ggml_type cache_type, int threads);

} // namespace facet
