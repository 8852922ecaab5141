"""Summarise the runs of one experiment over its seeds."""

import pandas as pd

from answerbook.classification.summary import summarise
from answerbook.jobs.files import replacing
from answerbook.jobs.logs import logged_to

if __name__ == "__main__":
    with logged_to(snakemake.log[0]), replacing(snakemake.output.summary) as path:
        histories = [pd.read_csv(history) for history in snakemake.input.histories]
        summarise(histories).to_csv(path, index=False)
