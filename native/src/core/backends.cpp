#include "backends.hpp"

#include "error.hpp"
#include "llama.h"
#include "log.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#ifdef __GLIBC__
#include <unistd.h>
#endif

namespace facet {

void initialize_backends(const std::string & folder) {
    ggml_backend_load_all_from_path(folder.c_str());
    if (ggml_backend_dev_by_type(GGML_BACKEND_DEVICE_TYPE_CPU) == nullptr) {
        throw Error(ErrorCode::internal, folder, "no CPU backend could be loaded from this folder");
    }
    llama_backend_init();
}

void load_backend(const std::string & file) {
    take_recent_errors();
    if (ggml_backend_load(file.c_str()) != nullptr) return end_before_drivers();
    const std::string reason = take_recent_errors();
    throw Error(ErrorCode::internal, file, reason.empty() ? "the library or its driver could not be loaded" : reason);
}

void end_before_drivers() {
#ifdef __GLIBC__
    // What was registered last runs first.
    on_exit(
        [](int status, void *) {
            std::fflush(nullptr);
            _exit(status);
        },
        nullptr);
#endif
}

std::vector<Device> list_devices() {
    std::vector<Device> devices;
    for (size_t i = 0; i < ggml_backend_dev_count(); i++) {
        ggml_backend_dev_t handle = ggml_backend_dev_get(i);
        ggml_backend_dev_props props = {};
        ggml_backend_dev_get_props(handle, &props);
        devices.push_back({ggml_backend_dev_name(handle), ggml_backend_dev_description(handle),
                           ggml_backend_reg_name(ggml_backend_dev_backend_reg(handle)), ggml_backend_dev_type(handle), props.memory_total,
                           props.memory_free, props.device_id == nullptr ? "" : props.device_id, handle});
    }
    return devices;
}

ggml_backend_reg_t cpu_registry() {
    return ggml_backend_dev_backend_reg(ggml_backend_dev_by_type(GGML_BACKEND_DEVICE_TYPE_CPU));
}

bool cpu_has_wide_vectors() {
    const auto get_features =
        reinterpret_cast<ggml_backend_get_features_t>(ggml_backend_reg_get_proc_address(cpu_registry(), "ggml_backend_get_features"));
    if (get_features == nullptr) return false;
    for (const ggml_backend_feature * feature = get_features(cpu_registry()); feature->name != nullptr; feature++) {
        if (std::strcmp(feature->name, "AVX512") == 0) return std::strcmp(feature->value, "1") == 0;
    }
    return false;
}

std::string cpu_identity() {
    std::string identity = ggml_backend_dev_description(ggml_backend_dev_by_type(GGML_BACKEND_DEVICE_TYPE_CPU));
    identity += std::string(", llama.cpp ") + llama_version();
    const auto get_features =
        reinterpret_cast<ggml_backend_get_features_t>(ggml_backend_reg_get_proc_address(cpu_registry(), "ggml_backend_get_features"));
    if (get_features == nullptr) return identity;
    for (const ggml_backend_feature * feature = get_features(cpu_registry()); feature->name != nullptr; feature++) {
        identity += std::string(" ") + feature->name + "=" + feature->value;
    }
    return identity;
}

} // namespace facet
