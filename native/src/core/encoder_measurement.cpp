#include "encoder_measurement.hpp"

#include "cpu_graph.hpp"
#include "error.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

namespace facet {
namespace {

/** Positions of the slice: several of flash attention's tiles of 64 for each thread. */
uint32_t slice_of(const EncoderShape & shape, int threads) {
    return std::min(shape.patches, std::max(256u, 64u * static_cast<uint32_t>(threads)));
}

/** A part of a block whose time depends on other choices than the rest's. */
struct Part {
    std::unique_ptr<CpuGraph> graph;
    ggml_tensor * result = nullptr;
    double slice_ms = std::numeric_limits<double>::infinity();
    void measure() { slice_ms = std::min(slice_ms, graph->run()); }
};

ggml_type divisible(ggml_type type, int64_t row) { return row % ggml_blck_size(type) == 0 ? type : GGML_TYPE_F16; }

/** The matrix products of a block, one after the other as in the encoder, so that their errors add up as there. */
Part linear_part(const EncoderShape & shape, ggml_type type, uint32_t head, int threads) {
    Part part;
    part.graph = std::make_unique<CpuGraph>(threads);
    ggml_context * context = part.graph->context();
    std::vector<ggml_tensor *> weights;
    const auto multiply = [&](ggml_tensor * input, int64_t to) {
        weights.push_back(ggml_new_tensor_2d(context, divisible(type, input->ne[0]), input->ne[0], to));
        return ggml_mul_mat(context, weights.back(), input);
    };
    const int64_t inner = int64_t{head} * shape.heads;
    ggml_tensor * input = ggml_new_tensor_2d(context, GGML_TYPE_F32, shape.width, slice_of(shape, threads));
    ggml_tensor * sum = ggml_add(context, ggml_add(context, multiply(input, inner), multiply(input, inner)), multiply(input, inner));
    ggml_tensor * attended = multiply(sum, shape.width);
    part.result = multiply(ggml_gelu(context, multiply(attended, shape.feed_forward)), shape.width);
    part.graph->allocate(part.result);
    fill_random(input, 1, 1);
    for (size_t i = 0; i < weights.size(); i++) {
        fill_random(weights[i], 1.0f / std::sqrt(static_cast<float>(weights[i]->ne[0])), static_cast<uint32_t>(i) + 2);
    }
    return part;
}

/** Attention of the slice over all positions, in the layouts that mtmd's graph has there. */
Part attention_part(const EncoderShape & shape, bool flash, uint32_t head, int threads) {
    Part part;
    part.graph = std::make_unique<CpuGraph>(threads);
    ggml_context * context = part.graph->context();
    const ggml_type kept = flash ? GGML_TYPE_F16 : GGML_TYPE_F32;
    const float scale = 1.0f / std::sqrt(static_cast<float>(head));
    const uint32_t slice = slice_of(shape, threads);
    ggml_tensor * queries = ggml_new_tensor_3d(context, GGML_TYPE_F32, head, shape.heads, slice);
    ggml_tensor * q = ggml_permute(context, queries, 0, 2, 1, 3);
    ggml_tensor * keys;
    ggml_tensor * values;
    if (flash) {
        keys = ggml_new_tensor_3d(context, kept, head, shape.patches, shape.heads);
        values = ggml_new_tensor_3d(context, kept, head, shape.patches, shape.heads);
        part.result = ggml_flash_attn_ext(context, q, keys, values, nullptr, scale, 0.0f, 0.0f);
        ggml_prec_set_acc(part.result, GGML_PREC_F32);
    } else {
        keys = ggml_new_tensor_3d(context, kept, head, shape.heads, shape.patches);
        values = ggml_new_tensor_3d(context, kept, shape.patches, head, shape.heads);
        ggml_tensor * scores = ggml_soft_max_ext(context, ggml_mul_mat(context, ggml_permute(context, keys, 0, 2, 1, 3), q), nullptr, scale, 0.0f);
        part.result = ggml_mul_mat(context, values, scores);
    }
    part.graph->allocate(part.result);
    fill_random(queries, 1, 1);
    fill_random(keys, 1, 2);
    fill_random(values, 1, 3);
    return part;
}

double relative_error(const ggml_tensor * tried, const ggml_tensor * exact) {
    const auto * a = static_cast<const float *>(tried->data);
    const auto * b = static_cast<const float *>(exact->data);
    double difference = 0;
    double size = 0;
    for (int64_t i = 0; i < ggml_nelements(exact); i++) {
        difference += (static_cast<double>(a[i]) - b[i]) * (static_cast<double>(a[i]) - b[i]);
        size += static_cast<double>(b[i]) * b[i];
    }
    return std::sqrt(difference / size);
}

/** A rewritten file takes disk and seconds, so it must win by more than noise, and by what a person would notice in a view. */
constexpr double worth_rewriting = 0.9;
constexpr double worth_noticing_ms = 1000;
/** Every part runs at least twice, the first time cold, and the contenders again. */
constexpr int rounds = 3;
/** After the first round only parts within this factor of the best of their kind can still win. */
constexpr double contender = 1.5;

class Measuring {
  public:
    Measuring(const EncoderShape & shape, int threads, const CancelFlag & cancel) : shape_(shape), threads_(threads), cancel_(cancel) {
        heads_ = {shape.head};
        // 16 floats are the widest vectors there are.
        const uint32_t padded = (shape.head + 15) / 16 * 16;
        if (padded != shape.head) heads_.push_back(padded);
        types_ = {shape.weights};
        for (const ggml_type type : {GGML_TYPE_F16, GGML_TYPE_BF16, GGML_TYPE_F32, GGML_TYPE_Q8_0}) {
            if (type != shape.weights) types_.push_back(type);
        }
    }

