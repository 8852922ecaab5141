"""`python -m benchmarks [GROUP …]`: print a table and write it to results/benchmarks.csv."""

import argparse
from pathlib import Path

import pandas as pd

from answerbook.jobs.files import replacing
from answerbook.machine import processor
from benchmarks import augmentation, kinks, planning, training
from benchmarks.race import COLUMNS

GROUPS = {
    "training": training,
    "augmentation": augmentation,
    "kinks": kinks,
    "planning": planning,
}
TABLE = Path("results/benchmarks.csv")


def main(arguments: list[str] | None = None, table: Path = TABLE) -> None:
    """Run the groups that are named, all by default."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=", ".join(GROUPS))
    named = parser.parse_args(arguments).groups or list(GROUPS)
    if unknown := set(named) - set(GROUPS):
        parser.error(f"no group {', '.join(unknown)}: there are {', '.join(GROUPS)}")
    print(f"{processor()}, one thread. The machine should be quiet: this takes a few minutes.")
    found = []
    for name in named:
        found += GROUPS[name].run()
    found = pd.DataFrame(found, columns=COLUMNS)
    print(as_text(found))
    with replacing(table) as temporary:
        found.to_csv(temporary, index=False)
    print(f"Written: {table}")


def as_text(found: pd.DataFrame) -> str:
    """The rows under the name of their race: milliseconds, ratio, 10⁹ operations a second."""
    lines = []
    for race, part in found.groupby("race", sort=False):
        lines.append(f"\n{race:<44}{'ms':>10}{'ratio':>8}{'GFLOP/s':>9}")
        for row in part.itertuples():
            gflops = "" if pd.isna(row.gflops) else f"{row.gflops:.0f}"
            name = f"  {row.contestant}"
            lines.append(
                f"{name:<44}{1e3 * row.seconds:>10.3g}{row.ratio:>8.2f}{gflops:>9}".rstrip()
            )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
