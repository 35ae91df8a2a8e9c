"""Grey pages with lines of type, and where each of their letters stands."""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from .fonts import font
from .prompts import MOST_DIGITS
from .vocabulary import KEYS


@dataclass(frozen=True)
class Line:
    text: str
    key: str  # empty for a line that is never asked for
    answer: str
    edges: np.ndarray  # left ends of the letters and the right end of the last one, in pixels of the page
    top: float  # of the ink
    bottom: float

    @property
    def left(self):
        return self.edges[0]

    @property
    def right(self):
        return self.edges[-1]


@dataclass(frozen=True)
class Page:
    image: Image.Image
    lines: list[Line]
    em: float

    @property
    def box(self):
        """All of it: left, top, right, bottom."""
        return (0, 0, *self.image.size)


class _Sheet:
    """A page that is being written on."""

    def __init__(self, random, size):
        paper = random.randint(224, 255) if random.random() < 0.6 else 255
        self.image = Image.new("L", size, paper)
        self.drawing = ImageDraw.Draw(self.image)
        self.ink = random.randint(0, 90)
        self.lines = []

    def write(self, text, x, y, face, key="", answer=""):
        """Draws a line whose ascenders begin at y and notes where its letters are."""
        self.drawing.text((x, y), text, fill=self.ink, font=face)
        edges = np.array([x + face.getlength(text[:count]) for count in range(len(text) + 1)])
        base = y + face.getmetrics()[0]
        self.lines.append(Line(text, key, answer, edges, base - 0.8 * face.size, base + 0.18 * face.size))


def digits(random, least=3, most=MOST_DIGITS):
    return "".join(random.choice("0123456789") for _ in range(random.randint(least, most)))


def label_page(random, size, em, count, fonts, parts=None):
    """
    Up to `count` lines "Key: digits" with distinct keys, in one column or scattered.
    @param size in pixels, as em; fonts how many of the three; parts boxes of which one must hold each line whole, for pages that are cut
    """
    width, height = size
    sheet = _Sheet(random, size)
    face = font(random.randrange(fonts), max(6, round(em)))
    margin = 0.25 * em
    scattered = random.random() < (0.8 if parts else 0.35)
    pitch = em * random.uniform(1.2, 2.2)
    separator = random.choice([": ", ": ", ": ", ":"])
    column, top = None, random.uniform(margin, 2 * em)
    for index, key in enumerate(random.sample(KEYS, count)):
        answer = digits(random)
        text = key + separator + answer
        room = width - 2 * margin - face.getlength(text)
        if room < 0:
            continue
        for _ in range(20):
            if scattered:
                x, y = random.uniform(margin, margin + room), random.uniform(margin, max(margin, height - margin - 1.15 * em))
            else:
                column = random.uniform(margin, margin + room) if column is None else column
                x, y = min(column, margin + room), top + index * pitch
            x, y = round(x), round(y)
            box = (x, y, x + face.getlength(text), y + 1.15 * em)
            if box[3] <= height and not any(_meets(box, line, em) for line in sheet.lines) and (parts is None or holder(box, parts) is not None):
                sheet.write(text, x, y, face, key, answer)
                break
    return Page(sheet.image, sheet.lines, em)


def dense_page(random, size, em, fonts):
    """Every row full of keys and digits, for learning letters: nothing on it can be asked for."""
    width, height = size
    sheet = _Sheet(random, size)
    number = random.randrange(fonts)
    y = random.uniform(0, em)
    while y + 1.15 * em < height:
        face = font(number if random.random() < 0.6 else random.randrange(fonts), max(6, round(em * random.uniform(0.9, 1.1))))
        x = random.uniform(0, em)
        while True:
            text = digits(random) if random.random() < 0.3 else random.choice(KEYS) + random.choice([": ", ":", " "]) + digits(random)
            if x + face.getlength(text) > width:
                break
            sheet.write(text, round(x), round(y), face)
            x += face.getlength(text) + em * random.uniform(0.6, 2)
        y += em * random.uniform(1.12, 1.7)
    return Page(sheet.image, sheet.lines, em)


def holder(box, parts):
    """Number of the first part that holds a box whole, or None."""
    left, top, right, bottom = box
    return next((index for index, part in enumerate(parts) if left > part[0] and top >= part[1] and right < part[2] and bottom <= part[3]), None)


def _meets(box, line, em):
    return box[0] < line.right + em / 2 and line.left - em / 2 < box[2] and box[1] < line.bottom + 0.1 * em and line.top - 0.1 * em < box[3]
