"""Put together what the figures that answer back show."""

import json

import numpy as np
import pandas as pd

from answerbook.approximation.conversion import read_network
from answerbook.jobs.files import replacing
from answerbook.jobs.logs import logged_to
from answerbook.report.live_data import augmentation, classifier, curves, temperature

TYPICAL = 2000  # training images that say which weights matter


def collect_live_data(
    *, histories, images, samples, test_images, test_labels, weights, interpolating, runs
) -> dict:
    """The data of each figure that needs some, by the name that its script asks for."""
    images = np.load(images, mmap_mode="r")
    networks = {name: read_network(path) for name, path in zip(runs, weights, strict=True)}
    unseen = np.load(test_images, mmap_mode="r"), np.load(test_labels)
    too_sure = {"baseline": networks["baseline"], "interpolating": read_network(interpolating)}
    return {
        "curves": curves(pd.read_csv(histories)),
        "augmentation": augmentation(images, pd.read_csv(samples)),
        "classifier": classifier(networks, *unseen, np.array(images[:TYPICAL])),
        "temperature": temperature(too_sure, *unseen),
    }


if __name__ == "__main__":
    with logged_to(snakemake.log[0]), replacing(snakemake.output.data) as path:
        data = collect_live_data(**dict(snakemake.input.items()), runs=snakemake.params.runs)
        path.write_text(json.dumps(data, allow_nan=False) + "\n", encoding="utf-8")
