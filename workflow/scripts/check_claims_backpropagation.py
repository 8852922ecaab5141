"""Reach a verdict on each claim of the second chapter, and on the layers of the third."""

import pandas as pd
import torch

from answerbook.backpropagation.claims import CLAIMS
from answerbook.claims.records import examine_all, write_claims
from answerbook.jobs.logs import logged_to

if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        torch.set_num_threads(snakemake.threads)
        inputs = {"gradients": pd.read_csv(snakemake.input.gradients)}
        write_claims(snakemake.output.claims, examine_all(CLAIMS, inputs))
