#include "gguf_facts.hpp"

#include "error.hpp"
#include "gguf.h"

#include <fstream>

namespace facet {

GgufFacts::GgufFacts(const std::string & path) {
    if (!std::ifstream(path, std::ios::binary)) throw Error(ErrorCode::model_missing, path, "the file cannot be opened");
    file_ = gguf_init_from_file(path.c_str(), {/*no_alloc*/ true, /*ctx*/ &tensors_});
    if (file_ == nullptr) throw Error(ErrorCode::model_invalid, path, "it is no readable GGUF file", "bad-header");
}

GgufFacts::~GgufFacts() {
    gguf_free(file_);
    ggml_free(tensors_);
}

std::string GgufFacts::text(const char * key) const {
    const int64_t id = gguf_find_key(file_, key);
    return id >= 0 && gguf_get_kv_type(file_, id) == GGUF_TYPE_STRING ? gguf_get_val_str(file_, id) : "";
}

uint32_t GgufFacts::number(const char * key, uint32_t otherwise) const {
    const int64_t id = gguf_find_key(file_, key);
    return id >= 0 && gguf_get_kv_type(file_, id) == GGUF_TYPE_UINT32 ? gguf_get_val_u32(file_, id) : otherwise;
}

int64_t GgufFacts::first_dimension(const char * tensor) const {
    const ggml_tensor * found = ggml_get_tensor(tensors_, tensor);
    return found == nullptr ? 0 : found->ne[0];
}

bool GgufFacts::has_shape(const char * tensor, int64_t columns, int64_t rows) const {
    const ggml_tensor * found = ggml_get_tensor(tensors_, tensor);
    return found != nullptr && ggml_n_dims(found) == 2 && found->ne[0] == columns && found->ne[1] == rows;
}

ggml_type GgufFacts::type(const char * tensor) const {
    const ggml_tensor * found = ggml_get_tensor(tensors_, tensor);
    return found == nullptr ? GGML_TYPE_COUNT : found->type;
}

std::map<ggml_type, int64_t> GgufFacts::matrices() const {
    std::map<ggml_type, int64_t> found;
    for (ggml_tensor * tensor = ggml_get_first_tensor(tensors_); tensor != nullptr; tensor = ggml_get_next_tensor(tensors_, tensor)) {
        if (ggml_n_dims(tensor) == 2) found.emplace(tensor->type, tensor->ne[0]);
    }
    return found;
}

} // namespace facet
