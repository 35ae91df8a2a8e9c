#pragma once
#include "ggml-backend.h"
#include "ggml-cpp.h"

namespace facet {

/** Where llama.cpp would put these weights for a product on this device: in the device's own order where it has one for their type. */
inline ggml_backend_buffer_type_t weights_place(ggml_backend_dev_t device, ggml_tensor * weights, const ggml_tensor * product) {
    const auto others = reinterpret_cast<ggml_backend_dev_get_extra_bufts_t>(
        ggml_backend_reg_get_proc_address(ggml_backend_dev_backend_reg(device), "ggml_backend_dev_get_extra_bufts"));
    for (auto * place = others == nullptr ? nullptr : others(device); place != nullptr && *place != nullptr; place++) {
        const ggml_backend_buffer_ptr empty(ggml_backend_buft_alloc_buffer(*place, 0));
        weights->buffer = empty.get();
        const bool fits = ggml_backend_dev_supports_op(device, product);
        weights->buffer = nullptr;
        if (fits) return *place;
    }
    return ggml_backend_dev_buffer_type(device);
}

} // namespace facet
