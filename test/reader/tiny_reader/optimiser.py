"""Muon for the matrices of the blocks, AdamW for everything else."""

import math
import re

import jax
import jax.numpy as jnp

_MUON_NAMES = re.compile(r"(v\.)?blk\.\d+\.(attn_(q|k|v|out|output)|ffn_(up|down|gate))\.weight")
_MUON_MOMENTUM = 0.95
_DECAY = 0.01
_FIRST, _SECOND, _TINY = 0.9, 0.98, 1e-8  # AdamW's
_LARGEST_GRADIENT = 1.0
# Keller Jordan's quintic Newton-Schulz iteration: five rounds bring all singular values close to one.
_QUINTIC, _ROUNDS = (3.4445, -4.7750, 2.0315), 5


def first_state(weights):
    """Momentum of every weight; for AdamW's the mean square as well."""
    return {
        "first": {name: jnp.zeros_like(weight) for name, weight in weights.items()},
        "second": {name: jnp.zeros_like(weight) for name, weight in weights.items() if not _MUON_NAMES.fullmatch(name)},
    }


def update(weights, gradients, state, step, muon_rate, adam_rate):
    """@param gradients of some of the weights: the others stay as they are @returns weights, state"""
    norm = jnp.sqrt(sum((gradient * gradient).sum() for gradient in gradients.values()))
    clip = jnp.minimum(1.0, _LARGEST_GRADIENT / (norm + 1e-6))
    weights, first, second = dict(weights), dict(state["first"]), dict(state["second"])
    pushes = {}
    for name, gradient in gradients.items():
        if name in second:
            first[name] = _FIRST * first[name] + (1 - _FIRST) * clip * gradient
            second[name] = _SECOND * second[name] + (1 - _SECOND) * (clip * gradient) ** 2
            mean, square = first[name] / (1 - _FIRST ** (step + 1)), second[name] / (1 - _SECOND ** (step + 1))
            weights[name] = weights[name] - adam_rate * mean / (jnp.sqrt(square) + _TINY)
        else:
            first[name] = _MUON_MOMENTUM * first[name] + gradient
            pushes[name] = gradient + _MUON_MOMENTUM * first[name]
    for name, push in _orthogonal(pushes).items():
        out, into = push.shape
        weights[name] = weights[name] * (1 - muon_rate * _DECAY) - muon_rate * math.sqrt(max(1, out / into)) * push
    return weights, {"first": first, "second": second}


def _orthogonal(matrices):
    """The nearest matrices with orthogonal rows or columns; those of one shape are computed together."""
    result = {}
    for shape in {matrix.shape for matrix in matrices.values()}:
        names = [name for name, matrix in matrices.items() if matrix.shape == shape]
        for name, matrix in zip(names, jax.vmap(_newton_schulz)(jnp.stack([matrices[name] for name in names]))):
            result[name] = matrix
    return result


def _newton_schulz(matrix):
    tall = matrix.shape[0] > matrix.shape[1]
    x = matrix.T if tall else matrix
    x = x / (jnp.linalg.norm(x) + 1e-7)
    a, b, c = _QUINTIC
    for _ in range(_ROUNDS):
        square = x @ x.T
        x = a * x + (b * square + c * square @ square) @ x
    return x.T if tall else x
