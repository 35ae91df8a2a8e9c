"""A tiny random Gemma 3 and SigLIP: the released architecture with small numbers. Norm weights are stored as GGUF has them, with the 1 added."""

import numpy as np

TEXT = {
    "layers": 7,  # 0-4 and 6 local, 5 global
    "width": 32,
    "feed_forward": 40,
    "heads": 4,
    "key_heads": 2,
    "head_width": 8,
    "window": 8,
    "context": 1024,
    "rope_base": 1e6,
    "rope_base_local": 1e4,
    "rope_factor": 8.0,
    "eps": 1e-6,
}
VISION = {"image": 56, "patch": 7, "pooling": 4, "width": 24, "feed_forward": 40, "layers": 2, "heads": 2, "eps": 1e-6}

# ggml's CPU backend looks GELU up in a table of half-precision numbers (relative error 2^-11). What passes through it is kept small beside
# what does not, so that this known rounding stays below the test's tolerance and nothing else can hide in it.
ROUNDED_SHARE = np.float32(0.25)

CONTROL, UNKNOWN, USER_DEFINED, BYTE, NORMAL = 3, 2, 4, 6, 1


def vocabulary():
    """Pairs of text and type. The ids of the first nine are used by the prompts."""
    names = ["<pad>", "<eos>", "<bos>", "<unk>", "<mask>", "<start_of_turn>", "<end_of_turn>", "<start_of_image>", "<end_of_image>"]
    tokens = [(name, UNKNOWN if name == "<unk>" else CONTROL) for name in names]
    tokens += [("\n" * count, USER_DEFINED) for count in (1, 2, 3)]
    tokens += [(f"<0x{byte:02X}>", BYTE) for byte in range(256)]
    tokens += [(text, NORMAL) for text in ["\u2581", *map(chr, range(ord("a"), ord("z") + 1))]]
    return tokens


def _matrix(rng, *shape):
    """Rows of about unit length, so that no layer drowns the others."""
    return (rng.standard_normal(shape) / np.sqrt(np.prod(shape[1:]))).astype(np.float32)


def _norm(rng, size):
    return (1 + 0.1 * rng.standard_normal(size)).astype(np.float32)


def _bias(rng, size):
    return (0.1 * rng.standard_normal(size)).astype(np.float32)


def text_tensors(rng):
    width, head, feed = TEXT["width"], TEXT["head_width"], TEXT["feed_forward"]
    queries, keys = TEXT["heads"] * head, TEXT["key_heads"] * head
    tensors = {"token_embd.weight": _matrix(rng, len(vocabulary()), width), "output_norm.weight": _norm(rng, width)}
    for layer in range(TEXT["layers"]):
        block = {
            "attn_norm": _norm(rng, width),
            "attn_q": _matrix(rng, queries, width),
            "attn_k": _matrix(rng, keys, width),
            "attn_v": _matrix(rng, keys, width),
            "attn_output": _matrix(rng, width, queries),
            "attn_q_norm": _norm(rng, head),
            "attn_k_norm": _norm(rng, head),
            "post_attention_norm": _norm(rng, width),
            "ffn_norm": _norm(rng, width),
            "ffn_gate": _matrix(rng, feed, width),
            "ffn_up": _matrix(rng, feed, width),
            "ffn_down": _matrix(rng, width, feed),
            "post_ffw_norm": ROUNDED_SHARE * _norm(rng, width),
        }
        tensors.update({f"blk.{layer}.{name}.weight": tensor for name, tensor in block.items()})
    return tensors


