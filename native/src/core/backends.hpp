#pragma once
#include "ggml-backend.h"

#include <cstdint>
#include <string>
#include <vector>

namespace facet {

/** Loads every backend library in `folder` and readies llama.cpp. Call once. @throws Error internal when no CPU backend loads */
void initialize_backends(const std::string & folder);

/** Adds one more backend library, such as one of a GPU pack. @throws Error internal when it or what it needs does not load, or finds no device */
void load_backend(const std::string & file);

/**
 * Has this process end without destructors of libraries, before anything that was loaded by now ends. ggml's Vulkan library frees its devices in one,
 * when the driver, which was loaded after it, has ended already, and the process may die of that. Again after each thing that loads more of a driver.
 */
void end_before_drivers();

struct Device {
    std::string name;
    std::string description;
    /** Such as CPU, CUDA, Vulkan, Metal. */
    std::string backend;
    enum ggml_backend_dev_type type;
    /** Bytes; 0 when the driver does not say. */
    uint64_t total;
    uint64_t free;
    /** Where it sits, such as its PCI address; empty when the driver does not say. */
    std::string location;
    ggml_backend_dev_t handle;
};

std::vector<Device> list_devices();

/** True when the chosen CPU library uses 512-bit vectors. */
bool cpu_has_wide_vectors();

/** Processor, the CPU library's instruction sets and llama.cpp's version, for what was measured with them. */
std::string cpu_identity();

/** The CPU library's registry; other code asks it for ggml's CPU-only functions, which are not linked. */
ggml_backend_reg_t cpu_registry();

} // namespace facet
