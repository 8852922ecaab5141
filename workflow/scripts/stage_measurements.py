"""Stage the appendix of measurements: times and memory in a Quarto project of its own."""

import json
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from answerbook.jobs.logs import logged_to
from answerbook.report.content.measurements import (
    benchmarks_table,
    claim_times_table,
    epochs_table,
    growth_part,
    job_variables,
    planning_table,
    times_table,
)
from answerbook.report.content.tables import settings_table
from answerbook.report.staging.stage import stage


def read_if_there(paths: Sequence[str]) -> pd.DataFrame | None:
    """The one table that `paths` may name."""
    return pd.read_csv(*paths) if paths else None


def stage_measurements(
    document: Path, destination: Path, *, provenance: dict, figures, tables, synthetic: bool
) -> None:
    """Stage the appendix with the tables and what the provenance tells of machine and jobs."""
    machine = settings_table(provenance["hardware"], "The machine of this copy.", "hardware")
    stage(
        document.parent,
        destination,
        main=document.name,
        variables={"jobs": job_variables(provenance)},
        figures=figures,
        tables=tables | {"hardware": machine, "times": times_table(provenance["rules"])},
        synthetic=synthetic,
    )


if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        data = snakemake.input
        stage_measurements(
            Path(data.document),
            Path(snakemake.output.source),
            provenance=json.loads(Path(data.provenance).read_text(encoding="utf-8")),
            figures=[Path(path) for path in data.figures],
            tables={
                "epochs": epochs_table(pd.concat(map(pd.read_csv, data.epochs))),
                "claims": claim_times_table(pd.concat(map(pd.read_csv, data.claims))),
                "benchmarks": benchmarks_table(read_if_there(data.benchmarks)),
                "growth": growth_part(read_if_there(data.growth)),
                "planning": planning_table(read_if_there(data.planning)),
            },
            synthetic=snakemake.params.synthetic,
        )
