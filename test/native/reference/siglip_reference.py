"""SigLIP's encoder and Gemma 3's projector in NumPy, float64."""

import numpy as np

from gemma3_reference import gelu_tanh, rms_norm, softmax
from tiny_model import VISION


def layer_norm(x, weight, bias):
    centred = x - x.mean(axis=-1, keepdims=True)
    return centred / np.sqrt(np.mean(centred * centred, axis=-1, keepdims=True) + VISION["eps"]) * weight + bias


def encode(tensors, rgb):
    """Soft tokens of a picture. rgb: side, side, 3 whole numbers 0 to 255, already stretched to the encoder's side."""
    tensors = {name: tensor.astype(np.float64) for name, tensor in tensors.items()}
    patch, width, heads = VISION["patch"], VISION["width"], VISION["heads"]
    side = VISION["image"] // patch
    pixels = (rgb / 255 - 0.5) / 0.5
    # side x side patches, each as channel, row, column: the order of the convolution's weights.
    patches = pixels.reshape(side, patch, side, patch, 3).transpose(0, 2, 4, 1, 3).reshape(side * side, -1)
    x = patches @ tensors["v.patch_embd.weight"].reshape(width, -1).T + tensors["v.patch_embd.bias"]
    x = x + tensors["v.position_embd.weight"]
    for layer in range(VISION["layers"]):

        def weight(name, kind="weight", layer=layer):
            return tensors[f"v.blk.{layer}.{name}.{kind}"]

        def linear(name, inner):
            return inner @ weight(name).T + weight(name, "bias")

        inner = layer_norm(x, weight("ln1"), weight("ln1", "bias"))
        q, k, v = (linear(name, inner).reshape(side * side, heads, -1) for name in ("attn_q", "attn_k", "attn_v"))
        scores = np.einsum("qhd,khd->hqk", q, k) / np.sqrt(width // heads)
        x = x + linear("attn_out", np.einsum("hqk,khd->qhd", softmax(scores), v).reshape(side * side, width))
        inner = layer_norm(x, weight("ln2"), weight("ln2", "bias"))
        x = x + linear("ffn_down", gelu_tanh(linear("ffn_up", inner)))
    x = layer_norm(x, tensors["v.post_ln.weight"], tensors["v.post_ln.bias"])
    pooled_side, pooling = side // VISION["pooling"], VISION["pooling"]
    x = x.reshape(pooled_side, pooling, pooled_side, pooling, width).mean(axis=(1, 3)).reshape(-1, width)
    return rms_norm(x, tensors["mm.soft_emb_norm.weight"], VISION["eps"]) @ tensors["mm.input_projection.weight"]
