#include "llama_handles.hpp"

#include "log.hpp"

namespace facet {
namespace {

bool on_abort(void * data) {
    const auto * const * running = static_cast<const CancelFlag * const *>(data);
    return *running != nullptr && (*running)->is_set();
}

} // namespace

ModelHandle load_model(const std::string & path, const llama_model_params & params, const CancelFlag & cancel) {
    take_recent_errors();
    ModelHandle model(llama_model_load_from_file(path.c_str(), params));
    cancel.check();
    if (!model) {
        const std::string reason = take_recent_errors();
        throw Error(ErrorCode::model_load_failed, path, reason.empty() ? "llama.cpp gave no reason" : reason);
    }
    return model;
}

ContextHandle make_context(llama_model & model, llama_context_params params, const CancelFlag * const & running, const std::string & path) {
    params.abort_callback = on_abort;
    params.abort_callback_data = const_cast<const CancelFlag **>(&running);
    take_recent_errors();
    ContextHandle context(llama_init_from_model(&model, params));
    if (!context) throw Error(ErrorCode::model_load_failed, path, "no memory for the context: " + take_recent_errors());
    return context;
}

bool unless_cancelled(float, void * flag) { return !static_cast<const CancelFlag *>(flag)->is_set(); }

} // namespace facet
