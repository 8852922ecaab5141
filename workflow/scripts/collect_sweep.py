"""Put all runs of a sweep into one table, and those that are missing into another."""

from pathlib import Path

import pandas as pd

from answerbook.jobs.files import replacing
from answerbook.jobs.logs import logged_to

UNKNOWN = "no log says why"


def run_table(history: str, kinks: str, run: dict) -> pd.DataFrame:
    """A row for each epoch of the run, led by what `run` says of it; kinks are means over lines.

    Epoch 0 is before the first one: there, kinks are all that was measured.
    """
    counted = pd.read_csv(kinks).groupby("epoch")["kinks"].mean()
    table = pd.read_csv(history).set_index("epoch").join(counted, how="outer").reset_index()
    return table.assign(**run)[[*run, *table]]


def missing_table(runs: list[dict]) -> pd.DataFrame:
    """A row for each run, with what the last of its logs gives as a reason."""
    rows = [(run["setting"], run["seed"], reason(run["logs"])) for run in runs]
    return pd.DataFrame(rows, columns=["setting", "seed", "reason"])


def reason(logs: list[str]) -> str:
    """The first line of the error that the logs end with."""
    texts = [path.read_text("utf-8", "replace") for path in map(Path, logs) if path.is_file()]
    said = [text.rpartition(" ERROR ")[2].strip() for text in texts if " ERROR " in text]
    if not said:
        return UNKNOWN if texts else "it has not begun"
    first, *rest = said[-1].splitlines()
    # A traceback ends with what went wrong; a message to the user begins with it.
    return rest[-1] if rest and "Traceback" in said[-1] else first


if __name__ == "__main__":
    with (
        logged_to(snakemake.log[0]),
        replacing(snakemake.output.runs) as runs_path,
        replacing(snakemake.output.missing) as missing_path,
    ):
        files, params = snakemake.input, snakemake.params
        runs = zip(files.histories, files.kinks, params.runs, strict=True)
        tables = [run_table(*each) for each in runs]
        pd.concat(tables, ignore_index=True).to_parquet(runs_path, index=False)
        missing_table(params.missing).to_csv(missing_path, index=False)
