#pragma once
#include "engine.hpp"

namespace facet {

/** llama.cpp rounds contexts so. */
inline uint32_t round_up_256(uint32_t tokens) { return (tokens + 255) / 256 * 256; }

struct LoadedText {
    std::shared_ptr<const Model> model;
    /** Null when only the vocabulary was asked for. */
    std::unique_ptr<Session> session;
    /** Nothing is the CPU alone. */
    std::optional<Device> device;
    uint32_t context_tokens;
};

/**
 * Loads the text model and its context. On the CPU alone a context that does not fit becomes a smaller one, with a sentence in `warnings`.
 * @throws Error of the last attempt; invalid_request when there is no such device
 */
LoadedText load_text(const LoadOptions & options, const Progress & progress, const CancelFlag & cancel, std::vector<std::string> & warnings);

} // namespace facet
