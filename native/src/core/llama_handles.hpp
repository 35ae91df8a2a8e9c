#pragma once
#include "cancel.hpp"

#include "llama.h"

#include <memory>
#include <string>

namespace facet {

struct FreeModel {
    void operator()(llama_model * model) const { llama_model_free(model); }
};
struct FreeContext {
    void operator()(llama_context * context) const { llama_free(context); }
};
using ModelHandle = std::unique_ptr<llama_model, FreeModel>;
using ContextHandle = std::unique_ptr<llama_context, FreeContext>;

/** @throws Error model_load_failed, with the reason that llama.cpp gave; cancelled */
ModelHandle load_model(const std::string & path, const llama_model_params & params, const CancelFlag & cancel);

/**
 * A context whose computation stops when the flag that `running` points to is set; it must outlive the context, and may be null between computations.
 * `path` of the model is for the error. @throws Error model_load_failed
 */
ContextHandle make_context(llama_model & model, llama_context_params params, const CancelFlag * const & running, const std::string & path);

/** A progress callback that only stops: `flag` is a CancelFlag. */
bool unless_cancelled(float, void * flag);

} // namespace facet
