#include "projector_rewrite.hpp"

#include "gguf.h"
#include "gguf_facts.hpp"

#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <memory>

namespace facet {
namespace {

constexpr const char * head_key = "clip.vision.attention.head_dim";

struct FreeGguf {
    void operator()(gguf_context * file) const { gguf_free(file); }
};
struct FreeTensors {
    void operator()(ggml_context * tensors) const { ggml_free(tensors); }
};

/** What a tensor is to the rewriting, by its name. */
enum class Role { other, matrix, rows_by_head, query_rows_by_head, columns_by_head };

bool ends_with(const std::string & text, const std::string & end) {
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

Role role_of(const std::string & name) {
    if (name.rfind("v.blk.", 0) != 0) return Role::other;
    if (name.find(".attn_q.") != std::string::npos) return Role::query_rows_by_head;
    if (name.find(".attn_k.") != std::string::npos || name.find(".attn_v.") != std::string::npos) return Role::rows_by_head;
    if (ends_with(name, ".attn_out.weight")) return Role::columns_by_head;
    if (ends_with(name, ".ffn_up.weight") || ends_with(name, ".ffn_down.weight")) return Role::matrix;
    return Role::other;
}

bool is_matrix(const ggml_tensor * tensor, Role role) { return role != Role::other && ggml_n_dims(tensor) == 2; }

class Rewriting {
  public:
    Rewriting(const std::string & source, const EncoderShape & shape, const EncoderSetting & setting)
        : source_(source), input_(source, std::ios::binary), shape_(shape), setting_(setting) {
        ggml_context * tensors = nullptr;
        from_.reset(gguf_init_from_file(source.c_str(), {/*no_alloc*/ true, &tensors}));
        from_tensors_.reset(tensors);
        if (!from_ || !input_) throw Error(ErrorCode::model_invalid, source, "it is no readable GGUF file", "bad-header");
        const size_t bytes = static_cast<size_t>(gguf_get_n_tensors(from_.get()) + 1) * ggml_tensor_overhead();
        to_tensors_.reset(ggml_init({bytes, nullptr, /*no_alloc*/ true}));
        to_.reset(gguf_init_empty());
        gguf_set_kv(to_.get(), from_.get());
        if (setting.head != shape.head) gguf_set_val_u32(to_.get(), head_key, setting.head);
        for (int64_t i = 0; i < gguf_get_n_tensors(from_.get()); i++) add(ggml_get_tensor(tensors, gguf_get_tensor_name(from_.get(), i)));
    }

    void write(const std::string & target, const CancelFlag & cancel) {
        if (!gguf_write_to_file(to_.get(), target.c_str(), /*only_meta*/ true)) fail(target);
        std::ofstream output(target, std::ios::binary | std::ios::app);
        for (int64_t i = 0; i < gguf_get_n_tensors(from_.get()); i++) {
            cancel.check();
            const std::vector<char> data = convert(i);
            const std::vector<char> padding(GGML_PAD(data.size(), gguf_get_alignment(to_.get())) - data.size(), 0);
            output.write(data.data(), static_cast<std::streamsize>(data.size()));
            output.write(padding.data(), static_cast<std::streamsize>(padding.size()));
        }
        output.close();
        if (!output) fail(target);
    }

  private:
    [[noreturn]] static void fail(const std::string & target) { throw Error(ErrorCode::internal, target, "it could not be written"); }
    [[noreturn]] void refuse(const std::string & reason) const { throw Error(ErrorCode::model_invalid, source_, reason, "vision-shape"); }

    void add(const ggml_tensor * old) {
        const Role role = role_of(old->name);
        const bool matrix = is_matrix(old, role);
        const int64_t wide = int64_t{setting_.head} * shape_.heads;
        int64_t columns = old->ne[0];
        int64_t rows = old->ne[1];
        if (role == Role::columns_by_head) columns = wide;
        if (role == Role::rows_by_head || role == Role::query_rows_by_head) (matrix ? rows : columns) = wide;
        const ggml_type type = !matrix ? old->type : columns % ggml_blck_size(setting_.weights) == 0 ? setting_.weights : GGML_TYPE_F16;
        const int64_t ne[4] = {columns, rows, old->ne[2], old->ne[3]};
        ggml_tensor * fresh = ggml_new_tensor(to_tensors_.get(), type, ggml_n_dims(old), ne);
        ggml_set_name(fresh, old->name);
        gguf_add_tensor(to_.get(), fresh);
    }

    std::vector<char> read(int64_t index, size_t bytes) {
        std::vector<char> data(bytes);
        input_.seekg(static_cast<std::streamoff>(gguf_get_data_offset(from_.get()) + gguf_get_tensor_offset(from_.get(), index)));
        input_.read(data.data(), static_cast<std::streamsize>(bytes));
        if (!input_) refuse("it ends before its last tensor");
        return data;
    }

    std::vector<char> convert(int64_t index) {
        const std::string name = gguf_get_tensor_name(from_.get(), index);
        const ggml_tensor * old = ggml_get_tensor(from_tensors_.get(), name.c_str());
        const ggml_tensor * fresh = ggml_get_tensor(to_tensors_.get(), name.c_str());
        std::vector<char> data = read(index, ggml_nbytes(old));
        const Role role = role_of(name);
        if (role == Role::other || (old->type == fresh->type && ggml_are_same_shape(old, fresh))) return data;
        std::vector<float> numbers(static_cast<size_t>(ggml_nelements(old)));
        if (old->type == GGML_TYPE_F32) std::memcpy(numbers.data(), data.data(), data.size());
        else ggml_get_type_traits(old->type)->to_float(data.data(), numbers.data(), ggml_nelements(old));
        numbers = pad(numbers, old, fresh, role);
        if (fresh->type == GGML_TYPE_F16) {
            for (const float number : numbers) {
                if (!(std::fabs(number) <= 65504.0f)) refuse("a weight is too large for F16");
            }
        }
        std::vector<char> written(ggml_nbytes(fresh));
        ggml_quantize_chunk(fresh->type, numbers.data(), written.data(), 0, ggml_nelements(fresh) / fresh->ne[0], fresh->ne[0], nullptr);
        return written;
    }

    /** Each head's run of rows, columns or biases grows from the file's width to the setting's by zeros at its end. */
    std::vector<float> pad(const std::vector<float> & numbers, const ggml_tensor * old, const ggml_tensor * fresh, Role role) const {
        if (setting_.head == shape_.head || role == Role::matrix) return numbers;
        const float scale = role == Role::query_rows_by_head ? std::sqrt(static_cast<float>(setting_.head) / static_cast<float>(shape_.head)) : 1.0f;
        // A head is `head` rows of the file's row length; a bias or a column range has rows of one number.
        const size_t unit = is_matrix(old, role) && role != Role::columns_by_head ? static_cast<size_t>(old->ne[0]) : 1;
        std::vector<float> padded(static_cast<size_t>(ggml_nelements(fresh)), 0.0f);
        const size_t runs = numbers.size() / (shape_.head * unit);
        for (size_t run = 0; run < runs; run++) {
            const float * begin = numbers.data() + run * shape_.head * unit;
            float * to = padded.data() + run * setting_.head * unit;
            for (size_t i = 0; i < shape_.head * unit; i++) to[i] = begin[i] * scale;
        }
        return padded;
    }

    std::string source_;
    std::ifstream input_;
    EncoderShape shape_;
    EncoderSetting setting_;
    std::unique_ptr<gguf_context, FreeGguf> from_;
    std::unique_ptr<ggml_context, FreeTensors> from_tensors_;
    std::unique_ptr<gguf_context, FreeGguf> to_;
    std::unique_ptr<ggml_context, FreeTensors> to_tensors_;
};

} // namespace

std::optional<EncoderShape> read_encoder_shape(const std::string & path) {
    const GgufFacts file(path);
    EncoderShape shape = {};
    shape.width = file.number("clip.vision.embedding_length", 0);
    shape.feed_forward = file.number("clip.vision.feed_forward_length", 0);
    shape.heads = file.number("clip.vision.attention.head_count", 0);
    shape.blocks = file.number("clip.vision.block_count", 0);
    const uint32_t side = file.number("clip.vision.image_size", 0);
    const uint32_t patch = file.number("clip.vision.patch_size", 0);
    if (shape.heads == 0 || patch == 0 || shape.width == 0 || shape.blocks == 0) return std::nullopt;
    shape.head = file.number(head_key, shape.width / shape.heads);
    shape.patches = (side / patch) * (side / patch);
    for (uint32_t block = 0; block < shape.blocks; block++) {
        const std::string prefix = "v.blk." + std::to_string(block) + ".";
        const int64_t inner = int64_t{shape.head} * shape.heads;
        const auto is = [&](const char * name, int64_t columns, int64_t rows) { return file.has_shape((prefix + name + ".weight").c_str(), columns, rows); };
        const bool attention = is("attn_q", shape.width, inner) && is("attn_k", shape.width, inner) && is("attn_v", shape.width, inner) &&
                               is("attn_out", inner, shape.width);
        const auto feeds = [&](const char * up, const char * down) {
            return is(up, shape.width, shape.feed_forward) && is(down, shape.feed_forward, shape.width);
        };
        // Early files have the two names the wrong way round, which mtmd puts right.
        if (!attention || (!feeds("ffn_up", "ffn_down") && !feeds("ffn_down", "ffn_up"))) return std::nullopt;
    }
    shape.weights = file.type("v.blk.0.attn_q.weight");
    return shape;
}

void rewrite_projector(const std::string & source, const std::string & target, const EncoderSetting & setting, const CancelFlag & cancel) {
    const std::optional<EncoderShape> shape = read_encoder_shape(source);
    if (!shape || setting.head < shape->head) throw Error(ErrorCode::model_invalid, source, "its blocks are laid out in an unknown way", "vision-shape");
    try {
        Rewriting(source, *shape, setting).write(target, cancel);
    } catch (...) {
        std::remove(target.c_str());
        throw;
    }
}

} // namespace facet
