"""What is learned: letters and keys from each view, and answers to the packed questions."""

import math

import jax
import jax.numpy as jnp
import numpy as np

from . import prompts, views
from . import shape as s
from .batches import QUESTIONS
from .model import embed, encode, hidden, logits

GUIDED = ((2, 0), (4, 2))
"""(layer, head) whose attention is led, in training, to the key's soft token and to the next digit's."""
_BLANK_WEIGHT = 0.1  # a blank point beside a letter: most points are blank
_LEAST_SHARE = 1e-4


def letters_loss(weights, images, glyphs, keys):
    """@returns loss, and how many of the letters the patches name right, 0..1"""
    patches, pooled, _ = encode(weights, images)
    return _naming(weights, patches, pooled, glyphs, keys)


def reading_loss(weights, crops, batch, letters_weight, looks_weight):
    """@param batch fields of a Batch in order @returns loss, and (answer loss, letters right, exact (B, Q))"""
    images, glyphs, keys, ids, targets, asked, looks = batch
    patches, pooled, soft = encode(weights, images)
    naming, letters_right = _naming(weights, patches, pooled, glyphs, keys)
    scores, attention = answer_logits(weights, crops, soft, ids)
    targets, asked = targets[:, :, -prompts.SLOTS :], asked[:, :, -prompts.SLOTS :]
    chosen = jnp.take_along_axis(jax.nn.log_softmax(scores), targets[..., None], -1)[..., 0]
    answering = -(asked * chosen).sum() / jnp.maximum(1, asked.sum())
    exact = jnp.where(asked > 0, scores.argmax(-1) == targets, True).all(-1)
    looking = sum(_look(attention[index], looks[..., index], crops) for index in range(len(GUIDED)))
    return answering + letters_weight * naming + looks_weight * looking, (answering, letters_right, exact)


def answer_logits(weights, crops, soft, ids):
    """soft (B * (crops + 1), S, width), ids (B, Q, length) -> logits (B, Q, slots, vocabulary), attention of the guided heads (B, T, T) each"""
    count, questions, _ = ids.shape
    positions, mask = prompts.layout(crops, questions)
    prefix = prompts.prefix(crops)
    before = jnp.broadcast_to(embed(weights, prefix), (count, len(prefix), s.WIDTH))
    before = before.at[:, np.nonzero(prefix == prompts.SOFT_ID)[0]].set(soft.reshape(count, -1, s.WIDTH))
    x, attention = hidden(weights, jnp.concatenate([before, embed(weights, ids.reshape(count, -1))], 1), positions, mask, GUIDED)
    answers = x[:, len(prefix) :].reshape(count, questions, -1, s.WIDTH)[:, :, -prompts.SLOTS :]
    return logits(weights, answers), attention


def _look(attention, wanted, crops):
    """How little a head looks at the wanted soft token, where there is one. attention (B, T, T), wanted (B, Q, slots)"""
    count, questions, _ = wanted.shape
    prefix = prompts.prefix(crops)
    soft = np.nonzero(prefix == prompts.SOFT_ID)[0]
    rows = attention[:, len(prefix) :, : len(prefix)].reshape(count, questions, -1, len(prefix))[:, :, -prompts.SLOTS :, soft]
    share = jnp.take_along_axis(rows, jnp.maximum(wanted, 0)[..., None], -1)[..., 0]
    known = wanted >= 0
    return -(known * jnp.log(share + _LEAST_SHARE)).sum() / jnp.maximum(1, known.sum())


def _naming(weights, patches, pooled, glyphs, keys):
    by_patch, right = _name(weights, "aux.patch_glyphs", patches, glyphs, views.GLYPH_CLASSES)
    by_soft, _ = _name(weights, "aux.soft_glyphs", pooled, glyphs, views.GLYPH_CLASSES)
    by_key, _ = _name(weights, "aux.soft_keys", pooled, keys, views.KEY_CLASSES)
    return by_patch + by_soft + by_key, right


def _name(weights, head, features, labels, classes):
    """Cross-entropy of the points of each cell. features (N, cells, width), labels (N, rows, columns)"""
    count, cells, _ = features.shape
    side = math.isqrt(cells)
    rows, columns = labels.shape[1] // side, labels.shape[2] // side
    labels = labels.reshape(count, side, rows, side, columns).transpose(0, 1, 3, 2, 4).reshape(count, cells, rows * columns).astype(jnp.int32)
    scores = (features @ weights[f"{head}.weight"].T + weights[f"{head}.bias"]).reshape(count, cells, rows * columns, classes)
    known = labels != views.UNKNOWN
    labels = jnp.where(known, labels, 0)
    chosen = jnp.take_along_axis(jax.nn.log_softmax(scores), labels[..., None], -1)[..., 0]
    weight = known * jnp.where(labels > 0, 1.0, _BLANK_WEIGHT)
    letters = labels > 0
    right = ((scores.argmax(-1) == labels) & letters).sum() / jnp.maximum(1, letters.sum())
    return -(weight * chosen).sum() / jnp.maximum(1.0, weight.sum()), right
