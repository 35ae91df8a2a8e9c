#include "session.hpp"

#include "draft_check.hpp"
#include "llama-ext.h"
#include "log.hpp"
#include "system_memory.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>

namespace facet {
namespace {

/** Tokens per batch: at least 256, or image blocks would be split; small enough to cancel and report progress often. */
constexpr uint32_t batch_tokens = 512;
/** Checkpoints closer than this to the last one are not worth their memory... */
constexpr size_t checkpoint_gap = 128;
/** ...but where the newest turn begins, which is where a chat is most often gone on with otherwise. */
constexpr size_t newest_gap = 16;
/** Inside a long part there is one at least this often, so that a change near a long document's end does not re-read it all. */
constexpr size_t checkpoint_interval = 2048;

/** A CPU attends from fewer positions than this in another loop, one that sums in 16 bits: logits would depend on where batches happen to end. */
constexpr size_t exact_rows = 64;

/** Of a batch that begins a text of [from, end): what is left over is nothing or enough for an exact batch. */
size_t end_of_batch(size_t from, size_t end) {
    if (end - from <= batch_tokens) return end;
    return std::min(from + batch_tokens, end - exact_rows);
}

ggml_type ggml_type_of(CacheType type) {
    switch (type) {
        case CacheType::f16: return GGML_TYPE_F16;
        case CacheType::q8_0: return GGML_TYPE_Q8_0;
        case CacheType::f32: return GGML_TYPE_F32;
    }
    return GGML_TYPE_F16;
}

} // namespace

Session::Session(std::shared_ptr<const Model> model, const SessionOptions & options)
    : model_(std::move(model)), threads_(options.threads), cache_type_(options.cache_type), on_cpu_(!options.use_gpu), checkpoint_bytes_(options.checkpoint_bytes), parked_(options.checkpoint_bytes),
      current_(options.checkpoint_bytes) {
    llama_context_params params = llama_context_default_params();
    params.n_ctx = options.context_tokens;
    params.n_batch = batch_tokens;
    params.n_ubatch = batch_tokens;
    params.n_seq_max = 1;
    // Default 0 would reserve a logits row of 1 MiB for every token of a batch.
    params.n_outputs_max = params.n_outputs_max_per_seq = most_appended;
    // Default true would keep all tokens in the local layers too: several times the memory.
    params.swa_full = false;
    // Measured with the prebuilt CPU libraries at depth 8192: prefill a third faster with it, decode 8 % slower, and no score matrix in memory.
    params.flash_attn_type = LLAMA_FLASH_ATTN_TYPE_AUTO;
    // K and V have one type: mixed pairs lack fast kernels on most devices.
    params.type_k = params.type_v = ggml_type_of(options.cache_type);
    // Flash attention would round an F32 cache to F16 before it is read.
    if (options.cache_type == CacheType::f32) params.flash_attn_type = LLAMA_FLASH_ATTN_TYPE_DISABLED;
    params.no_perf = true;
    params.n_threads = params.n_threads_batch = threads_.choose();
    context_ = make_context(model_->get(), params, running_, model_->path());
    // What is kept for going back is taken of what is left, never of what the system needs; electron/shared/memoryEstimate.ts counts the same.
    checkpoint_bytes_ = std::min<uint64_t>(checkpoint_bytes_, free_memory_bytes().value_or(UINT64_MAX) / 4);
    parked_ = ParkedSequences(checkpoint_bytes_);
    current_ = Sequence(checkpoint_bytes_);
    capacity_ = llama_n_ctx(context_.get());
    window_ = static_cast<uint32_t>(std::max(0, llama_model_n_swa(&model_->get())));
    ring_ = WindowRing(window_, batch_tokens, capacity_);
    positions_.resize(batch_tokens);
    sequence_counts_.assign(batch_tokens, 1);
    sequences_.assign(batch_tokens, &sequence_);
    outputs_.resize(batch_tokens);
    ids_.resize(batch_tokens);
}

Session::~Session() = default;

SessionMemory Session::memory() const { return memory_of(*context_, model_->get()); }

SessionMemory memory_of(const llama_context & context, const llama_model & model) {
    SessionMemory sum = {};
    bool has_mapped = false;
    for (const auto & [type, bytes] : llama_get_memory_breakdown(&context)) {
        // Of a mapped file llama.cpp tells the span, which holds weights that were rearranged and lie elsewhere as well.
        const bool mapped = std::strcmp(ggml_backend_buft_name(type), "CPU_Mapped") == 0;
        has_mapped = has_mapped || mapped;
        if (!mapped) sum.weights += bytes.model;
        sum.kv += bytes.context;
        sum.compute += bytes.compute;
        const ggml_backend_dev_t device = ggml_backend_buft_get_device(type);
        if (device != nullptr && ggml_backend_dev_type(device) != GGML_BACKEND_DEVICE_TYPE_CPU && !ggml_backend_buft_is_host(type)) {
            sum.device += bytes.total();
        }
    }
    const uint64_t all = llama_model_size(&model);
    if (has_mapped && all > sum.weights) sum.mapped = all - sum.weights;
    sum.weights += sum.mapped;
    return sum;
}

/** Where reading stops for a checkpoint on the way from `from` to `end`. A batch is never shorter for it than what sums exactly, unless all of it is. */
size_t Session::next_stop(const Prompt & prompt, size_t from, size_t end) const {
    const auto & points = prompt.branch_points;
    const bool all_short = prompt.tokens.size() - from < exact_rows;
    for (auto at = std::upper_bound(points.begin(), points.end(), from); at != points.end() && *at < end; ++at) {
        const bool newest = std::next(at) == points.end();
        if (*at < current_.checkpoints.last_position() + (newest ? newest_gap : checkpoint_gap)) continue;
        if (*at - from >= exact_rows || (newest && all_short)) return *at;
    }
    return end;
}

void Session::checkpoint_before_reading(const Prompt & prompt, size_t start) {
    const auto & points = prompt.branch_points;
    const size_t from = current_.tokens.size();
    const size_t unsaved = from - std::min(from, current_.checkpoints.last_position());
    const auto point = std::lower_bound(points.begin(), points.end(), from);
    const bool at_point = point != points.end() && *point == from;
    const size_t part_began = point == points.begin() ? 0 : *std::prev(point);
    // Where reading starts an answer ended, or another prompt branched off.
    const bool newest = from == start || (at_point && from == points.back());
    if (unsaved < (newest ? newest_gap : at_point ? checkpoint_gap : checkpoint_interval)) return;
    const Checkpoint * checkpoint = save_checkpoint(at_point || newest);
    // After a document the cells are put in the order that a restored state has, so that an answer is the same whether it was read before or now.
    const bool after_document = at_point && from > start && from - part_began >= window_;
    if (checkpoint != nullptr && after_document && !restore(*checkpoint)) throw Error(ErrorCode::internal, "", "a state was not taken back");
}

void Session::prefill(const Prompt & prompt, EmbeddingStore & embeddings, const PrefillProgress & progress, const CancelFlag & cancel) {
    const std::vector<Token> & tokens = prompt.tokens;
    const size_t start = current_.tokens.size();
    while (current_.tokens.size() < tokens.size()) {
        cancel.check();
        threads_.apply(context_.get());
        checkpoint_before_reading(prompt, start);

        const size_t from = current_.tokens.size();
        const uint32_t image = tokens[from].image;
        size_t to = from + 1;
        while (to < tokens.size() && tokens[to].image == image) to++;
        if (image == 0) to = end_of_batch(from, next_stop(prompt, from, to));

        const bool output = to == tokens.size();
        if (image == 0) {
            decode_text(&tokens[from], to - from, output ? 1 : 0, cancel);
        } else {
            const Embedding embedding = embeddings.find(image);
            if (embedding == nullptr) throw Error(ErrorCode::invalid_request, "parts", "a view of the prompt is not encoded (any more)");
            decode_image(*embedding, image, to - from, output, cancel);
        }
        if (progress) progress(current_.tokens.size());
    }
}

void Session::warm_up(const CancelFlag & cancel) {
    threads_.apply(context_.get());
    const Token first = {model_->vocabulary().bos(), 0};
    try {
        decode_text(&first, 1, 1, cancel);
    } catch (const Error & error) {
        if (error.code == ErrorCode::cancelled) throw;
        throw Error(ErrorCode::model_load_failed, model_->path(), error.reason);
    }
    clear();
    logits_ = nullptr;
}

void Session::append(const std::vector<llama_token> & ids, const CancelFlag & cancel) {
    threads_.apply(context_.get());
    std::vector<Token> tokens;
    for (const llama_token id : ids) tokens.push_back({id, 0});
    const auto start = std::chrono::steady_clock::now();
    decode_text(tokens.data(), tokens.size(), tokens.size(), cancel);
    step_costs_.took(ids.size(), std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
}

const std::vector<std::string> & Session::batch_differences() {
    if (batch_differences_) return *batch_differences_;
    // Devices are not looked at, and without flash attention a cache of 32 bits is multiplied in other ways for each number of rows.
    if (!on_cpu_ || cache_type_ == CacheType::f32) batch_differences_ = std::vector<std::string>{on_cpu_ ? "attention" : "device"};
    else batch_differences_ = operations_that_differ(model_->path(), ggml_type_of(cache_type_), threads_.all());
    return *batch_differences_;
}

const float * Session::logits(size_t appended) const { return llama_get_logits_ith(context_.get(), static_cast<int32_t>(appended)); }

/** The last `outputs` of the tokens give logits. */
void Session::decode_text(const Token * tokens, size_t count, size_t outputs, const CancelFlag & cancel) {
    for (size_t i = 0; i < count; i++) ids_[i] = tokens[i].id;
    for (size_t i = 0; i < count; i++) outputs_[i] = i + outputs >= count ? 1 : 0;
    for (size_t i = 0; i < count; i++) positions_[i] = static_cast<llama_pos>(current_.tokens.size() + i);
    llama_batch batch = {static_cast<int32_t>(count), ids_.data(), nullptr, positions_.data(), sequence_counts_.data(), sequences_.data(), outputs_.data()};
    decode(batch, cancel);
    ring_.read(count);
    current_.tokens.insert(current_.tokens.end(), tokens, tokens + count);
    if (outputs > 0) logits_ = llama_get_logits_ith(context_.get(), -1);
}

void Session::decode_image(const std::vector<float> & embedding, uint32_t number, size_t count, bool output, const CancelFlag & cancel) {
    if (count > batch_tokens || embedding.size() != count * model_->width()) {
        throw Error(ErrorCode::internal, "", "the view does not have the size of an image block");
    }
    std::fill_n(outputs_.begin(), count, static_cast<int8_t>(0));
    outputs_[count - 1] = output ? 1 : 0;
    for (size_t i = 0; i < count; i++) positions_[i] = static_cast<llama_pos>(current_.tokens.size() + i);
    llama_batch batch = {static_cast<int32_t>(count), nullptr, const_cast<float *>(embedding.data()),
                         positions_.data(), sequence_counts_.data(), sequences_.data(), outputs_.data()};
    // The positions of one view see each other in both directions; the next batch is causal again.
    struct NonCausal {
        llama_context * context;
        explicit NonCausal(llama_context * c) : context(c) { llama_set_causal_attn(c, false); }
        ~NonCausal() { llama_set_causal_attn(context, true); }
    } const scope(context_.get());
    decode(batch, cancel);
    ring_.read(count);
    current_.tokens.insert(current_.tokens.end(), count, Token{image_token_id, number});
    if (output) logits_ = llama_get_logits_ith(context_.get(), -1);
}

void Session::decode(llama_batch & batch, const CancelFlag & cancel) {
    running_ = &cancel;
    const int32_t code = llama_decode(context_.get(), batch);
    running_ = nullptr;
    if (code == 0) return;
    // Whatever part of the batch is in the cache goes; what was there before stays usable.
    ring_.read(static_cast<size_t>(batch.n_tokens));
    ring_.taken_back(static_cast<size_t>(batch.n_tokens));
    truncate(current_.tokens.size());
    if (code == 2) throw Error(ErrorCode::cancelled, "", "cancelled");
    if (code == 1) throw Error(ErrorCode::internal, "", "the KV cache had no room although the context was not full");
    throw Error(ErrorCode::internal, "", "llama_decode failed with code " + std::to_string(code) + ": " + take_recent_errors());
}

} // namespace facet
