"""Reach a verdict on each claim of the first chapter that needs no trained network."""

import pandas as pd

from answerbook.approximation.claims import CLAIMS
from answerbook.claims.records import examine_all, write_claims
from answerbook.jobs.logs import logged_to

if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        inputs = {
            "random_networks": pd.read_csv(snakemake.input.random_networks),
            "constructions": pd.read_csv(snakemake.input.constructions),
        }
        write_claims(snakemake.output.claims, examine_all(CLAIMS, inputs))
