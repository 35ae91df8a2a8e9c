// Tries CPU backends: which of them this machine runs, whether they compute right, and how long they take. Built and asked by native/build.mjs.
//   facet-cpu-trial score FILE…            one line per file: its own score, 0 where its instructions are missing
//   facet-cpu-trial time FILE…             one line per file: milliseconds of encoding, of decoding, of reading a prompt, the worst relative error, and how
//                                          many weight types give a token other bits among drafts than alone
#include "ggml-backend.h"
#include "ggml-cpp.h"
#include "ggml-cpu.h"

#include "../src/core/weights_place.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <dlfcn.h>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

/** The types of Gemma's released files, and those that the encoder may be rewritten to. */
constexpr ggml_type types[] = {GGML_TYPE_F32,  GGML_TYPE_F16,  GGML_TYPE_BF16, GGML_TYPE_Q8_0, GGML_TYPE_Q4_0,
                               GGML_TYPE_Q5_0, GGML_TYPE_Q4_K, GGML_TYPE_Q5_K, GGML_TYPE_Q6_K};
constexpr int rounds = 6;

int score_of(const char * file) {
    void * library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) return 0;
    const auto score = reinterpret_cast<int (*)()>(dlsym(library, "ggml_backend_score"));
    return score == nullptr ? 0 : score();
}

/** Sum of two uniform numbers: near enough to a bell, and quick. */
std::vector<float> random_numbers(int64_t count, float scale, uint32_t seed) {
    uint32_t state = seed * 2654435761u + 1;
    const auto uniform = [&state] {
        state = state * 1664525u + 1013904223u;
        return static_cast<float>(state >> 8) / 16777216.0f - 0.5f;
    };
    std::vector<float> numbers(static_cast<size_t>(count));
    for (float & number : numbers) number = (uniform() + uniform()) * scale * std::sqrt(6.0f);
    return numbers;
}

/** Numbers for a tensor. Repeats a few rows: quantising all of a large matrix would take longer than the trial. */
std::vector<char> quantized(const ggml_tensor * tensor, uint32_t seed) {
    const int64_t row = tensor->ne[0];
    const int64_t rows = ggml_nelements(tensor) / row;
    const int64_t own = std::min<int64_t>(rows, 67);
    const auto numbers = random_numbers(own * row, 1 / std::sqrt(static_cast<float>(row)), seed);
    std::vector<char> data(ggml_nbytes(tensor));
    const size_t bytes = ggml_quantize_chunk(tensor->type, numbers.data(), data.data(), 0, own, row, nullptr) / static_cast<size_t>(own);
    for (int64_t r = own; r < rows; r++) {
        std::memcpy(data.data() + static_cast<size_t>(r) * bytes, data.data() + static_cast<size_t>(r % own) * bytes, bytes);
    }
    return data;
}

/** One operation on one backend, to be computed again and again. */
class Work {
  public:
    explicit Work(ggml_backend_t backend) : backend_(backend), context_(ggml_init({ggml_tensor_overhead() * 32 + ggml_graph_overhead(), nullptr, true})) {}

    ggml_tensor * input(ggml_type type, int64_t a, int64_t b, int64_t c = 1) {
        inputs_.push_back(ggml_new_tensor_3d(context_.get(), type, a, b, c));
        return inputs_.back();
    }
    /** `vectors` vectors times a matrix, which lies where a model's would: in the backend's own order where it has one for the type. */
    ggml_tensor * product_as_loaded(ggml_type type, int64_t row, int64_t rows, int64_t vectors) {
        weights_.emplace_back(ggml_init({ggml_tensor_overhead(), nullptr, true}));
        ggml_tensor * weights = ggml_new_tensor_2d(weights_.back().get(), type, row, rows);
        ggml_tensor * product = ggml_mul_mat(context_.get(), weights, input(GGML_TYPE_F32, row, vectors));
        buffers_.emplace_back(ggml_backend_alloc_ctx_tensors_from_buft(weights_.back().get(), facet::weights_place(ggml_backend_get_device(backend_), weights, product)));
        if (!buffers_.back()) throw std::runtime_error("no memory");
        const auto bytes = quantized(weights, static_cast<uint32_t>(weights_.size()));
        ggml_backend_tensor_set(weights, bytes.data(), 0, bytes.size());
        return product;
    }
    void finish(ggml_tensor * result) {
        graph_ = ggml_new_graph(context_.get());
        ggml_build_forward_expand(graph_, result);
        buffers_.emplace_back(ggml_backend_alloc_ctx_tensors(context_.get(), backend_));
        if (!buffers_.back()) throw std::runtime_error("no memory");
        for (size_t i = 0; i < inputs_.size(); i++) {
            const auto bytes = quantized(inputs_[i], static_cast<uint32_t>(i) + 1);
            std::memcpy(inputs_[i]->data, bytes.data(), bytes.size());
        }
    }
    ggml_context * context() { return context_.get(); }
    /** Milliseconds of processor time: what other programs take meanwhile does not count. */
    double run() {
        const std::clock_t start = std::clock();
        if (ggml_backend_graph_compute(backend_, graph_) != GGML_STATUS_SUCCESS) throw std::runtime_error("not computed");
        return 1e3 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    }

