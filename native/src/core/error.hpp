#pragma once
#include <cstdint>
#include <stdexcept>
#include <string>

namespace facet {

/** The codes of electron/shared/errors.ts that the native side can give. */
enum class ErrorCode { internal, cancelled, invalid_request, busy, model_missing, model_invalid, model_cannot_see, model_load_failed, does_not_fit };

/**
 * Every error that leaves the core. `subject` is the field, file or thing it is about, `check` the stable word of a model fault;
 * `needed` and `available` are tokens and only set with does_not_fit.
 */
struct Error : std::runtime_error {
    Error(ErrorCode error_code, std::string subject_text, std::string reason_text, std::string check_word = "")
        : std::runtime_error(subject_text.empty() ? reason_text : subject_text + ": " + reason_text), code(error_code),
          subject(std::move(subject_text)), reason(std::move(reason_text)), check(std::move(check_word)) {}

    ErrorCode code;
    std::string subject;
    std::string reason;
    std::string check;
    uint64_t needed = 0;
    uint64_t available = 0;
};

/** The code's name on the wire. */
inline const char * code_name(ErrorCode code) {
    switch (code) {
        case ErrorCode::internal: return "internal";
        case ErrorCode::cancelled: return "cancelled";
        case ErrorCode::invalid_request: return "invalidRequest";
        case ErrorCode::busy: return "busy";
        case ErrorCode::model_missing: return "modelMissing";
        case ErrorCode::model_invalid: return "modelInvalid";
        case ErrorCode::model_cannot_see: return "modelCannotSee";
        case ErrorCode::model_load_failed: return "modelLoadFailed";
        case ErrorCode::does_not_fit: return "doesNotFit";
    }
    return "internal";
}

} // namespace facet
