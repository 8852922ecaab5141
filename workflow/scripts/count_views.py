"""Count in how many views of some test images two networks name their class."""

from pathlib import Path

import numpy as np

from answerbook.approximation.conversion import read_network
from answerbook.classification.views import count_right
from answerbook.jobs.files import replacing
from answerbook.jobs.logs import logged_to

if __name__ == "__main__":
    with logged_to(snakemake.log[0]), replacing(snakemake.output.views) as views:
        files = map(Path, snakemake.input.weights)
        networks = {
            run: read_network(file)
            for run, file in zip(snakemake.params.runs.items(), files, strict=True)
        }
        images = np.load(snakemake.input.images, mmap_mode="r")
        table = count_right(networks, images, np.load(snakemake.input.labels))
        table.to_csv(views, index=False)
