"""Generate the small data set that stands in for CIFAR-10 in demonstrations and tests."""

from pathlib import Path

import numpy as np

from answerbook.cifar10.arrays import save
from answerbook.cifar10.synthetic import synthesise
from answerbook.jobs.logs import logged_to


def generate_to(folder: Path, *, train: int, test: int, seed: int) -> None:
    """Write the arrays and `source.json`, which says that they are synthetic, into `folder`."""
    dataset = synthesise(train, test, np.random.default_rng(seed))
    source = f"generated: {train} training and {test} test images, seed {seed}"
    save(dataset, folder, source=source, synthetic=True)


if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        generate_to(
            Path(snakemake.output.source).parent,
            train=snakemake.params.train,
            test=snakemake.params.test,
            seed=snakemake.params.seed,
        )
