#pragma once
#include "ggml.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

struct gguf_context;

namespace facet {

/** Reads single facts from a GGUF header, without its weights. Files reach it after the reader child's full check. */
class GgufFacts {
  public:
    /** @throws Error model_missing or model_invalid */
    explicit GgufFacts(const std::string & path);
    ~GgufFacts();
    GgufFacts(const GgufFacts &) = delete;
    GgufFacts & operator=(const GgufFacts &) = delete;

    /** Empty when the key is absent or no string. */
    std::string text(const char * key) const;
    /** `otherwise` when the key is absent or no 32-bit whole number. */
    uint32_t number(const char * key, uint32_t otherwise) const;
    /** First dimension of a tensor; 0 when absent. */
    int64_t first_dimension(const char * tensor) const;
    /** True when the tensor is there with these two dimensions. */
    bool has_shape(const char * tensor, int64_t columns, int64_t rows) const;
    /** GGML_TYPE_COUNT when the tensor is absent. */
    ggml_type type(const char * tensor) const;
    /** The types of all matrices, each with the length of the first one's rows. */
    std::map<ggml_type, int64_t> matrices() const;

  private:
    gguf_context * file_ = nullptr;
    ggml_context * tensors_ = nullptr;
};

} // namespace facet
