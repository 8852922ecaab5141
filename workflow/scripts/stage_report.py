"""Stage the book: chapters, figures, numbers, code and verdicts in one Quarto project."""

import json
from pathlib import Path

import pandas as pd
import yaml

from answerbook.claims.records import read_claims
from answerbook.jobs.logs import logged_to
from answerbook.report.stage import stage, write_sums
from answerbook.report.tables import experiments_table, origin_tables
from answerbook.report.verdicts import claims_list, judgements


def stage_report(
    source, destination, *, variables, figures, claims, histories, origin, live, synthetic
) -> None:
    """Read the computed files and stage them with the chapters of `source`."""
    claims = read_claims(claims)
    variables = yaml.safe_load(Path(variables).read_text(encoding="utf-8"))
    tables = {
        "claims": claims_list(claims),
        "experiments": experiments_table(pd.read_csv(histories)),
        **origin_tables(json.loads(Path(origin).read_text(encoding="utf-8"))),
    }
    stage(
        Path(source),
        Path(destination),
        variables=variables | {"source": judgements(claims)},
        figures=[Path(path) for path in figures],
        claims=claims,
        tables=tables,
        live=json.loads(Path(live).read_text(encoding="utf-8")),
        with_origins=True,
        synthetic=synthetic,
    )


if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        stage_report(
            Path(snakemake.scriptdir).resolve().parents[1] / "report",
            snakemake.output.source,
            variables=snakemake.input.variables,
            figures=snakemake.input.figures,
            claims=snakemake.input.claims,
            histories=snakemake.input.histories,
            origin=snakemake.input.origin,
            live=snakemake.input.live,
            synthetic=snakemake.params.synthetic,
        )
        write_sums(Path(snakemake.output.source), snakemake.output.sums)
