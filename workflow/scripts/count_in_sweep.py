"""Count the kinks of one network of a sweep along lines, at each of its snapshots."""

import logging
from collections import defaultdict
from collections.abc import Mapping

import numpy as np
import pandas as pd
from safetensors.numpy import load_file

from answerbook.approximation.conversion import from_tensors
from answerbook.approximation.kinks import count_kinks
from answerbook.errors import AnswerbookError
from answerbook.jobs.files import replacing
from answerbook.jobs.logs import logged_to

logger = logging.getLogger("answerbook")


def networks(snapshots: Mapping[str, np.ndarray]) -> dict[int, dict[str, np.ndarray]]:
    """The parameters by epoch, in order, of tensors named `epoch3.layers.0.weight`."""
    parameters = defaultdict(dict)
    for name, tensor in snapshots.items():
        epoch, _, rest = name.removeprefix("epoch").partition(".")
        parameters[int(epoch)][rest] = tensor
    return dict(sorted(parameters.items()))


def count(parameters: Mapping[str, np.ndarray], lines: np.ndarray) -> list[int] | list[None]:
    """The kinks strictly between the ends of each line, lines (n, 2, in_features).

    None for each of them if the network has no kinks to count: its training diverged, so that its
    weights are not finite or so large that their products overflow.
    """
    try:
        network = from_tensors(parameters)
        return [len(count_kinks(network, a, b - a, (0, 1))) for a, b in lines]
    except AnswerbookError as error:
        logger.info("not counted: %s", error)
        return [None] * len(lines)


if __name__ == "__main__":
    with logged_to(snakemake.log[0]), replacing(snakemake.output.kinks) as path:
        lines = np.load(snakemake.input.lines)
        counted = [
            pd.DataFrame({"epoch": epoch, "line": range(len(lines)), "kinks": count(each, lines)})
            for epoch, each in networks(load_file(snakemake.input.snapshots)).items()
        ]
        pd.concat(counted).astype({"kinks": "Int64"}).to_csv(path, index=False)