def vision_tensors(rng):
    width, feed, patch = VISION["width"], VISION["feed_forward"], VISION["patch"]
    side = VISION["image"] // patch
    tensors = {
        "v.patch_embd.weight": _matrix(rng, width, 3, patch, patch),
        "v.patch_embd.bias": _bias(rng, width),
        "v.position_embd.weight": (0.5 * rng.standard_normal((side * side, width))).astype(np.float32),
    }
    for layer in range(VISION["layers"]):
        for name in ("ln1", "ln2"):
            tensors[f"v.blk.{layer}.{name}.weight"] = _norm(rng, width)
            tensors[f"v.blk.{layer}.{name}.bias"] = _bias(rng, width)
        for name, rows, columns in (
            ("attn_q", width, width),
            ("attn_k", width, width),
            ("attn_v", width, width),
            ("attn_out", width, width),
            ("ffn_up", feed, width),
            ("ffn_down", width, feed),
        ):
            share = ROUNDED_SHARE if name == "ffn_down" else 1
            tensors[f"v.blk.{layer}.{name}.weight"] = share * _matrix(rng, rows, columns)
            tensors[f"v.blk.{layer}.{name}.bias"] = _bias(rng, rows)
    tensors["v.post_ln.weight"] = _norm(rng, width)
    tensors["v.post_ln.bias"] = _bias(rng, width)
    tensors["mm.soft_emb_norm.weight"] = _norm(rng, width)
    # Input first, output second: the one matrix that is stored the other way round.
    tensors["mm.input_projection.weight"] = (rng.standard_normal((width, TEXT["width"])) / np.sqrt(width)).astype(np.float32)
    return tensors


def text_metadata():
    tokens = vocabulary()
    return [
        ("general.architecture", "string", "gemma3"),
        ("general.type", "string", "model"),
        ("general.name", "string", "reference gemma3"),
        ("general.file_type", "u32", 0),
        ("gemma3.context_length", "u32", TEXT["context"]),
        ("gemma3.embedding_length", "u32", TEXT["width"]),
        ("gemma3.block_count", "u32", TEXT["layers"]),
        ("gemma3.feed_forward_length", "u32", TEXT["feed_forward"]),
        ("gemma3.attention.head_count", "u32", TEXT["heads"]),
        ("gemma3.attention.head_count_kv", "u32", TEXT["key_heads"]),
        ("gemma3.attention.key_length", "u32", TEXT["head_width"]),
        ("gemma3.attention.value_length", "u32", TEXT["head_width"]),
        ("gemma3.attention.layer_norm_rms_epsilon", "f32", TEXT["eps"]),
        ("gemma3.attention.sliding_window", "u32", TEXT["window"]),
        ("gemma3.rope.freq_base", "f32", TEXT["rope_base"]),
        ("gemma3.rope.scaling.type", "string", "linear"),
        ("gemma3.rope.scaling.factor", "f32", TEXT["rope_factor"]),
        ("tokenizer.ggml.model", "string", "llama"),
        ("tokenizer.ggml.pre", "string", "default"),
        ("tokenizer.ggml.tokens", "string", [text for text, _ in tokens]),
        ("tokenizer.ggml.scores", "f32", [-float(index) for index in range(len(tokens))]),
        ("tokenizer.ggml.token_type", "i32", [kind for _, kind in tokens]),
        ("tokenizer.ggml.bos_token_id", "u32", 2),
        ("tokenizer.ggml.eos_token_id", "u32", 1),
        ("tokenizer.ggml.unknown_token_id", "u32", 3),
        ("tokenizer.ggml.padding_token_id", "u32", 0),
        ("tokenizer.ggml.add_bos_token", "bool", True),
        ("tokenizer.ggml.add_space_prefix", "bool", False),
    ]


def vision_metadata():
    return [
        ("general.architecture", "string", "clip"),
        ("general.type", "string", "mmproj"),
        ("general.name", "string", "reference siglip"),
        ("general.file_type", "u32", 0),
        ("clip.has_vision_encoder", "bool", True),
        ("clip.projector_type", "string", "gemma3"),
        ("clip.use_gelu", "bool", True),
        ("clip.vision.projection_dim", "u32", TEXT["width"]),
        ("clip.vision.image_size", "u32", VISION["image"]),
        ("clip.vision.patch_size", "u32", VISION["patch"]),
        ("clip.vision.embedding_length", "u32", VISION["width"]),
        ("clip.vision.feed_forward_length", "u32", VISION["feed_forward"]),
        ("clip.vision.block_count", "u32", VISION["layers"]),
        ("clip.vision.attention.head_count", "u32", VISION["heads"]),
        ("clip.vision.attention.layer_norm_epsilon", "f32", VISION["eps"]),
        ("clip.vision.image_mean", "f32", [0.5, 0.5, 0.5]),
        ("clip.vision.image_std", "f32", [0.5, 0.5, 0.5]),
        ("clip.vision.projector.scale_factor", "u32", VISION["pooling"]),
    ]
