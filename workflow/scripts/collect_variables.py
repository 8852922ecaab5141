"""Collect the numbers that stand in the book's sentences."""

import numpy as np
import pandas as pd
import yaml

from answerbook.jobs.files import read_json, replacing
from answerbook.jobs.logs import logged_to
from answerbook.report.variables import collect


def count_images(labels: str) -> int:
    """How many labels the .npy file holds: one for each image."""
    return len(np.load(labels, mmap_mode="r"))


if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        data = snakemake.input
        variables = collect(
            config=snakemake.params.config,
            images={
                "train": count_images(data.train_labels),
                "test": count_images(data.test_labels),
            },
            source=read_json(data.source),
            histories=pd.read_csv(data.histories),
            calibration=pd.read_csv(data.calibration),
            gradients=pd.read_csv(data.gradients),
            random_networks=pd.read_csv(data.random_networks),
            constructions=pd.read_csv(data.constructions),
            lines=pd.read_csv(data.lines),
            regions=read_json(data.regions),
        )
        with replacing(snakemake.output.variables) as path:
            text = yaml.safe_dump(variables, allow_unicode=True, sort_keys=False)
            path.write_text(text, encoding="utf-8")
