"""How two files differ: numbers by how much, other bytes from where on."""

from itertools import zip_longest
from pathlib import Path

import numpy as np

from answerbook.reproduction.values import UnknownFormatError, is_numeric, read_values

MOST = 5  # differences told of one file, the largest first
_CHUNK = 2**20  # numbers, or bytes, looked at in one go


def describe(ours: Path, theirs: Path) -> list[str]:
    """What differs between two files of the same name, a line each, the largest first."""
    try:
        values = read_values(ours), read_values(theirs)
    except UnknownFormatError:
        return [first_difference(ours, theirs)]
    except Exception as error:  # whatever a reader says of a damaged file
        return [f"cannot be read ({error}); {first_difference(ours, theirs)}"]
    told = sorted(_differences(*values), key=lambda difference: -difference[0])
    lines = [line for _, line in told[:MOST]]
    if len(told) > MOST:
        lines.append(f"and {len(told) - MOST} more")
    return lines or ["the same values, written differently"]


def _differences(
    ours: dict[str, np.ndarray], theirs: dict[str, np.ndarray]
) -> list[tuple[float, str]]:
    """(relative difference, what to tell) of every name whose values differ."""
    found = []
    for name in sorted(ours.keys() | theirs.keys()):
        if name not in ours or name not in theirs:
            found.append((np.inf, f"{name}: {'missing' if name not in ours else 'new'}"))
        elif difference := compare(ours[name], theirs[name]):
            found.append((difference[0], f"{name}: {difference[1]}"))
    return found


def compare(ours: np.ndarray, theirs: np.ndarray) -> tuple[float, str] | None:
    """The largest relative difference and what to tell of it; None if all values are the same.

    Relative to the larger of the two magnitudes; infinite where there is nothing to subtract.
    """
    if ours.shape != theirs.shape:
        return np.inf, f"shape {_shape(ours)} instead of {_shape(theirs)}"
    if not (is_numeric(ours) and is_numeric(theirs)):
        count = int(np.sum(ours.astype(str) != theirs.astype(str)))
        return (np.inf, _words(ours, theirs, count)) if count else None
    absolute, relative, count = _distance(ours.reshape(-1), theirs.reshape(-1))
    if count == 0:
        return None
    text = f"up to {absolute:.3g} (relative {relative:.3g}), in {count} of {ours.size}"
    return relative, text


def _distance(ours: np.ndarray, theirs: np.ndarray) -> tuple[float, float, int]:
    """Largest absolute and relative difference of two flat arrays, and how many differ.

    Not-a-number equals itself and is infinitely far from any number.
    """
    absolute = relative = 0.0
    count = 0
    for start in range(0, len(ours), _CHUNK):
        a, b = (x[start : start + _CHUNK].astype(np.float64) for x in (ours, theirs))
        different = ~((a == b) | (np.isnan(a) & np.isnan(b)))
        if different.any():
            a, b = a[different], b[different]
            distance = np.nan_to_num(np.abs(a - b), nan=np.inf)
            size = np.maximum(np.abs(a), np.abs(b))
            share = np.divide(distance, size, out=np.full_like(a, np.inf), where=np.isfinite(size))
            absolute, relative = max(absolute, distance.max()), max(relative, share.max())
            count += len(a)
    return absolute, relative, count


def first_difference(ours: Path, theirs: Path) -> str:
    """Sizes in bytes and up to where the bytes are alike."""
    alike = 0
    with ours.open("rb") as first, theirs.open("rb") as second:
        while (a := first.read(_CHUNK)) == (b := second.read(_CHUNK)) and a:
            alike += len(a)
    alike += next((i for i, (x, y) in enumerate(zip_longest(a, b)) if x != y), len(a))
    sizes = f"{ours.stat().st_size} bytes instead of {theirs.stat().st_size}"
    return f"{sizes}, alike up to byte {alike}"


def _words(ours: np.ndarray, theirs: np.ndarray, count: int) -> str:
    if ours.size == 1:
        return f"{_short(ours.item())} instead of {_short(theirs.item())}"
    return f"{count} of {ours.size} entries"


def _short(value: object, length: int = 60) -> str:
    text = repr(value)
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _shape(array: np.ndarray) -> str:
    return " × ".join(map(str, array.shape)) or "single"