  private:
    ggml_backend_t backend_;
    ggml_context_ptr context_;
    std::vector<ggml_context_ptr> weights_;
    std::vector<ggml_backend_buffer_ptr> buffers_;
    ggml_cgraph * graph_ = nullptr;
    std::vector<ggml_tensor *> inputs_;
};

/** A slice of a block of Gemma 3's picture encoder: one of its products, and its attention. */
void encoding(Work & work) {
    ggml_tensor * weights = work.input(GGML_TYPE_F16, 1152, 4304);
    ggml_tensor * product = ggml_mul_mat(work.context(), weights, work.input(GGML_TYPE_F32, 1152, 192));
    ggml_tensor * keys = work.input(GGML_TYPE_F16, 72, 2048, 4);
    ggml_tensor * values = work.input(GGML_TYPE_F16, 72, 2048, 4);
    ggml_tensor * attended = ggml_flash_attn_ext(work.context(), work.input(GGML_TYPE_F32, 72, 256, 4), keys, values, nullptr, 0.1f, 0, 0);
    work.finish(ggml_add(work.context(), ggml_sum(work.context(), product), ggml_sum(work.context(), attended)));
}

ggml_tensor * sum_of(Work & work, ggml_tensor * sum, ggml_tensor * product) {
    ggml_tensor * part = ggml_sum(work.context(), product);
    return sum == nullptr ? part : ggml_add(work.context(), sum, part);
}

/** One vector through matrices of the types of a file in Q4_K_M. */
void decoding(Work & work) {
    ggml_tensor * sum = nullptr;
    for (const ggml_type type : {GGML_TYPE_Q8_0, GGML_TYPE_Q5_0, GGML_TYPE_Q4_K, GGML_TYPE_Q6_K}) {
        const int64_t row = ggml_blck_size(type) == 32 ? 640 : 2048;
        sum = sum_of(work, sum, work.product_as_loaded(type, row, type == GGML_TYPE_Q8_0 ? 49152 : 8192, 1));
    }
    work.finish(sum);
}

/** A batch of a prompt through matrices of the types of files in Q4_K_M and Q4_0, each about as much as a block of a model has of it. */
void reading(Work & work) {
    ggml_tensor * sum = nullptr;
    for (const ggml_type type : {GGML_TYPE_Q8_0, GGML_TYPE_Q5_0, GGML_TYPE_Q4_K, GGML_TYPE_Q6_K, GGML_TYPE_Q4_0}) {
        const int64_t row = ggml_blck_size(type) == 32 ? 640 : 2048;
        sum = sum_of(work, sum, work.product_as_loaded(type, row, 640, 256));
    }
    work.finish(sum);
}

/** Relative L2 between what the backend multiplies and the same numbers multiplied one by one. Integers of 8 bits for the vectors cost up to 1e-2. */
double product_error(ggml_backend_t backend, ggml_type type, int64_t vectors) {
    constexpr int64_t row = 1280;
    // Not a multiple of the rows that any kernel takes at a time.
    constexpr int64_t rows = 67;
    Work work(backend);
    ggml_tensor * weights = work.input(type, row, rows);
    ggml_tensor * input = work.input(GGML_TYPE_F32, row, vectors);
    ggml_tensor * result = ggml_mul_mat(work.context(), weights, input);
    work.finish(result);
    work.run();
    std::vector<float> exact(row);
    double difference = 0;
    double size = 0;
    for (int64_t r = 0; r < rows; r++) {
        const auto * bytes = static_cast<const char *>(weights->data) + static_cast<size_t>(r) * weights->nb[1];
        if (type == GGML_TYPE_F32) std::memcpy(exact.data(), bytes, sizeof(float) * row);
        else ggml_get_type_traits(type)->to_float(bytes, exact.data(), row);
        for (int64_t v = 0; v < vectors; v++) {
            const float * vector = static_cast<const float *>(input->data) + v * row;
            double sum = 0;
            for (int64_t i = 0; i < row; i++) sum += static_cast<double>(exact[static_cast<size_t>(i)]) * vector[i];
            const double got = static_cast<const float *>(result->data)[v * rows + r];
            difference += (got - sum) * (got - sum);
            size += sum * sum;
        }
    }
    return std::sqrt(difference / size);
}

std::vector<double> numbers_of(const ggml_tensor * tensor) {
    std::vector<float> numbers(static_cast<size_t>(ggml_nelements(tensor)));
    if (tensor->type == GGML_TYPE_F32) std::memcpy(numbers.data(), tensor->data, ggml_nbytes(tensor));
    else ggml_get_type_traits(tensor->type)->to_float(tensor->data, numbers.data(), ggml_nelements(tensor));
    return {numbers.begin(), numbers.end()};
}

