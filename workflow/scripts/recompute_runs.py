"""Compute what every trained network does again, from its saved weights; how sure some are."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import torch
from safetensors.torch import load_file

from answerbook.classification.calibration import best_temperature, halves, measures, reliability
from answerbook.classification.minibatches import draw_labels
from answerbook.classification.recomputation import loss_and_accuracy, recomputed_logits
from answerbook.jobs.files import replacing_all
from answerbook.jobs.logs import logged_to

TEMPERATURES = 2.0 ** (np.arange(-8, 25) / 8)  # from 1/2 to 8, and 1 among them
Run = tuple[str, int]  # experiment and seed


def recompute_runs(
    weights: list[str], runs: list[dict], training: tuple, validation: tuple
) -> tuple[pd.DataFrame, dict[Run, np.ndarray]]:
    """One row a run: what the last row of its history has of the network at the end.

    And by run the logits (N, classes) on the validation images, float64.
    runs: of each its "experiment", "seed" and "settings", in the order of the files of weights.
    training, validation: images uint8 (N, 3, 32, 32) and labels (N,), as arrays.
    """
    splits = {"clean_train": training, "val": validation}
    rows, validated = [], {}
    for path, run in zip(weights, runs, strict=True):
        settings, parameters = run["settings"], load_file(path)
        row = {"experiment": run["experiment"], "seed": run["seed"]}
        for split, (images, labels) in splits.items():
            if split == "clean_train" and settings["random_labels"]:
                labels = draw_labels(len(labels), int(labels.max()) + 1, run["seed"])
            arrays = torch.from_numpy(images), torch.from_numpy(labels.astype(np.int64))
            logits = recomputed_logits(parameters, settings["convolutions"], arrays[0]).double()
            loss, accuracy = loss_and_accuracy(logits, arrays[1])
            row |= {f"{split}_loss": loss, f"{split}_accuracy": accuracy}
        rows.append(row)
        validated[run["experiment"], run["seed"]] = logits.numpy()
    return pd.DataFrame(rows), validated


def calibrate(
    networks: Mapping[Run, np.ndarray], labels: np.ndarray
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What every network does at many temperatures and at its own; reliability at 1 and its own.

    networks: of each its logits (N, classes). labels (N,). The temperature is chosen on half of the
    images, and all is measured on the others. `chosen` marks the rows of each network's own one.
    """
    choose, measure = halves(len(labels))
    rows, bins = [], []
    for (experiment, seed), logits in networks.items():
        own = best_temperature(logits[choose], labels[choose])
        for temperature, chosen in [*((t, False) for t in TEMPERATURES), (own, True)]:
            at = {"experiment": experiment, "seed": seed}
            at |= {"temperature": temperature, "chosen": chosen}
            measured = logits[measure] / temperature, labels[measure]
            rows.append(at | {"images": len(measured[1])} | measures(*measured))
            if chosen or temperature == 1:
                bins.append(reliability(*measured).assign(**at))
    columns = ["experiment", "seed", "temperature", "chosen", "bin"]
    return pd.DataFrame(rows), pd.concat(bins)[[*columns, "images", "confidence", "accuracy"]]


if __name__ == "__main__":
    data, made, params = snakemake.input, snakemake.output, snakemake.params
    paths = made.recomputed, made.calibration, made.reliability
    with logged_to(snakemake.log[0]), replacing_all(*paths) as temporaries:
        torch.set_num_threads(snakemake.threads)
        training, validation = (
            (np.load(images, mmap_mode="c"), np.load(labels))
            for images, labels in (
                (data.train_images, data.train_labels),
                (data.test_images, data.test_labels),
            )
        )
        recomputed, logits = recompute_runs(data.weights, params.runs, training, validation)
        calibrated = [(run["experiment"], run["seed"]) for run in params.calibrated]
        tables = calibrate({run: logits[run] for run in calibrated}, validation[1].astype(np.int64))
        for table, path in zip((recomputed, *tables), temporaries, strict=True):
            table.to_csv(path, index=False)