    void run() {
        measure_linear();
        measure_attention();
    }

    std::vector<EncoderTiming> timings() const {
        const double positions = static_cast<double>(shape_.patches) / slice_of(shape_, threads_);
        std::vector<EncoderTiming> list;
        for (size_t t = 0; t < types_.size(); t++) {
            for (size_t h = 0; h < heads_.size(); h++) {
                // Padding widens four of the six products.
                const double wider = (4.0 * heads_[h] * shape_.heads + 2.0 * shape_.feed_forward) / (4.0 * shape_.head * shape_.heads + 2.0 * shape_.feed_forward);
                for (const bool flash : {true, false}) {
                    const double block_ms = (linear_ms_[t] * wider + attention_ms_[h][flash ? 0 : 1]) * positions;
                    list.push_back({{types_[t], flash, heads_[h]}, block_ms, errors_[t]});
                }
            }
        }
        return list;
    }

  private:
    void measure_linear() {
        std::vector<Part> parts;
        for (const ggml_type type : types_) parts.push_back(linear_part(shape_, type, shape_.head, threads_));
        repeat(parts);
        const auto exact = std::find(types_.begin(), types_.end(), GGML_TYPE_F32) - types_.begin();
        for (const Part & part : parts) {
            linear_ms_.push_back(part.slice_ms);
            errors_.push_back(relative_error(part.result, parts[static_cast<size_t>(exact)].result));
        }
    }

    void measure_attention() {
        std::vector<Part> parts;
        for (const uint32_t head : heads_) {
            for (const bool flash : {true, false}) parts.push_back(attention_part(shape_, flash, head, threads_));
        }
        repeat(parts);
        for (size_t h = 0; h < heads_.size(); h++) attention_ms_.push_back({parts[2 * h].slice_ms, parts[2 * h + 1].slice_ms});
    }

    /** In turns, so that another program's burst meets all of them. */
    void repeat(std::vector<Part> & parts) {
        for (int round = 0; round < rounds; round++) {
            double best = std::numeric_limits<double>::infinity();
            for (const Part & part : parts) best = std::min(best, part.slice_ms);
            for (Part & part : parts) {
                cancel_.check();
                if (round == 0 || part.slice_ms <= best * contender) part.measure();
            }
        }
    }

    const EncoderShape & shape_;
    int threads_;
    const CancelFlag & cancel_;
    std::vector<uint32_t> heads_;
    std::vector<ggml_type> types_;
    std::vector<double> linear_ms_;
    std::vector<double> errors_;
    std::vector<std::vector<double>> attention_ms_;
};

} // namespace

EncoderMeasurement measure_encoder(const EncoderShape & shape, int threads, const CancelFlag & cancel) {
    const auto start = std::chrono::steady_clock::now();
    Measuring measuring(shape, threads, cancel);
    measuring.run();
    EncoderMeasurement measured;
    measured.timings = measuring.timings();
    // A wider type takes more memory than was promised, so that noise must not choose it.
    const auto weighed = [&](const EncoderTiming & timing) { return timing.block_ms / (timing.setting.weights == shape.weights ? 1.0 : worth_rewriting); };
    const auto quickest = [&](bool rewriting) {
        const EncoderTiming * best = nullptr;
        for (const EncoderTiming & timing : measured.timings) {
            if (timing.setting.rewrites(shape) != rewriting) continue;
            // What the file itself holds is right by definition; anything else must not add an error of its own.
            if (timing.setting.weights != shape.weights && timing.error > most_block_error) continue;
            if (best == nullptr || weighed(timing) < weighed(*best)) best = &timing;
        }
        return best;
    };
    const EncoderTiming * plain = quickest(false);
    const EncoderTiming * rewritten = quickest(true);
    const bool worth = rewritten != nullptr && rewritten->block_ms < plain->block_ms * worth_rewriting &&
                       (plain->block_ms - rewritten->block_ms) * shape.blocks >= worth_noticing_ms;
    measured.best = worth ? rewritten->setting : plain->setting;
    measured.took_ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    return measured;
}

double measure_matrix_rate(int threads, const CancelFlag & cancel) {
    constexpr int64_t side = 1536;
    Part part;
    part.graph = std::make_unique<CpuGraph>(threads);
    ggml_context * context = part.graph->context();
    ggml_tensor * a = ggml_new_tensor_2d(context, GGML_TYPE_F32, side, side);
    ggml_tensor * b = ggml_new_tensor_2d(context, GGML_TYPE_F32, side, side);
    part.graph->allocate(ggml_mul_mat(context, a, b));
    fill_random(a, 1, 1);
    fill_random(b, 1, 2);
    for (int i = 0; i < 5; i++) {
        cancel.check();
        part.measure();
    }
    return 2.0 * side * side * side / (part.slice_ms / 1000);
}

} // namespace facet
