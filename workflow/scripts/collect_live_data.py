"""Put together what the figures that answer back show."""

import json

import numpy as np
import pandas as pd

from answerbook.jobs.files import replacing
from answerbook.jobs.logs import logged_to
from answerbook.report.content.live import augmentation, curves


def collect_live_data(*, histories, images, samples) -> dict:
    """The data of each figure that needs some, by the name that its script asks for."""
    return {
        "curves": curves(pd.read_csv(histories)),
        "augmentation": augmentation(np.load(images, mmap_mode="r"), pd.read_csv(samples)),
    }


if __name__ == "__main__":
    with logged_to(snakemake.log[0]), replacing(snakemake.output.data) as path:
        data = collect_live_data(**dict(snakemake.input.items()))
        path.write_text(json.dumps(data, allow_nan=False) + "\n", encoding="utf-8")