/** The same for attention: several tiles each way as the picture encoder asks for it, or fewer queries than a tile. */
double attention_error(ggml_backend_t backend, int64_t width, int64_t queries) {
    constexpr int64_t cells = 320;
    // Inputs have rows of length one: this makes some cells count far more than others.
    constexpr float scale = 20;
    Work work(backend);
    ggml_tensor * asked = work.input(GGML_TYPE_F32, width, queries, 1);
    ggml_tensor * keys = work.input(GGML_TYPE_F16, width, cells, 1);
    ggml_tensor * values = work.input(GGML_TYPE_F16, width, cells, 1);
    ggml_tensor * result = ggml_flash_attn_ext(work.context(), asked, keys, values, nullptr, scale, 0, 0);
    work.finish(result);
    work.run();
    const auto q = numbers_of(asked);
    const auto k = numbers_of(keys);
    const auto v = numbers_of(values);
    const auto got = numbers_of(result);
    double difference = 0;
    double size = 0;
    for (int64_t row = 0; row < queries; row++) {
        std::vector<double> sums(static_cast<size_t>(width));
        double whole = 0;
        for (int64_t cell = 0; cell < cells; cell++) {
            double score = 0;
            for (int64_t i = 0; i < width; i++) score += q[static_cast<size_t>(row * width + i)] * k[static_cast<size_t>(cell * width + i)];
            const double weight = std::exp(scale * score);
            whole += weight;
            for (int64_t i = 0; i < width; i++) sums[static_cast<size_t>(i)] += weight * v[static_cast<size_t>(cell * width + i)];
        }
        for (int64_t i = 0; i < width; i++) {
            const double exact = sums[static_cast<size_t>(i)] / whole;
            const double off = got[static_cast<size_t>(row * width + i)] - exact;
            difference += off * off;
            size += exact * exact;
        }
    }
    return std::sqrt(difference / size);
}

/** Weight types whose product with a column has other bits alone than among up to eight, as an answer's token has them with its drafts. */
int types_that_differ(ggml_backend_t backend) {
    int differing = 0;
    for (const ggml_type type : types) {
        std::vector<float> of_eight;
        bool same = true;
        for (int64_t columns = 8; columns > 0; columns--) {
            Work work(backend);
            ggml_tensor * result = work.product_as_loaded(type, 1280, 72, columns);
            work.finish(result);
            work.run();
            const auto * numbers = static_cast<const float *>(result->data);
            if (of_eight.empty()) of_eight.assign(numbers, numbers + ggml_nelements(result));
            same = same && std::equal(numbers, numbers + ggml_nelements(result), of_eight.begin());
        }
        if (!same) differing++;
    }
    return differing;
}

struct Contestant {
    ggml_backend_ptr backend;
    std::vector<std::unique_ptr<Work>> works;
    std::vector<double> ms;
    double error = 0;
    int differing = 0;

    explicit Contestant(const char * file) {
        ggml_backend_reg_t registry = ggml_backend_load(file);
        if (registry == nullptr) throw std::runtime_error(std::string("cannot load ") + file);
        backend.reset(ggml_backend_dev_init(ggml_backend_reg_dev_get(registry, 0), nullptr));
        reinterpret_cast<ggml_backend_set_n_threads_t>(ggml_backend_reg_get_proc_address(registry, "ggml_backend_set_n_threads"))(backend.get(), 1);
        error = std::max(attention_error(backend.get(), 72, 130), attention_error(backend.get(), 256, 13));
        for (const ggml_type type : types) {
            // One token, a few, and more than any kernel for many columns takes at a time.
            for (const int64_t vectors : {1, 5, 523}) {
                const double found = product_error(backend.get(), type, vectors);
                error = std::isfinite(found) && std::isfinite(error) ? std::max(error, found) : std::numeric_limits<double>::quiet_NaN();
            }
            if (!std::isfinite(error)) return;
        }
        differing = types_that_differ(backend.get());
        for (const auto make : {encoding, decoding, reading}) {
            works.push_back(std::make_unique<Work>(backend.get()));
            make(*works.back());
        }
        ms.assign(works.size(), std::numeric_limits<double>::infinity());
    }
};

void time_all(char ** files, int count) {
    std::vector<std::unique_ptr<Contestant>> contestants;
    for (int i = 0; i < count; i++) contestants.push_back(std::make_unique<Contestant>(files[i]));
    // In turns, so that another program's burst meets all of them.
    for (int round = 0; round < rounds; round++) {
        for (auto & contestant : contestants) {
            for (size_t w = 0; w < contestant->works.size(); w++) contestant->ms[w] = std::min(contestant->ms[w], contestant->works[w]->run());
        }
    }
    for (const auto & contestant : contestants) {
        for (const double ms : contestant->ms) std::printf("%.3f ", ms);
        std::printf("%.6f %d\n", contestant->error, contestant->differing);
    }
}

} // namespace

int main(int argc, char ** argv) {
    try {
        if (argc > 2 && std::strcmp(argv[1], "score") == 0) {
            for (int i = 2; i < argc; i++) std::printf("%d\n", score_of(argv[i]));
            return 0;
        }
        if (argc > 2 && std::strcmp(argv[1], "time") == 0) {
            time_all(argv + 2, argc - 2);
            return 0;
        }
        std::fprintf(stderr, "usage: facet-cpu-trial score FILE… | time FILE…\n");
        return 2;
    } catch (const std::exception & error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
