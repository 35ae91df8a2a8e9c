"""The loop: batches by number, steps, a line of figures every so often, a checkpoint with it."""

import json
import random
import time
from dataclasses import astuple
from functools import partial

import jax
import numpy as np

from . import checkpoint
from .batches import crops_page, letters_page, make_batch, single_page
from .evaluation import exact_match, unseen_singles
from .losses import letters_loss, reading_loss
from .optimiser import first_state, update
from .weights import first_weights

_ADAM_SHARE = 0.1  # of Muon's rate
_WARM_UP = 40  # steps
_LETTERS_WEIGHT, _LOOKS_WEIGHT = 0.3, 0.3


@partial(jax.jit, donate_argnums=(0, 1))
def _letters_step(weights, state, batch, step, rate):
    trained = {name: weight for name, weight in weights.items() if name.startswith(("v.", "mm.", "aux."))}
    (loss, right), gradients = jax.value_and_grad(letters_loss, has_aux=True)(trained, *batch[:3])
    return *update(weights, gradients, state, step, rate, rate * _ADAM_SHARE), loss, right


@partial(jax.jit, static_argnums=2, donate_argnums=(0, 1))
def _reading_step(weights, state, crops, batch, step, rate):
    def loss_of(some):
        return reading_loss(some, crops, batch, _LETTERS_WEIGHT, _LOOKS_WEIGHT)

    (_, (loss, right, _)), gradients = jax.value_and_grad(loss_of, has_aux=True)(weights)
    return *update(weights, gradients, state, step, rate, rate * _ADAM_SHARE), loss, right


def batch_of(plan, seed, step):
    """@returns the batch of a step and its number of crops"""
    stage, _ = plan.at(step)
    source = random.Random(seed * 1_000_000_007 + step)
    if source.random() < stage.dense:
        return make_batch(source, [letters_page(source, stage.kind) for _ in range(plan.views)]), 0
    (crops,) = source.choices(list(stage.crops), list(stage.crops.values()))
    draw = partial(crops_page, crops=crops) if crops > 0 else single_page
    return make_batch(source, [draw(source, stage.kind) for _ in range(max(1, plan.views // (crops + 1)))]), crops


def train(plan, folder, seed, stop):
    """
    Goes on where `folder` left off. Writes checkpoint.npz and log.jsonl, a line for each evaluation.
    @param stop () -> bool, asked between steps @returns weights
    """
    file = folder / "checkpoint.npz"
    weights = first_weights(seed)
    step, weights, state = checkpoint.load(file) if file.exists() else (0, weights, first_state(weights))
    pages = unseen_singles(plan.stages[-1].kind, plan.evaluated_pages)
    begun, losses, letters = time.monotonic(), [], []
    while step < plan.steps and not stop():
        stage, through = plan.at(step)
        rate = stage.muon_rate * min(1.0, (step + 1) / _WARM_UP) * (1 - through if stage.fades else 1.0)
        batch, crops = batch_of(plan, seed, step)
        arrays = astuple(batch)
        if stage.questions:
            weights, state, loss, right = _reading_step(weights, state, crops, arrays, step, rate)
        else:
            weights, state, loss, right = _letters_step(weights, state, arrays, step, rate)
        losses.append(float(loss))
        letters.append(float(right))
        step += 1
        if step % plan.evaluate_every == 0 or step == plan.steps:
            checkpoint.save(file, step, weights, state)
            exact = exact_match(weights, pages, random.Random(0))
            figures = {"step": step, "loss": np.mean(losses), "letters_right": np.mean(letters), "exact_match": exact}
            _log(folder, {**figures, "questions": stage.questions, "seconds": time.monotonic() - begun})
            losses, letters = [], []
    checkpoint.save(file, step, weights, state)
    return weights


def _log(folder, figures):
    line = json.dumps({name: round(float(value), 4) if isinstance(value, float) else value for name, value in figures.items()})
    print(line, flush=True)
    with open(folder / "log.jsonl", "a", encoding="utf-8") as file:
        file.write(line + "\n")
