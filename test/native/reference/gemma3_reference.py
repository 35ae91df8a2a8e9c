"""Gemma 3's text model in NumPy, float64, written from the description of the architecture and for clarity, not for speed.

One prompt at a time, no cache. A position is a token id, or a row of an image (already encoded, not scaled).
"""

import numpy as np

from tiny_model import TEXT

GLOBAL_EVERY = 6


def rms_norm(x, weight, eps):
    return x / np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + eps) * weight


def gelu_tanh(x):
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


def softmax(x):
    shifted = np.exp(x - x.max(axis=-1, keepdims=True))
    return shifted / shifted.sum(axis=-1, keepdims=True)


def rotate(x, positions, base, factor):
    """Rotary embedding, halves paired (x[i] with x[i + half]). x: positions, heads, head width."""
    half = x.shape[-1] // 2
    frequencies = base ** (-np.arange(half) / half)
    angles = (positions / factor)[:, None] * frequencies
    cos, sin = np.cos(angles)[:, None, :], np.sin(angles)[:, None, :]
    first, second = x[..., :half], x[..., half:]
    return np.concatenate([first * cos - second * sin, second * cos + first * sin], axis=-1)


def visible(images, window):
    """Who sees whom: itself and what came before, all of its own image, and in local layers nothing older than the window."""
    count = len(images)
    query, key = np.arange(count)[:, None], np.arange(count)[None, :]
    same_image = (images[:, None] == images[None, :]) & (images[:, None] >= 0)
    mask = (key <= query) | same_image
    return mask if window is None else mask & (query - key < window)


def attention(x, block, positions, mask, is_global):
    head = TEXT["head_width"]
    count = len(x)
    q = (x @ block["attn_q"].T).reshape(count, TEXT["heads"], head)
    k = (x @ block["attn_k"].T).reshape(count, TEXT["key_heads"], head)
    v = (x @ block["attn_v"].T).reshape(count, TEXT["key_heads"], head)
    q = rms_norm(q, block["attn_q_norm"], TEXT["eps"])
    k = rms_norm(k, block["attn_k_norm"], TEXT["eps"])
    base = TEXT["rope_base"] if is_global else TEXT["rope_base_local"]
    factor = TEXT["rope_factor"] if is_global else 1.0
    q, k = rotate(q, positions, base, factor), rotate(k, positions, base, factor)
    shared = TEXT["heads"] // TEXT["key_heads"]
    k, v = np.repeat(k, shared, axis=1), np.repeat(v, shared, axis=1)
    scores = np.einsum("qhd,khd->hqk", q, k) / np.sqrt(head)
    weights = softmax(np.where(mask, scores, -np.inf))
    mixed = np.einsum("hqk,khd->qhd", weights, v).reshape(count, -1)
    return mixed @ block["attn_output"].T


def logits(tensors, prompt, sees=visible):
    """Logits after the last position. prompt: list of int ids and of 2-D arrays (images). sees: as `visible`, which is the right one."""
    tensors = {name: tensor.astype(np.float64) for name, tensor in tensors.items()}
    embedding = tensors["token_embd.weight"]
    rows, images = [], []
    for index, part in enumerate(prompt):
        if isinstance(part, int):
            rows.append(embedding[part] * np.sqrt(TEXT["width"]))
            images.append(-1)
        else:
            rows.extend(part)
            images.extend([index] * len(part))
    x, images = np.array(rows), np.array(images)
    positions = np.arange(len(x))
    for layer in range(TEXT["layers"]):
        prefix = f"blk.{layer}."
        block = {name[len(prefix) : -len(".weight")]: tensor for name, tensor in tensors.items() if name.startswith(prefix)}
        is_global = layer % GLOBAL_EVERY == GLOBAL_EVERY - 1
        mask = sees(images, None if is_global else TEXT["window"])
        attended = attention(rms_norm(x, block["attn_norm"], TEXT["eps"]), block, positions, mask, is_global)
        x = x + rms_norm(attended, block["post_attention_norm"], TEXT["eps"])
        inner = rms_norm(x, block["ffn_norm"], TEXT["eps"])
        inner = (gelu_tanh(inner @ block["ffn_gate"].T) * (inner @ block["ffn_up"].T)) @ block["ffn_down"].T
        x = x + rms_norm(inner, block["post_ffw_norm"], TEXT["eps"])
    return rms_norm(x[-1], tensors["output_norm.weight"], TEXT["eps"]) @ embedding.T
