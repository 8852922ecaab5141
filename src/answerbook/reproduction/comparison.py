"""Two sets of results side by side."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from answerbook.reproduction.differences import compare, describe
from answerbook.reproduction.results import Results
from answerbook.reproduction.values import read_values

# What decides the numbers, of all that a provenance tells.
CAUSES = ("commit", "config", "data", "hardware", "versions")


@dataclass(frozen=True)
class Comparison:
    """What was found, by path: the files that differ, with how, those missing, those new."""

    compared: int
    different: dict[str, list[str]]
    missing: list[str]
    new: list[str]

    @property
    def same(self) -> bool:
        """Whether every file is there and has the same bytes."""
        return not (self.different or self.missing or self.new)


def compare_results(ours: Results, theirs: Results) -> Comparison:
    """Compare our results with theirs, byte by byte as far as sums tell."""
    both = sorted(ours.sums.keys() & theirs.sums.keys())
    different = [path for path in both if ours.sums[path] != theirs.sums[path]]
    return Comparison(
        compared=len(both),
        different={path: _how(path, ours, theirs) for path in different},
        missing=sorted(theirs.sums.keys() - ours.sums.keys()),
        new=sorted(ours.sums.keys() - theirs.sums.keys()),
    )


def _how(path: str, ours: Results, theirs: Results) -> list[str]:
    first, second = ours.at_hand(path), theirs.at_hand(path)
    return describe(first, second) if first and second else []


def causes(ours: Path, theirs: Path) -> list[str]:
    """What the provenances in two folders tell apart: versions, hardware, config, a line each."""
    files = [folder / "provenance.json" for folder in (ours, theirs)]
    if not all(file.is_file() for file in files):
        return []
    first, second = map(read_values, files)
    nothing = np.asarray("nothing")
    names = [n for n in sorted(first.keys() | second.keys()) if n.split(".")[0] in CAUSES]
    pairs = {name: (first.get(name, nothing), second.get(name, nothing)) for name in names}
    return [
        f"{name}: {a.tolist()} instead of {b.tolist()}"
        for name, (a, b) in pairs.items()
        if compare(a, b) and not name.startswith("config.pathvars.")
    ]


def report(comparison: Comparison, because: list[str]) -> str:
    """The comparison in words: each file that is not the same, then how many were compared."""
    lines = []
    for path, how in comparison.different.items():
        lines += [f"differs: {path}", *(f"    {line}" for line in how)]
    lines += [f"missing: {path}" for path in comparison.missing]
    lines += [f"new:     {path}" for path in comparison.new]
    if lines and because:
        lines += ["What made them differs in:", *(f"    {line}" for line in because)]
    counts = f"{comparison.compared} files compared, {len(comparison.different)} differ"
    if comparison.missing or comparison.new:
        counts += f", {len(comparison.missing)} missing, {len(comparison.new)} new"
    return "\n".join([*lines, f"{counts}."])
