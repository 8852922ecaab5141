"""Stage the book: chapters, figures, numbers, code and verdicts in one Quarto project."""

from pathlib import Path

import pandas as pd
import yaml

from answerbook.claims.records import read_claims
from answerbook.jobs.files import read_json
from answerbook.jobs.logs import logged_to
from answerbook.report.stage import stage
from answerbook.report.tables import experiments_table, origin_tables
from answerbook.report.verdicts import claims_list, judgements

if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        data = snakemake.input
        claims = read_claims(data.claims)
        variables = yaml.safe_load(Path(data.variables).read_text(encoding="utf-8"))
        stage(
            Path(snakemake.scriptdir).resolve().parents[1] / "report",
            Path(snakemake.output.source),
            variables=variables | {"source": judgements(claims)},
            figures=[Path(path) for path in data.figures],
            claims=claims,
            tables={
                "claims": claims_list(claims),
                "experiments": experiments_table(pd.read_csv(data.histories)),
                **origin_tables(read_json(data.origin)),
            },
            live=read_json(data.live),
            synthetic=snakemake.params.synthetic,
        )
