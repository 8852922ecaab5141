"""`python -m answerbook.approximation WEIGHTS --from A.npy --to B.npy`: kinks between two points.

Counts the kinks of any network of Linear layers with ReLU between them along the segment from A
to B, and writes where they are and the slopes on either side.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from answerbook.approximation.conversion import read_network
from answerbook.approximation.kinks import Kinks, count_kinks
from answerbook.approximation.network import ReLUNetwork
from answerbook.drawing.style import BLACK, COLOURS, new_figure
from answerbook.errors import AnswerbookError


def main(arguments: list[str] | None = None) -> int:
    """Count and write; return 0, or 1 after a sentence on what is wrong."""
    options = _parser().parse_args(arguments)
    try:
        network = read_network(options.weights)
        start, end = read_point(options.start), read_point(options.end)
        if start.size != end.size:
            raise AnswerbookError(
                f"A has {start.size} numbers, B has {end.size}: no line has both."
            )
        kinks = count_kinks(network, start, end - start, (0, 1))
        if options.figure:
            draw(network, start, end, kinks).savefig(options.figure)
        as_table(kinks).to_csv(options.csv or sys.stdout, index=False)
    except (AnswerbookError, OSError, ValueError) as error:  # ValueError: not a kind of figure
        print(f"ERROR: {error}", file=sys.stderr)
        return 1
    print(f"{len(kinks)} kinks", file=sys.stderr)
    return 0


def read_point(path: Path) -> np.ndarray:
    """The array in a .npy file, of any shape, as one vector in float64."""
    try:
        return np.load(path).astype(float).ravel()
    except (OSError, ValueError) as error:
        raise AnswerbookError(f"{path} cannot be read as one array of numbers: {error}") from error


def as_table(kinks: Kinks) -> pd.DataFrame:
    """A row a kink: `t`, 0 at A and 1 at B, and `left_i`, `right_i`, the slopes of output i.

    A slope is the derivative by t.
    """
    outputs = range(kinks.slopes_left.shape[1])
    columns = ["t", *(f"{side}_{i}" for side in ("left", "right") for i in outputs)]
    rows = np.column_stack([kinks.positions, kinks.slopes_left, kinks.slopes_right])
    return pd.DataFrame(rows, columns=columns)


def draw(network: ReLUNetwork, start: np.ndarray, end: np.ndarray, kinks: Kinks) -> Figure:
    """Each output along the segment, straight from kink to kink, which are marked."""
    t = np.array([0, *kinks.positions, 1])
    figure = new_figure(3)
    axes = figure.subplots()
    for i, values in enumerate(network(start + t[:, None] * (end - start)).T):
        axes.plot(t, values, color=COLOURS[i % len(COLOURS)], marker=".", markevery=slice(1, -1))
    for position in kinks.positions:
        axes.axvline(position, 0, 0.02, color=BLACK, linewidth=0.5)
    axes.set(xlabel="from A (0) to B (1)", ylabel="outputs", title=f"{len(kinks)} kinks")
    return figure


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m answerbook.approximation",
        description="Kinks of a network of Linear layers and ReLU along the segment from A to B.",
    )
    parser.add_argument("weights", type=Path, help="safetensors: ….0.weight, ….0.bias, ….1.weight")
    parser.add_argument("--from", dest="start", type=Path, required=True, help="A, a .npy file")
    parser.add_argument("--to", dest="end", type=Path, required=True, help="B, a .npy file")
    parser.add_argument("--csv", type=Path, help="write the table here and not to stdout")
    parser.add_argument("--figure", type=Path, help="draw the outputs: .svg, .png or .pdf")
    return parser


if __name__ == "__main__":
    sys.exit(main())
