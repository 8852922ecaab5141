"""Reach a verdict on each claim about the classifiers: their code, their runs, their kinks."""

import pandas as pd
import torch

from answerbook.claims.records import examine_all, write_claims
from answerbook.classification.claims import CLAIMS
from answerbook.classification.claims.histories import Histories
from answerbook.jobs.files import read_json
from answerbook.jobs.logs import logged_to

if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        torch.set_num_threads(snakemake.threads)
        data = snakemake.input
        inputs = {
            "runs": Histories(pd.read_csv(data.histories)),
            "recomputed": pd.read_csv(data.recomputed),
            "calibration": pd.read_csv(data.calibration),
            "spreads": pd.read_csv(data.spreads),
            "lines": pd.read_csv(data.lines),
            "first_layers": pd.read_csv(data.first_layers),
            "regions": read_json(data.regions),
        }
        write_claims(snakemake.output.claims, examine_all(CLAIMS, inputs))
