"""The generated tables of the book, as Markdown."""

import pandas as pd


def claims_table(claims: list[dict]) -> str:
    """Claim, verdict, evidence, seconds; one row a claim."""
    raise NotImplementedError


def experiments_table(summaries: dict[str, pd.DataFrame]) -> str:
    """Final-epoch accuracies of each experiment: mean ± standard deviation over n seeds.

    summaries: experiment -> its summary.csv, in the order of the rows.
    """
    raise NotImplementedError


def provenance_tables(provenance: dict) -> dict[str, str]:
    """Tables `provenance`, `versions`, `hardware`, `data`, `config`, `times` of provenance.json."""
    raise NotImplementedError
