"""Exact answers on pages that training never shows."""

from functools import partial
from random import Random

import jax
import numpy as np

from .batches import PageKind, crops_page, make_batch, single_page
from .losses import answer_logits
from .model import encode
from .prompts import SLOTS

_UNSEEN = 1_000_003  # training's seeds are sums of small numbers
_PAGES_AT_ONCE = 4


@partial(jax.jit, static_argnums=1)
def _exact(weights, crops, images, ids, targets, asked):
    """(B, Q): every digit and the end of the turn is the likeliest. As each follows from right ones before it, that is what greedy decoding answers."""
    scores, _ = answer_logits(weights, crops, encode(weights, images)[2], ids)
    return ((scores.argmax(-1) == targets[..., -SLOTS:]) | (asked[..., -SLOTS:] == 0)).all(-1)


def exact_match(weights, pages, random):
    """Share of exact answers, 0..1. @param pages (page, crops), all with as many crops"""
    right = []
    for start in range(0, len(pages), _PAGES_AT_ONCE):
        some = pages[start : start + _PAGES_AT_ONCE]
        batch = make_batch(random, some + [some[-1]] * (_PAGES_AT_ONCE - len(some)))
        exact = np.asarray(_exact(weights, len(some[0][1]), batch.images, batch.ids, batch.targets, batch.weights))
        right.append(exact[: len(some)][batch.asked()[: len(some)]])
    return float(np.concatenate(right).mean())


def unseen_singles(kind: PageKind, count):
    random = Random(_UNSEEN)
    return [single_page(random, kind) for _ in range(count)]


def unseen_crops(kind: PageKind, crops, count):
    random = Random(_UNSEEN + crops)
    return [crops_page(random, kind, crops) for _ in range(count)]


def report(weights, kind: PageKind, count):
    """Exact match by size of the type on single pages, and on pages that need crops without and with them."""
    rows = {}
    for em in range(8, 18, 2):
        pages = unseen_singles(PageKind(kind.fonts, em, em + 2, 10, kind.stretch), count)
        rows[f"single page, type {em} to {em + 2} px"] = exact_match(weights, pages, Random(0))
    for crops in (2, 3, 4, 6, 9):
        pages = unseen_crops(PageKind(kind.fonts, 14, 17, 10, kind.stretch), crops, count)
        rows[f"{crops} crops, the whole page alone"] = exact_match(weights, [(page, []) for page, _ in pages], Random(0))
        rows[f"{crops} crops"] = exact_match(weights, pages, Random(0))
    return rows
