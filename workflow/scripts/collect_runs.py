"""Put the histories of all runs together; columns say which is which."""

import pandas as pd

from answerbook.jobs.files import replacing
from answerbook.jobs.logs import logged_to


def together(paths: list[str], names: list[dict]) -> pd.DataFrame:
    """One table of those at `paths`, led by the columns in `names`, which has a row for each.

    Numbers stay the text that they are, to the last digit.
    """
    tables = [pd.read_csv(path, dtype=str, keep_default_na=False) for path in paths]
    named = [
        table.assign(**name)[[*name, *table]] for table, name in zip(tables, names, strict=True)
    ]
    return pd.concat(named, ignore_index=True)


if __name__ == "__main__":
    with logged_to(snakemake.log[0]), replacing(snakemake.output.histories) as path:
        together(snakemake.input.histories, snakemake.params.runs).to_csv(path, index=False)
