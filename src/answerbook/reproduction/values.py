"""The numbers and words in a file of results, by name."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import yaml
from safetensors.numpy import load_file


class UnknownFormatError(Exception):
    """A file of which nothing is known but its bytes."""


def read_values(file: Path) -> dict[str, np.ndarray]:
    """Arrays by column, key or tensor of a csv, npy, safetensors, json or yml file.

    Numbers are arrays of numbers; everything else is an array of strings.

    Raises `UnknownFormatError` for any other file, and ValueError (or what the reader raises) if
    the file is not what its name says.
    """
    match file.suffix:
        case ".csv":
            table = pd.read_csv(file)
            return {str(name): _array(table[name].to_numpy()) for name in table}
        case ".npy":
            return {"array": np.load(file, mmap_mode="r")}
        case ".safetensors":
            return load_file(file)
        case ".json":
            return dict(leaves(json.loads(file.read_text(encoding="utf-8"))))
        case ".yml" | ".yaml":
            return dict(leaves(yaml.safe_load(file.read_text(encoding="utf-8"))))
    raise UnknownFormatError(f"{file.name} holds no values that can be told apart")


def leaves(value: object, name: str = "") -> Iterator[tuple[str, np.ndarray]]:
    """Every value at the ends of nested mappings and lists: `experiments.baseline.epochs`.

    A list of numbers is one value.
    """
    if isinstance(value, dict):
        children = value.items()
    elif isinstance(value, list) and not all(_is_number(item) for item in value):
        children = enumerate(value)
    else:
        yield name, _array(np.asarray(value))
        return
    for key, child in children:
        yield from leaves(child, f"{name}.{key}" if name else str(key))


def is_numeric(array: np.ndarray) -> bool:
    """Whether the values can be subtracted: numbers, truth values among them."""
    return array.dtype.kind in "biuf"


def _array(values: np.ndarray) -> np.ndarray:
    return values if is_numeric(values) else values.astype(str)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)
