/*
 * Stands before libvulkan in a test's process, where destroyed buffers are kept until the process ends.
 *
 * Mesa 22.3's lavapipe (Debian 12) counts itself in at every buffer of a descriptor set that is bound, those that the pipeline does not use included:
 * `handle_descriptor` and `emit_compute_state` in lvp_execute.c. ggml's sets have more places than most of its kernels fill, and the rest still names
 * buffers of earlier graphs, by now destroyed. Vulkan allows that; lavapipe counts in freed memory, and the process dies of a broken heap some time later.
 *
 * Loaded by process.dlopen with RTLD_GLOBAL before ggml's Vulkan library, which therefore finds these two functions first.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <node_api.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>

typedef void (*Function)(void);
typedef Function (*Find)(void *, const char *);

static atomic_uint kept;

static void keep_buffer(void * device, uint64_t buffer, const void * allocator) {
    (void) device, (void) allocator;
    if (buffer != 0) atomic_fetch_add(&kept, 1);
}

/** What libvulkan's own `finder` finds, but for the function that destroys buffers. */
static Function find(const char * finder, void * owner, const char * name) {
    void * vulkan = dlopen("libvulkan.so.1", RTLD_NOW);
    const Find real = vulkan == NULL ? NULL : (Find) (uintptr_t) dlsym(vulkan, finder);
    const Function found = real == NULL ? NULL : real(owner, name);
    return found != NULL && strcmp(name, "vkDestroyBuffer") == 0 ? (Function) keep_buffer : found;
}

Function vkGetDeviceProcAddr(void * device, const char * name) {
    return find("vkGetDeviceProcAddr", device, name);
}

Function vkGetInstanceProcAddr(void * instance, const char * name) {
    const Function found = find("vkGetInstanceProcAddr", instance, name);
    return found != NULL && strcmp(name, "vkGetDeviceProcAddr") == 0 ? (Function) vkGetDeviceProcAddr : found;
}

static napi_value count_kept(napi_env env, napi_callback_info info) {
    (void) info;
    napi_value count = NULL;
    napi_create_uint32(env, atomic_load(&kept), &count);
    return count;
}

/** Exports `kept()`: how many buffers were destroyed and kept so far. */
NAPI_MODULE_INIT() {
    napi_value function = NULL;
    napi_create_function(env, "kept", NAPI_AUTO_LENGTH, count_kept, NULL, &function);
    napi_set_named_property(env, exports, "kept", function);
    return exports;
}
