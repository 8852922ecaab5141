"""Configs with mistakes in them, and configs that are only unusual."""

import copy
import datetime

import yaml
from hypothesis import strategies as st

NUMBERS = st.one_of(
    st.integers(-3, 3),
    st.sampled_from([0.5, -0.0, 3.0, 1e-300, 1e300, float("nan"), float("inf"), -float("inf")]),
    st.sampled_from([99, 100, 128, 50_000, 50_001, 65_536, 2**32 - 1, 2**32, 2**64, -(10**400)]),
)
TEXTS = st.one_of(
    st.text(max_size=6),
    st.sampled_from(
        ["", " ", "~", ".", "..", "/", "a/../b", "{x}", "<results>", "<x>", "%s", "$HOME"]
    ),
    st.sampled_from(["1e-3", "0", "on", "null", "é" * 120, "a\nb", "a\0b", "\ud800", "x" * 5000]),
    st.sampled_from(["cpu", "synthetic", "html", "results/x", "/tmp/x y", "<results>/x", "\u202e"]),
)
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS, st.just(datetime.date(2020, 1, 1)))
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
KEYS = st.one_of(TEXTS, st.sampled_from(["Epochs", "seed", "wide", "x_1", 7, True, None, 0.5]))
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,39}", fullmatch=True)
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
SOUND = st.one_of(
    st.tuples(st.just(("device",)), st.sampled_from(["auto", "cpu", "cuda", "mps"])),
    st.tuples(st.just(("matmul_precision",)), st.sampled_from(["highest", "high", "medium"])),
    st.tuples(st.just(("data", "source")), st.sampled_from(["cifar10", "synthetic"])),
    st.tuples(st.just(("report", "formats")), st.sampled_from([["pdf"], ["pdf", "html"]])),
    st.tuples(st.just(("pathvars", "results")), st.sampled_from(["results/é", "/tmp/a b", "x"])),
    st.tuples(st.just(("seeds",)), st.lists(st.integers(0, 9), min_size=1, unique=True)),
    st.tuples(st.tuples(st.just("experiments"), NAMES), EXPERIMENTS),
)


def places(value, path=()):
    """The paths of all values within a value, its own first."""
    yield path
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in items:
            yield from places(item, (*path, key))


def at(config, path):
    for key in path:
        config = config[key]
    return config


def put(config, path, value):
    """Set the value at a path, with mappings on the way to it; nothing where that cannot be."""
    for key in path[:-1]:
        if isinstance(config, dict):
            config = config.setdefault(key, {})
        elif isinstance(config, list) and key in range(len(config)):
            config = config[key]
    if isinstance(config, dict) or (isinstance(config, list) and path[-1] in range(len(config))):
        config[path[-1]] = copy.deepcopy(value)  # sampled values are shared between examples


CHANGES = ["sound", "sound", "sound", "drop", "retype", "add", "swap", "wrap", "twice"]


@st.composite
def mutated(draw, config):
    """The config after one to three changes of it, sound ones and mistakes."""
    config = copy.deepcopy(config)
    for _ in range(draw(st.integers(1, 3))):
        paths = [path for path in places(config) if path]
        if paths:
            change(draw, config, draw(st.sampled_from(CHANGES)), paths)
    return config


def change(draw, config, how, paths):
    """Change the config in place at one of the paths."""
    path = draw(st.sampled_from(paths))
    value = at(config, path)
    match how:
        case "sound":
            put(config, *draw(SOUND))
        case "drop":
            del at(config, path[:-1])[path[-1]]
        case "retype":
            put(config, path, draw(VALUES))
        case "add" if isinstance(value, dict):
            value[draw(KEYS)] = draw(VALUES | EXPERIMENTS)
        case "add" if isinstance(value, list):
            value.append(draw(VALUES))
        case "swap":
            other = draw(st.sampled_from(paths))
            if path[: len(other)] != other and other[: len(path)] != path:
                put(config, path, at(config, other))
                put(config, other, value)
        case "wrap":
            for _ in range(draw(st.sampled_from([1, 2, 60]))):
                value = draw(st.sampled_from([[value], {"x": value}]))
            put(config, path, value)
        case "twice" if isinstance(value, list):
            value.extend(copy.deepcopy(value))


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
