"""Stage the page of a sweep: its tables and figures in a Quarto project of its own."""

from pathlib import Path

import pandas as pd

from answerbook.jobs.logs import logged_to
from answerbook.report.content.sweep import (
    best_part,
    diverged_part,
    grid_table,
    missing_part,
    overview,
)
from answerbook.report.staging.stage import stage

if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        data, sweep = snakemake.input, snakemake.params.sweep
        runs, missing = pd.read_parquet(data.runs), pd.read_csv(data.missing)
        document = Path(data.document)
        stage(
            document.parent,
            Path(snakemake.output.source),
            main=document.name,
            variables={"lines": {"number": str(sweep["lines"]["number"])}},
            figures=[Path(path) for path in data.figures],
            tables={
                "grid": grid_table(sweep),
                "overview": overview(sweep, runs, missing),
                "best": best_part(runs),
                "diverged": diverged_part(runs),
                "missing": missing_part(missing),
            },
            synthetic=snakemake.params.synthetic,
        )
