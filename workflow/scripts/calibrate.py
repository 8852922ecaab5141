"""Choose a temperature for each network on half of the validation images, measure on the rest."""

import numpy as np
import pandas as pd
import torch
from safetensors.torch import load_file

from answerbook.classification.calibration import best_temperature, halves, measures, reliability
from answerbook.classification.recomputation import BATCH, recomputed_logits
from answerbook.jobs.files import replacing_all
from answerbook.jobs.logs import logged_to

TEMPERATURES = 2.0 ** (np.arange(-8, 25) / 8)  # from 1/2 to 8, and 1 among them


def calibrate(
    weights: list[str], runs: list[dict], images: np.ndarray, labels: np.ndarray
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What every network does at many temperatures and at its own; reliability at 1 and its own.

    runs: of each its "experiment", "seed" and "convolutions", in the order of the files of weights.
    images uint8 (N, 3, 32, 32), labels (N,). `chosen` marks the rows of each network's own one.
    """
    choose, measure = halves(len(labels))
    rows, bins = [], []
    for path, run in zip(weights, runs, strict=True):
        logits = _logits(path, run["convolutions"], images)
        named = {"experiment": run["experiment"], "seed": run["seed"]}
        own = best_temperature(logits[choose], labels[choose])
        for temperature, chosen in [*((t, False) for t in TEMPERATURES), (own, True)]:
            at = {**named, "temperature": temperature, "chosen": chosen}
            measured = logits[measure] / temperature, labels[measure]
            rows.append(at | {"images": len(measured[1])} | measures(*measured))
            if chosen or temperature == 1:
                bins.append(reliability(*measured).assign(**at))
    columns = ["experiment", "seed", "temperature", "chosen", "bin"]
    return pd.DataFrame(rows), pd.concat(bins)[[*columns, "images", "confidence", "accuracy"]]


def _logits(path: str, convolutions: list[dict], images: np.ndarray) -> np.ndarray:
    """Logits (N, classes) in float64 of the network whose weights are in the file."""
    parameters, batches = load_file(path), torch.from_numpy(images).split(BATCH)
    logits = [recomputed_logits(parameters, convolutions, batch) for batch in batches]
    return torch.cat(logits).double().numpy()


if __name__ == "__main__":
    data, made = snakemake.input, snakemake.output
    with (
        logged_to(snakemake.log[0]),
        replacing_all(made.calibration, made.reliability) as (calibration, bins),
    ):
        torch.set_num_threads(snakemake.threads)
        images, labels = np.load(data.images, mmap_mode="c"), np.load(data.labels)
        tables = calibrate(data.weights, snakemake.params.runs, images, labels.astype(np.int64))
        for table, path in zip(tables, (calibration, bins), strict=True):
            table.to_csv(path, index=False)
