"""Compute what every trained network does again, from its saved weights."""

import numpy as np
import pandas as pd
import torch
from safetensors.torch import load_file

from answerbook.classification.minibatches import draw_labels
from answerbook.classification.recomputation import recompute
from answerbook.jobs.files import replacing
from answerbook.jobs.logs import logged_to


def recompute_runs(
    weights: list[str], runs: list[dict], training: tuple, validation: tuple
) -> pd.DataFrame:
    """One row a run: what the last row of its history has of the network at the end.

    runs: of each its "experiment", "seed" and "settings", in the order of the files of weights.
    training, validation: images uint8 (N, 3, 32, 32) and labels (N,), as arrays.
    """
    splits = {"clean_train": training, "val": validation}
    rows = []
    for path, run in zip(weights, runs, strict=True):
        settings, parameters = run["settings"], load_file(path)
        row = {"experiment": run["experiment"], "seed": run["seed"]}
        for split, (images, labels) in splits.items():
            if split == "clean_train" and settings["random_labels"]:
                labels = draw_labels(len(labels), int(labels.max()) + 1, run["seed"])
            arrays = torch.from_numpy(images), torch.from_numpy(labels.astype(np.int64))
            loss, accuracy = recompute(parameters, settings["convolutions"], *arrays)
            row |= {f"{split}_loss": loss, f"{split}_accuracy": accuracy}
        rows.append(row)
    return pd.DataFrame(rows)


if __name__ == "__main__":
    with logged_to(snakemake.log[0]), replacing(snakemake.output.recomputed) as path:
        torch.set_num_threads(snakemake.threads)
        data = snakemake.input
        training, validation = (
            (np.load(images, mmap_mode="c"), np.load(labels))
            for images, labels in (
                (data.train_images, data.train_labels),
                (data.test_images, data.test_labels),
            )
        )
        table = recompute_runs(data.weights, snakemake.params.runs, training, validation)
        table.to_csv(path, index=False)
