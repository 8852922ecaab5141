"""Reach a verdict on each claim of the first chapter that needs no trained network."""

import pandas as pd

from answerbook.approximation.claims import claims
from answerbook.claims.records import examine_chapter
from answerbook.jobs.logs import logged_to

if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        data = snakemake.input
        chapter = claims(
            pd.read_csv(data.random_networks),
            pd.read_csv(data.constructions),
            most_kinks=snakemake.params.most_kinks,
        )
        examine_chapter(chapter, to=snakemake.output.claims)
