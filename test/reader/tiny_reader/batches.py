"""Batches of drawn pages. A batch is made from its number alone, so that a run that goes on later sees what it would have seen."""

import math
from dataclasses import dataclass
from random import Random

import numpy as np

from . import prompts
from .pages import dense_page, label_page
from .shape import SIDE
from .views import GLYPH_COLUMNS, GLYPH_ROWS, KEY_COLUMNS, KEY_ROWS, UNKNOWN, glyph_labels, grid, key_labels, places, view

QUESTIONS = {0: 4, 2: 6, 3: 6, 4: 8, 6: 8, 9: 8}
"""Questions per page, by its number of crops."""
_GRIDS = {2: [(1, 2), (2, 1)], 3: [(1, 3), (3, 1)], 4: [(1, 4), (4, 1), (2, 2), (2, 2)], 6: [(2, 3), (3, 2)], 9: [(3, 3)]}
_LEAST_LABELLED = 8  # type smaller than this in a view, in pixels, is not asked for letter by letter


@dataclass(frozen=True)
class PageKind:
    """What pages look like; sizes of type in pixels of the view that shows the line."""

    fonts: int = 3
    least_em: float = 14.0
    most_em: float = 18.0
    most_lines: int = 12
    stretch: float = 0.15  # largest logarithm of width over height of what one view shows


@dataclass(frozen=True)
class Batch:
    """N views, B pages, Q questions of a page, each of prompts.QUESTION_LENGTH tokens."""

    images: np.ndarray  # (N, SIDE, SIDE)
    glyphs: np.ndarray  # (N, rows, columns)
    keys: np.ndarray  # (N, rows, columns)
    ids: np.ndarray  # (B, Q, length)
    targets: np.ndarray  # (B, Q, length)
    weights: np.ndarray  # (B, Q, length)
    looks: np.ndarray  # (B, Q, slots, 2): soft tokens to look at, the key's and the next digit's; -1 where unknown

    def asked(self):
        """(B, Q): which questions are there."""
        return self.weights.any(-1)


def single_page(random, kind):
    """A page that is legible at once."""
    while True:
        em, size = _size(random, kind, random.uniform(1.0, 2.2))
        most = max(3, min(kind.most_lines, int(size[1] / (1.25 * em))))
        page = label_page(random, size, em, random.randint(3, most), kind.fonts)
        if len(page.lines) >= 2:
            return page, []


def crops_page(random, kind, crops):
    """A page that is legible in its crops only, and the crops."""
    while True:
        columns, rows = random.choice(_GRIDS[crops])
        overlap = random.choice([0.0, 0.1]) if max(columns, rows) < 4 else 0.0
        em, (part_width, part_height) = _size(random, kind, random.uniform(1.0, 1.6))
        size = (int(part_width * (columns - (columns - 1) * overlap)), int(part_height * (rows - (rows - 1) * overlap)))
        parts = grid(size, columns, rows, overlap)
        page = label_page(random, size, em, random.randint(5, 14), kind.fonts, parts)
        if len(page.lines) >= 3:
            return page, parts


def letters_page(random, kind):
    em, size = _size(random, kind, random.uniform(1.0, 2.0))
    return dense_page(random, size, em, kind.fonts), []


def make_batch(random: Random, pages):
    """@param pages (page, crops) with the same number of crops each"""
    crops = len(pages[0][1])
    parts = [_page_arrays(random, page, boxes, QUESTIONS[crops]) for page, boxes in pages]
    views, *questions = zip(*parts)
    images, glyphs, keys = (np.concatenate(arrays) for arrays in zip(*views))
    return Batch(images, glyphs, keys, *(np.stack(arrays) for arrays in questions))


def _page_arrays(random, page, boxes, most):
    shown = [page.box, *boxes]
    ids, targets = (np.zeros((most, prompts.QUESTION_LENGTH), np.int32) for _ in range(2))
    weights = np.zeros((most, prompts.QUESTION_LENGTH), np.float32)
    looks = np.full((most, prompts.SLOTS, 2), -1, np.int32)
    lines = [line for line in page.lines if line.key]
    for index, line in enumerate(random.sample(lines, min(most, len(lines)))):
        ids[index], targets[index], weights[index] = prompts.question(line.key, line.answer)
        found = places(line, shown)
        if found is not None:
            key, letters = found
            looks[index, : len(letters), 0] = key
            looks[index, : len(letters), 1] = letters
    images = np.stack([view(page, box) for box in shown])
    labels = [_labels(page, box) for box in shown]
    return (images, np.stack([glyphs for glyphs, _ in labels]), np.stack([keys for _, keys in labels])), ids, targets, weights, looks


def _labels(page, box):
    if page.em * SIDE / max(box[2] - box[0], box[3] - box[1]) < _LEAST_LABELLED:
        return np.full((GLYPH_ROWS, GLYPH_COLUMNS), UNKNOWN, np.uint8), np.full((KEY_ROWS, KEY_COLUMNS), UNKNOWN, np.uint8)
    return glyph_labels(page, box), key_labels(page, box)


def _size(random, kind, scale):
    """Size of the type and of what one view shows, in pixels of the page; `scale` pixels of the page are one of the view."""
    stretch = math.exp(random.uniform(-kind.stretch, kind.stretch))
    width, height = int(SIDE * scale * math.sqrt(stretch)), int(SIDE * scale / math.sqrt(stretch))
    em = math.exp(random.uniform(math.log(kind.least_em), math.log(kind.most_em)))
    return em * height / SIDE, (width, height)
