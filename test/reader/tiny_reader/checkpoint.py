"""A run on disk: weights, the optimiser's state and the number of steps made, in one file that is replaced whole."""

import os

import jax.numpy as jnp
import numpy as np


def save(path, step, weights, state):
    arrays = {f"{group}/{name}": array for group, part in {"weights": weights, **state}.items() for name, array in part.items()}
    fresh = path.with_suffix(".new")
    with open(fresh, "wb") as file:
        np.savez(file, step=step, **arrays)
    os.replace(fresh, path)


def load(path):
    """@returns steps made, weights, state"""
    groups = {"weights": {}, "first": {}, "second": {}}
    with np.load(path) as file:
        for key in file.files:
            if key != "step":
                group, name = key.split("/", 1)
                groups[group][name] = jnp.asarray(file[key])
        return int(file["step"]), groups.pop("weights"), groups
