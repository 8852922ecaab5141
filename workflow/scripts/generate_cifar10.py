"""Generate the small data set that stands in for CIFAR-10 in demonstrations and tests."""

from pathlib import Path

import numpy as np

from answerbook.cifar10.arrays import save
from answerbook.cifar10.synthetic import synthesise
from answerbook.jobs.logs import logged_to

if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        params, folder = snakemake.params, Path(snakemake.output.source).parent
        dataset = synthesise(params.train, params.test, np.random.default_rng(params.seed))
        drawn = f"{params.train} training and {params.test} test images, seed {params.seed}"
        save(dataset, folder, source=f"generated: {drawn}", synthetic=True)
