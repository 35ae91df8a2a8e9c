"""What the model sees of a page, and what it should find there."""

import numpy as np
from PIL import Image

from .pages import holder
from .shape import SIDE, SOFT, SOFT_TOKENS
from .vocabulary import KEYS

# Points of a view whose letter and key are asked for in training.
GLYPH_ROWS, GLYPH_COLUMNS = 2 * (SIDE // 14), 3 * (SIDE // 14)  # two by three per patch
KEY_ROWS, KEY_COLUMNS = 4 * SOFT, 2 * SOFT  # four by two per soft token
UNKNOWN = 255

_GLYPHS = sorted(set("".join(KEYS)) | set("0123456789:"))
_GLYPH_CLASS = {glyph: index + 1 for index, glyph in enumerate(_GLYPHS)}
GLYPH_CLASSES = len(_GLYPHS) + 1  # 0 is blank
KEY_CLASSES = len(KEYS) + 1


def view(page, box):
    """(SIDE, SIDE) grey levels of a box of the page, stretched as the reference processor does."""
    return np.asarray(page.image.crop(box).resize((SIDE, SIDE), Image.Resampling.BILINEAR))


def glyph_labels(page, box):
    """(GLYPH_ROWS, GLYPH_COLUMNS) classes: the letter whose box covers each point, 0 for none."""
    ys, xs = _points(box, GLYPH_ROWS, GLYPH_COLUMNS)
    labels = np.zeros((GLYPH_ROWS, GLYPH_COLUMNS), np.uint8)
    for line in page.lines:
        rows = (ys >= line.top) & (ys < line.bottom)
        letters = np.searchsorted(line.edges, xs, side="right") - 1
        inside = (letters >= 0) & (letters < len(line.text))
        classes = np.array([_GLYPH_CLASS.get(line.text[letter], 0) if ok else 0 for letter, ok in zip(letters, inside)], np.uint8)
        labels[np.ix_(rows, inside)] = classes[inside]
    return labels


def key_labels(page, box):
    """(KEY_ROWS, KEY_COLUMNS) classes: the key of the line that covers each point, 0 for none; all unknown where lines have no key."""
    ys, xs = _points(box, KEY_ROWS, KEY_COLUMNS)
    labels = np.zeros((KEY_ROWS, KEY_COLUMNS), np.uint8)
    for line in page.lines:
        if line.key == "":
            return np.full_like(labels, UNKNOWN)
        rows, columns = (ys >= line.top) & (ys < line.bottom), (xs >= line.left) & (xs < line.right)
        labels[np.ix_(rows, columns)] = KEYS.index(line.key) + 1
    return labels


def places(line, boxes):
    """
    Soft tokens of the views `boxes` (the whole page first) that show the last letter of a line's key, and each letter of its answer: numbers through all
    views. None where no view that counts holds the line: with crops the overview does not.
    """
    first = 0 if len(boxes) == 1 else 1
    ink = (line.left, line.top, line.right, line.bottom)
    found = holder(ink, boxes[first:])
    if found is None:
        return None
    left, top, right, bottom = boxes[first + found]
    row = int((line.top + line.bottom) / 2 - top) * SOFT // max(1, bottom - top)

    def token(letter):
        middle = (line.edges[letter] + line.edges[letter + 1]) / 2
        column = int((middle - left) / (right - left) * SOFT)
        return (first + found) * SOFT_TOKENS + min(SOFT - 1, row) * SOFT + min(SOFT - 1, max(0, column))

    begin = len(line.text) - len(line.answer)
    return token(len(line.key) - 1), [token(begin + index) for index in range(len(line.answer))]


def grid(size, columns, rows, overlap=0.0):
    """Boxes of a grid of crops, row by row; neighbours share `overlap` of a crop."""
    width, height = size
    across, down = width / (columns - (columns - 1) * overlap), height / (rows - (rows - 1) * overlap)
    starts = [(round(column * across * (1 - overlap)), round(row * down * (1 - overlap))) for row in range(rows) for column in range(columns)]
    return [(x, y, min(width, round(x + across)), min(height, round(y + down))) for x, y in starts]


def _points(box, rows, columns):
    left, top, right, bottom = box
    return top + (np.arange(rows) + 0.5) * (bottom - top) / rows, left + (np.arange(columns) + 0.5) * (right - left) / columns
