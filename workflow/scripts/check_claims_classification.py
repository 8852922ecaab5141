"""Reach a verdict on each claim about the classifiers: their code, their runs, their kinks."""

import json
from pathlib import Path

import pandas as pd
import torch

from answerbook.claims.records import examine_chapter
from answerbook.classification.claims import claims
from answerbook.jobs.logs import logged_to

if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        torch.set_num_threads(snakemake.threads)
        data = snakemake.input
        chapter = claims(
            pd.read_csv(data.histories),
            pd.read_csv(data.recomputed),
            pd.read_csv(data.lines),
            json.loads(Path(data.regions).read_text(encoding="utf-8")),
        )
        examine_chapter(chapter, to=snakemake.output.claims)
