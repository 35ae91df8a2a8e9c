"""SigLIP's encoder with Gemma 3's projector, and Gemma 3's text model, as llama.cpp computes them. Weights by name, see weights.py."""

import math

import jax
import jax.numpy as jnp
import numpy as np

from . import shape as s


def encode(weights, images):
    """images (B, SIDE, SIDE) grey levels 0..255 -> patches (B, P, vision width), pooled (B, S, vision width), soft tokens (B, S, text width)"""
    count, heads = images.shape[0], s.VISION_HEADS

    def linear(name, x):
        return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    def norm(name, x):
        centred = x - x.mean(-1, keepdims=True)
        return centred * jax.lax.rsqrt((centred * centred).mean(-1, keepdims=True) + s.EPSILON) * weights[f"{name}.weight"] + weights[f"{name}.bias"]

    pixels = images.astype(jnp.float32) * (2 / 255) - 1
    x = pixels.reshape(count, s.PATCHES, s.PATCH, s.PATCHES, s.PATCH).transpose(0, 1, 3, 2, 4).reshape(count, s.PATCHES**2, s.PATCH**2)
    x = linear("v.patch_embd", x) + weights["v.position_embd.weight"]
    for layer in range(s.VISION_LAYERS):
        block = f"v.blk.{layer}"
        inner = norm(f"{block}.ln1", x)
        q, k, v = (linear(f"{block}.{name}", inner).reshape(count, s.PATCHES**2, heads, -1) for name in ("attn_q", "attn_k", "attn_v"))
        scores = jnp.einsum("bqhd,bkhd->bhqk", q, k) / math.sqrt(s.VISION_WIDTH // heads)
        x = x + linear(f"{block}.attn_out", jnp.einsum("bhqk,bkhd->bqhd", jax.nn.softmax(scores), v).reshape(x.shape))
        x = x + linear(f"{block}.ffn_down", _gelu(linear(f"{block}.ffn_up", norm(f"{block}.ln2", x))))
    patches = norm("v.post_ln", x)
    pooled = patches.reshape(count, s.SOFT, s.POOLING, s.SOFT, s.POOLING, s.VISION_WIDTH).mean((2, 4)).reshape(count, s.SOFT_TOKENS, -1)
    return patches, pooled, _rms(pooled, weights["mm.soft_emb_norm.weight"]) @ weights["mm.input_projection.weight"]


def embed(weights, ids):
    """Token ids of any shape -> (..., text width)"""
    return weights["token_embd.weight"][ids] * math.sqrt(s.WIDTH)


def hidden(weights, x, positions, mask, watched=()):
    """
    The text model up to its last norm.
    @param x (B, T, width) embedded; positions (T); mask (T, T), true where a row sees a column
    @returns (B, T, width), and the attention (B, T, T) of each (layer, head) in `watched`
    """
    count, length, _ = x.shape
    groups = s.HEADS // s.KEY_HEADS
    bias = jnp.where(mask, 0.0, -1e9)
    seen = {}
    for layer in range(s.LAYERS):

        def weight(name, layer=layer):
            return weights[f"blk.{layer}.{name}.weight"]

        def split(name, inner, heads, weight=weight):
            return (inner @ weight(name).T).reshape(count, length, heads, s.HEAD_WIDTH)

        rotate = _rotation(positions, s.ROPE_GLOBAL if layer % s.GLOBAL_EVERY == s.GLOBAL_EVERY - 1 else s.ROPE_LOCAL)
        inner = _rms(x, weight("attn_norm"))
        q = rotate(_rms(split("attn_q", inner, s.HEADS), weight("attn_q_norm"))) / math.sqrt(s.HEAD_WIDTH)
        k = rotate(_rms(split("attn_k", inner, s.KEY_HEADS), weight("attn_k_norm")))
        v = split("attn_v", inner, s.KEY_HEADS)
        q = q.reshape(count, length, s.KEY_HEADS, groups, s.HEAD_WIDTH)
        attention = jax.nn.softmax(jnp.einsum("bqkgd,btkd->bkgqt", q, k) + bias)
        for head in [head for where, head in watched if where == layer]:
            seen[layer, head] = attention[:, head // groups, head % groups]
        mixed = jnp.einsum("bkgqt,btkd->bqkgd", attention, v).reshape(count, length, -1)
        x = x + _rms(mixed @ weight("attn_output").T, weight("post_attention_norm"))
        inner = _rms(x, weight("ffn_norm"))
        fed = (_gelu(inner @ weight("ffn_gate").T) * (inner @ weight("ffn_up").T)) @ weight("ffn_down").T
        x = x + _rms(fed, weight("post_ffw_norm"))
    return _rms(x, weights["output_norm.weight"]), [seen[place] for place in watched]


def logits(weights, x):
    """(..., width) -> (..., vocabulary): the embedding is the output matrix as well"""
    return x @ weights["token_embd.weight"].T


def _gelu(x):
    return jax.nn.gelu(x, approximate=True)


def _rms(x, weight):
    return x * jax.lax.rsqrt((x * x).mean(-1, keepdims=True) + s.EPSILON) * weight


def _rotation(positions, base):
    """Rotary embedding with halves paired: x[i] with x[i + half]."""
    half = s.HEAD_WIDTH // 2
    angles = np.asarray(positions)[:, None] * base ** (-np.arange(half) / half)
    cosine, sine = (jnp.asarray(wave(angles)[:, None, :], jnp.float32) for wave in (np.cos, np.sin))

    def rotate(x):
        first, second = x[..., :half], x[..., half:]
        return jnp.concatenate([first * cosine - second * sine, second * cosine + first * sine], -1)

    return rotate
