"""Two runs side by side: their numbers and verdicts, and what made them differ."""

from dataclasses import dataclass

import pandas as pd

from answerbook.errors import AnswerbookError
from answerbook.reproduction.numbers import EQUAL, WITHIN, compare_numbers
from answerbook.reproduction.run import Run

# What decides the numbers, of all that a provenance tells.
CAUSES = ("commit", "config", "data", "hardware", "versions")


@dataclass(frozen=True)
class Comparison:
    """What was found: a row for each number, and a line for each verdict and cause that differs."""

    numbers: pd.DataFrame
    verdicts: list[str]
    causes: list[str]

    @property
    def confirmed(self) -> bool:
        """Whether all verdicts are the same, and all numbers within their spread."""
        return not self.verdicts and bool(self.numbers["verdict"].isin([EQUAL, WITHIN]).all())

    def __str__(self) -> str:
        """A line for each number and verdict that is not equal, and how many are."""
        others = self.numbers[self.numbers["verdict"] != EQUAL]
        lines = [*map(_line, others.to_dict("records")), *self.verdicts]
        if self.causes and lines:
            lines += ["What made them differ differs in:", *(f"    {c}" for c in self.causes)]
        counts = [f"{n} {verdict}" for verdict, n in self.numbers["verdict"].value_counts().items()]
        lines.append(f"{len(self.numbers)} numbers: {', '.join(counts)}.")
        return "\n".join([*lines, f"{len(self.verdicts) or 'no'} verdicts differ."])


def compare_runs(ours: Run, theirs: Run) -> Comparison:
    """Compare our numbers and verdicts with theirs.

    Raises `AnswerbookError` if the runs are not of the same images.
    """
    first, second = (run.provenance.get("data", {}) for run in (ours, theirs))
    if first.get("sha256") != second.get("sha256"):
        raise AnswerbookError(
            f"{theirs.folder} is of another data set ({second.get('source', 'unknown')}) than "
            f"{ours.folder} ({first.get('source', 'unknown')}): compare runs on the same images"
        )
    claims = sorted(ours.verdicts.keys() | theirs.verdicts.keys())
    pairs = {c: [run.verdicts.get(c, "missing") for run in (ours, theirs)] for c in claims}
    return Comparison(
        compare_numbers(ours.numbers, theirs.numbers),
        [f"differs: {c}: {a} instead of {b}" for c, (a, b) in pairs.items() if a != b],
        _causes(ours, theirs),
    )


def _causes(ours: Run, theirs: Run) -> list[str]:
    """What the provenances tell apart: versions, hardware, config, a line each."""
    sides = [pd.json_normalize(dict(run.provenance)).T[0].astype(str) for run in (ours, theirs)]
    both = pd.concat(sides, axis=1).fillna("nothing")
    return [
        f"{name}: {a} instead of {b}"
        for name, a, b in both.itertuples()
        if a != b and str(name).split(".")[0] in CAUSES and ".pathvars." not in str(name)
    ]


def _line(row: dict) -> str:
    """One number that is not equal."""
    text = "{verdict}: {name} {quantity}: {ours:.6g} instead of {theirs:.6g}".format(**row)
    seeds = ", {errors:.1f} standard errors ({n:.0f} and {m:.0f} seeds)".format(**row)
    return text + seeds if row["spread"] > 0 else text
