"""The numbers of a run, and whether those of another are the same within their spread over seeds.

A number has a name, the path of what was trained or counted; a quantity; and a value for each
seed. The means over the seeds are compared: they are within the spread if they differ by at most
`LIMIT` standard errors. The spread is the standard deviation over the seeds, pooled over both runs;
with one seed in each run, the relative one of the other numbers of the quantity; without a seed, 0.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from answerbook.jobs.files import read_json

# Means of three seeds each, of one distribution, differ by more in one of 450 comparisons
# (Student's t, 4 degrees of freedom); where rounding alone is another, by less.
LIMIT = 7.0
SMALLEST = 1e-4  # relative spread: where three seeds agree to more digits, it is by chance
EQUAL, WITHIN, DIFFERS, MISSING, NEW = "equal", "within the spread", "differs", "missing", "new"

_NAMING = ["initialisation", "construction", "width", "depth", "experiment", "kind"]
_KEY = ["name", "quantity"]


def read_numbers(results: Path) -> pd.DataFrame:
    """Columns name, quantity, seed (NaN without one), value: what `results` holds of each.

    The last epoch of each run; the pieces, one more than kinks, along lines through images and in
    the plane through three; the kinks of random and of constructed networks. Raises OSError where
    a table is not there.
    """
    histories = pd.read_csv(results / "runs/histories.csv")
    longest = histories.groupby(["experiment", "seed"])["epoch"].transform("max")
    lines = pd.read_csv(results / "kinks/lines.csv").assign(pieces=lambda table: table["kinks"] + 1)
    plane = pd.DataFrame([read_json(results / "kinks/regions.json")]).rename(
        columns={"count": "pieces"}
    )
    tables = {
        "runs": histories[histories["epoch"] == longest],
        "kinks/lines": lines[["experiment", "kind", "seed", "pieces"]],
        "kinks/regions": plane[["experiment", "seed", "pieces"]],
    }
    for name in ("random_networks", "constructions"):
        table = pd.read_csv(results / f"kinks/{name}.csv")
        tables[f"kinks/{name}"] = table[table.columns.intersection([*_NAMING, "seed", "kinks"])]
    return pd.concat([_tidy(*table) for table in tables.items()], ignore_index=True)


def _tidy(path: str, table: pd.DataFrame) -> pd.DataFrame:
    """The columns of `read_numbers`, each number the mean of what was counted with its seed."""
    naming = [column for column in _NAMING if column in table]
    names = table[naming].astype(str).agg("/".join, axis=1)
    seeds = table.get("seed", np.nan)
    values = table.drop(columns=[*naming, "seed"], errors="ignore").astype(float)
    tidy = values.assign(name=f"{path}/" + names, seed=seeds).melt(
        ["name", "seed"], var_name="quantity"
    )
    return tidy.groupby([*_KEY, "seed"], dropna=False, sort=False)["value"].mean().reset_index()


def compare_numbers(ours: pd.DataFrame, theirs: pd.DataFrame) -> pd.DataFrame:
    """A row for each name and quantity; arguments as `read_numbers` gives them.

    Columns: name, quantity; `ours` and `theirs`, the means; `n` and `m`, over how many seeds;
    `spread`, the standard deviation; `errors`, the difference in standard errors; `verdict`, one of
    `EQUAL`, `WITHIN`, `DIFFERS`, `MISSING` and `NEW`.
    """
    sides = [
        side.fillna({"value": np.inf})
        .groupby(_KEY)["value"]
        .agg(["mean", "var", "size"])
        .set_axis(columns, axis=1)
        for side, columns in ((ours, ["ours", "var", "n"]), (theirs, ["theirs", "their_var", "m"]))
    ]
    table = sides[0].join(sides[1], how="outer")
    everything = pd.concat([ours, theirs]).set_index(_KEY)
    table["spread"] = _spread(table).mask(everything["seed"].isna().groupby(_KEY).any(), 0)
    difference = (table["ours"] - table["theirs"]).abs()
    errors = difference / (table["spread"] * (1 / table["n"] + 1 / table["m"]) ** 0.5)
    table["errors"] = errors.mask(difference == 0, 0)
    merged = ours.merge(theirs, how="outer", indicator=True).set_index(_KEY)
    equal = (merged["_merge"] == "both").groupby(_KEY).all()[table.index]
    table["verdict"] = np.select(
        [table["n"].isna(), table["m"].isna(), equal, table["errors"] <= LIMIT],
        [MISSING, NEW, EQUAL, WITHIN],
        DIFFERS,
    )
    return table.drop(columns=["var", "their_var"]).reset_index()


def _spread(table: pd.DataFrame) -> pd.Series:
    """The pooled standard deviation of each number; with no seed to spare, that of the others.

    The others are those of its quantity: their relative spreads' root mean square, times its size.
    """
    freedom = table["n"] + table["m"] - 2
    squares = (table[["n", "m"]] - 1).to_numpy() * table[["var", "their_var"]].fillna(0)
    size = (table["ours"] + table["theirs"]).abs() / 2
    own = (squares.sum(axis=1) / freedom.where(freedom > 0)) ** 0.5
    of_others = ((own / size) ** 2).groupby("quantity").transform("mean") ** 0.5
    return own.fillna(of_others * size).clip(lower=SMALLEST * size)
