"""First weights, by the names they have in the GGUF files: matrices as (out, in). Names that begin with `aux.` exist in training only."""

import math

import numpy as np

from . import shape as s
from .views import GLYPH_CLASSES, GLYPH_COLUMNS, GLYPH_ROWS, KEY_CLASSES, KEY_COLUMNS, KEY_ROWS
from .vocabulary import PIECES

POSITION_WIDTH = 32  # the last of the vision tower's channels: where a patch is
_FREQUENCIES = POSITION_WIDTH // 4
_SHARPNESS = 1.41  # of the heads that look at a neighbour
_NEIGHBOURS = [(-1, 0), (1, 0), (0, -1), (0, 1)]  # one per head
_STRUCTURED_LAYERS = 2
_QUIET = 0.3  # norms behind the attention and feed-forward blocks start small, so that a block changes little at first


def first_weights(seed=0):
    """dict of float32 arrays"""
    random = np.random.default_rng(seed)
    return {name: array.astype(np.float32) for name, array in {**_vision(random), **_text(random), **_heads(random)}.items()}


def _matrix(random, out, into, scale=1.0):
    return random.standard_normal((out, into)) * scale / math.sqrt(into)


def _vision(random):
    width, feed = s.VISION_WIDTH, s.VISION_FEED
    # Channels for positions get nothing from the pixels. Blank paper is +1, and its features are zero.
    patch = _matrix(random, width, s.PATCH * s.PATCH)
    patch[-POSITION_WIDTH:] = 0
    weights = {
        "v.patch_embd.weight": patch,
        "v.patch_embd.bias": -patch.sum(axis=1),
        "v.position_embd.weight": _positions(),
        "v.post_ln.weight": np.ones(width),
        "v.post_ln.bias": np.zeros(width),
        "mm.soft_emb_norm.weight": np.ones(width),
        # Input first: the one matrix that the format has the other way round.
        "mm.input_projection.weight": _matrix(random, s.WIDTH, width).T,
    }
    deep = 1 / math.sqrt(2 * s.VISION_LAYERS)
    for layer in range(s.VISION_LAYERS):
        block = f"v.blk.{layer}"
        for norm in ("ln1", "ln2"):
            weights |= {f"{block}.{norm}.weight": np.ones(width), f"{block}.{norm}.bias": np.zeros(width)}
        for name, out, into, scale in (
            *((name, width, width, 1.0) for name in ("attn_q", "attn_k", "attn_v")),
            ("attn_out", width, width, deep),
            ("ffn_up", feed, width, 1.0),
            ("ffn_down", width, feed, deep),
        ):
            weights |= {f"{block}.{name}.weight": _matrix(random, out, into, scale), f"{block}.{name}.bias": np.zeros(out)}
        if layer < _STRUCTURED_LAYERS:
            _look_at_neighbours(weights, block)
    return weights


def _positions():
    """(patches, width): sine and cosine of eight frequencies of x, and of y, in the last channels."""
    y, x = (axis.reshape(-1, 1) for axis in np.meshgrid(np.arange(s.PATCHES), np.arange(s.PATCHES), indexing="ij"))
    waves = [np.stack([np.sin(axis * _omega()), np.cos(axis * _omega())], -1).reshape(len(axis), -1) for axis in (x, y)]
    return np.concatenate([np.zeros((len(x), s.VISION_WIDTH - POSITION_WIDTH)), *waves], axis=1)


def _omega():
    return math.pi * np.arange(1, _FREQUENCIES + 1) / _FREQUENCIES


def _look_at_neighbours(weights, block):
    """Makes each head look at the patch beside its own, as a convolution would: the query is the position, turned by the offset; the key is the position."""
    head = s.VISION_WIDTH // s.VISION_HEADS
    for number, offset in enumerate(_NEIGHBOURS):
        rows = slice(number * head, (number + 1) * head)
        for name, turned in (("attn_q", _turn(*offset)), ("attn_k", np.eye(POSITION_WIDTH))):
            matrix = weights[f"{block}.{name}.weight"]
            matrix[rows] *= 0.02
            matrix[rows, -POSITION_WIDTH:] += _SHARPNESS * turned[:head]


def _turn(dx, dy):
    """(32, 32) matrix that turns the waves of a position into those of the position (x + dx, y + dy)."""
    matrix = np.zeros((POSITION_WIDTH, POSITION_WIDTH))
    for half, distance in enumerate((dx, dy)):
        for index, angle in enumerate(_omega() * distance):
            at = half * POSITION_WIDTH // 2 + 2 * index
            sine, cosine = math.sin(angle), math.cos(angle)
            matrix[at : at + 2, at : at + 2] = [[cosine, sine], [-sine, cosine]]
    return matrix


def _text(random):
    queries, keys = s.HEADS * s.HEAD_WIDTH, s.KEY_HEADS * s.HEAD_WIDTH
    weights = {"token_embd.weight": _matrix(random, len(PIECES), s.WIDTH), "output_norm.weight": np.ones(s.WIDTH)}
    for layer in range(s.LAYERS):
        block = {
            "attn_norm": np.ones(s.WIDTH),
            "attn_q": _matrix(random, queries, s.WIDTH),
            "attn_k": _matrix(random, keys, s.WIDTH),
            "attn_v": _matrix(random, keys, s.WIDTH),
            "attn_output": _matrix(random, s.WIDTH, queries),
            "attn_q_norm": np.ones(s.HEAD_WIDTH),
            "attn_k_norm": np.ones(s.HEAD_WIDTH),
            "post_attention_norm": np.full(s.WIDTH, _QUIET),
            "ffn_norm": np.ones(s.WIDTH),
            "ffn_gate": _matrix(random, s.FEED, s.WIDTH),
            "ffn_up": _matrix(random, s.FEED, s.WIDTH),
            "ffn_down": _matrix(random, s.WIDTH, s.FEED),
            "post_ffw_norm": np.full(s.WIDTH, _QUIET),
        }
        weights |= {f"blk.{layer}.{name}.weight": array for name, array in block.items()}
    return weights


def _heads(random):
    """What names the letters of each patch, the letters of each soft token, and the key whose line each soft token shows."""
    glyphs = GLYPH_ROWS * GLYPH_COLUMNS * GLYPH_CLASSES
    outputs = {
        "aux.patch_glyphs": glyphs // s.PATCHES**2,
        "aux.soft_glyphs": glyphs // s.SOFT_TOKENS,
        "aux.soft_keys": KEY_ROWS * KEY_COLUMNS * KEY_CLASSES // s.SOFT_TOKENS,
    }
    weights = {f"{name}.weight": _matrix(random, out, s.VISION_WIDTH) for name, out in outputs.items()}
    return weights | {f"{name}.bias": np.zeros(out) for name, out in outputs.items()}
