"""Configs with mistakes in them, and configs that are only unusual."""

import copy
import datetime
from contextlib import suppress
from functools import reduce
from operator import getitem

import yaml
from hypothesis import strategies as st

TEXTS = st.one_of(
    st.text(max_size=6),
    st.sampled_from(["", " ", "~", ".", "..", "/", "a/../b", "{x}", "<results>", "%s", "$HOME"]),
    st.sampled_from(["1e-3", "0", "on", "null", "é" * 120, "a\nb", "a\0b", "\ud800", "x" * 5000]),
    st.sampled_from(["cpu", "synthetic", "html", "results/x", "/tmp/x y", "<results>/x", "\u202e"]),
)
SCALARS = st.one_of(
    st.none() | st.booleans() | st.integers(-3, 3) | TEXTS | st.just(datetime.date(2020, 1, 1)),
    st.sampled_from([0.5, -0.0, 3.0, 1e-300, 1e300, float("nan"), float("inf"), -float("inf")]),
    st.sampled_from([99, 100, 128, 50_000, 50_001, 65_536, 2**32 - 1, 2**32, 2**64, -(10**400)]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
KEYS = TEXTS | st.sampled_from(["Epochs", "seed", "wide", "x_1", 7, True, None, 0.5])
EXPERIMENTS = st.fixed_dictionaries(
    {
        "widths": st.lists(st.integers(1, 1000), min_size=1, max_size=4),
        "epochs": st.integers(1, 10_000),
    },
    optional={
        "batch_size": st.integers(1, 200),
        "learning_rate": st.floats(1e-6, 100),
        "augmented": st.booleans(),
        "seeds": st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=3, unique=True),
    },
)
SOUND = {  # changes that leave a config valid
    ("device",): st.sampled_from(["auto", "cpu", "cuda", "mps"]),
    ("matmul_precision",): st.sampled_from(["highest", "high", "medium"]),
    ("data", "source"): st.sampled_from(["cifar10", "synthetic"]),
    ("report", "formats"): st.sampled_from([["pdf"], ["pdf", "html"]]),
    ("pathvars", "results"): st.sampled_from(["results/é", "/tmp/a b", "x"]),
    ("seeds",): st.lists(st.integers(0, 9), min_size=1, unique=True),
    ("experiments", "another"): EXPERIMENTS,
}


def places(value, path=()):
    """The paths of all values within a value, its own left out."""
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield (*path, key)
            yield from places(item, (*path, key))


@st.composite
def mutated(draw, config):
    """The config after one to three changes of it, sound ones and mistakes."""
    config = copy.deepcopy(config)
    for _ in range(draw(st.integers(1, 3))):
        *path, last = draw(st.sampled_from([*places(config), *SOUND]))
        if draw(st.booleans()):
            *path, last = draw(st.sampled_from(list(SOUND)))
        with suppress(KeyError, IndexError, TypeError):  # where an earlier change took the place
            change(draw, reduce(getitem, path, config), last, SOUND.get((*path, last)))
    return config


def change(draw, within, key, sound):
    """Change what is at the key within a mapping or a list, in place."""
    if sound is not None and isinstance(within, dict):
        within[key] = copy.deepcopy(draw(sound))  # sampled values are shared between examples
        return
    value = within[key]
    match draw(st.sampled_from(["drop", "retype", "add", "wrap"])):
        case "drop":
            del within[key]
        case "retype":
            within[key] = copy.deepcopy(draw(VALUES))
        case "add" if isinstance(value, dict):
            value[draw(KEYS)] = draw(VALUES | EXPERIMENTS)
        case "add" if isinstance(value, list):
            value.append(copy.deepcopy(draw(VALUES | st.sampled_from([*value, None]))))
        case _:
            for _ in range(draw(st.sampled_from([1, 2, 60]))):
                value = draw(st.sampled_from([[value], {"x": value}]))
            within[key] = value


@st.composite
def scribbled(draw, text):
    """The text with a few of its characters gone, doubled or replaced."""
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 4)))
        text = text[:start] + draw(TEXTS | st.just(2 * text[start:end])) + text[end:]
    return text


def written(config):
    """The YAML of the config, in ASCII."""
    return yaml.safe_dump(config, sort_keys=False)
