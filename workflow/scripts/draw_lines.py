"""Draw the lines between test images along which the networks of a sweep are cut."""

import numpy as np

from answerbook.classification.lines import draw_segments
from answerbook.jobs.files import replacing
from answerbook.jobs.logs import logged_to

KIND = "different class"

if __name__ == "__main__":
    with logged_to(snakemake.log[0]), replacing(snakemake.output.lines) as path:
        segments = draw_segments(
            np.load(snakemake.input.images, mmap_mode="r"),
            np.load(snakemake.input.labels),
            lines=snakemake.params.number,
            generator=np.random.default_rng(snakemake.params.seed),
        )
        np.save(path, [ends for kind, _, ends in segments if kind == KIND])
