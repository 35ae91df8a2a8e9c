"""Prompts: one prefix that shows a page, and several questions about it packed behind it that do not see one another."""

import numpy as np

from .shape import SOFT_TOKENS, WINDOW
from .vocabulary import CROPS_WORDING, ID, OVERVIEW_WORDING, tokenize

SOFT_ID = ID["<image_soft_token>"]
END_OF_TURN = ID["<end_of_turn>"]
MOST_DIGITS = 6
SLOTS = MOST_DIGITS + 1  # places of a question that predict: every digit and the end of the turn
_AFTER_KEY = tokenize("?<end_of_turn>\n<start_of_turn>model\n")
QUESTION_LENGTH = 1 + len(_AFTER_KEY) + MOST_DIGITS
_IMAGE = "\n\n<start_of_image>" + "<image_soft_token>" * SOFT_TOKENS + "<end_of_image>\n\n"


def prefix(crops):
    """Token ids of the turn up to the question: the whole page, and its crops in the wording of the reference processor."""
    shown = _IMAGE if crops == 0 else f"{OVERVIEW_WORDING} {_IMAGE} {CROPS_WORDING} {' '.join([_IMAGE] * crops)}"
    return np.array(tokenize("<bos><start_of_turn>user\n" + shown), np.int32)


def question(key, answer):
    """(ids, targets, weights), QUESTION_LENGTH each: targets follow their token by one; weight 0 where nothing is to be predicted."""
    asked, answered = [ID[key], *_AFTER_KEY], tokenize(answer)
    before = len(asked) - 1
    ids, targets, weights = asked + answered, [0] * before + [*answered, END_OF_TURN], [0.0] * before + [1.0] * (len(answered) + 1)
    padding = QUESTION_LENGTH - len(ids)
    return ids + [0] * padding, targets + [0] * padding, weights + [0.0] * padding


def layout(crops, questions):
    """
    Positions (T) and mask (T, T: who sees whom) of a prefix with its packed questions. A question sees the prefix and itself; the soft tokens of a
    picture see all of it; no layer looks further back than the window, which is longer than any prompt here.
    """
    ids = prefix(crops)
    count = len(ids)
    positions = np.concatenate([np.arange(count), *[count + np.arange(QUESTION_LENGTH)] * questions])
    owner = np.concatenate([np.zeros(count, int), np.repeat(np.arange(questions) + 1, QUESTION_LENGTH)])
    soft = np.concatenate([ids == SOFT_ID, np.zeros(questions * QUESTION_LENGTH, bool)])
    picture = np.where(soft, np.cumsum(np.diff(soft.astype(int), prepend=0) == 1), 0)
    order = np.arange(len(positions))
    mask = (order[:, None] >= order[None, :]) & ((owner[None, :] == 0) | (owner[:, None] == owner[None, :]))
    mask |= (picture[:, None] > 0) & (picture[:, None] == picture[None, :])
    return positions, mask & (positions[:, None] - positions[None, :] < WINDOW)
