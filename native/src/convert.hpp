#pragma once
#include "core/engine.hpp"

#include <napi.h>

#include <string>
#include <vector>

// JavaScript values to core values and back. JavaScript thread only. Everything that comes in is checked by type and range here, whatever the
// caller has checked before. @throws facet::Error invalid_request

namespace facet {

LoadOptions read_load_options(const Napi::Value & value);
std::vector<PromptPart> read_parts(const Napi::Value & value);
RunOptions read_run_options(const Napi::Value & value);
std::string read_string(const Napi::Value & value, const std::string & field);
std::vector<std::string> read_strings(const Napi::Value & value, const std::string & field, size_t most);
/** `data` points into the Uint8Array of the given object, which must be kept. */
StateToAdopt read_state(const Napi::Value & value);
/** Whole numbers from 0 up to 2^53. */
std::vector<size_t> read_positions(const Napi::Value & value);
uint32_t read_side(const Napi::Value & value);
std::vector<uint8_t> read_bytes(const Napi::Value & value, const std::string & field);
std::vector<float> read_floats(const Napi::Value & value, const std::string & field);

Napi::Array write_strings(Napi::Env env, const std::vector<std::string> & strings);
Napi::Object write_memory(Napi::Env env, const SessionMemory & memory);
Napi::Object write_plan(Napi::Env env, const LoadPlan & plan);
Napi::Object write_load_result(Napi::Env env, const LoadResult & result);
Napi::Object write_run_result(Napi::Env env, const RunResult & result);
Napi::Object write_prompt(Napi::Env env, const Prompt & prompt);
Napi::Object write_prospect(Napi::Env env, const Prospect & prospect);
/** Null when there is none. */
Napi::Value write_state_shape(Napi::Env env, const std::optional<StateShape> & shape);
Napi::Object write_device(Napi::Env env, const Device & device);
/** An Error object with `code`, `subject`, `reason`, `check`, `needed` and `available`. */
Napi::Error write_error(Napi::Env env, const std::exception & error);

} // namespace facet
