"""The claims of a chapter, examined in a process of their own, against its imports alone."""

from benchmarks.harness import Bench
from benchmarks.processes import process
from benchmarks.rows import floor

# What each chapter's claims are about, under results/.
INPUTS = {
    "approximation": ("kinks/random_networks.csv", "kinks/constructions.csv"),
    "backpropagation": ("gradients.csv",),
}
IMPORTS = """\
import pandas as pd
from answerbook.{chapter}.claims import claims
from answerbook.claims.records import examine_all
"""
EXAMINE = "list(examine_all(claims(*map(pd.read_csv, {paths}))))\n"


def run(bench: Bench) -> None:
    """Race each chapter whose inputs are among the results."""
    for chapter, names in INPUTS.items():
        paths = [bench.results.resolve() / name for name in names]
        missing = [name for name, path in zip(names, paths, strict=True) if not path.exists()]
        if missing:
            bench.skip(f"claims, {chapter}", f"no {missing[0]} yet: `make report` makes it")
            continue
        imports = IMPORTS.format(chapter=chapter)
        contestants = {
            "imports and claims": process(
                "-c", imports + EXAMINE.format(paths=[str(path) for path in paths])
            ),
            "imports": process("-c", imports),
        }
        rows = [floor(f"claims, {chapter}", *contestants, note="whole processes")]
        bench.race(contestants, rows, on_device=False)
