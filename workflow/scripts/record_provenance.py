"""Record what made the results, on what machine, and the time of each job."""

import json
from pathlib import Path

from answerbook.jobs.files import replacing
from answerbook.jobs.logs import logged_to
from answerbook.provenance import record

# Jobs that are still to run when this one does, if they are not of an earlier call; and those of
# a sweep, which are no part of the book.
LATER = ("measurements/", "record_provenance", "render_report/measurements/", "stage_measurements")
APART = ("sweep/", "render_report/sweep/")


def benchmarks(folder: Path) -> dict[str, Path]:
    """What Snakemake measured of each job, by the job's name: of the book's own."""
    files = {
        path.relative_to(folder).with_suffix("").as_posix(): path
        for path in sorted(folder.rglob("*.tsv"))
    }
    return {name: path for name, path in files.items() if not name.startswith(LATER + APART)}


def read_json(path: str) -> dict:
    """The object in a JSON file."""
    return json.loads(Path(path).read_text(encoding="utf-8"))


if __name__ == "__main__":
    with (
        logged_to(snakemake.log[0]),
        replacing(snakemake.output.provenance) as output,
    ):
        provenance = record(
            read_json(snakemake.input.origin),
            places=snakemake.params.places,
            runs=map(read_json, snakemake.input.runs),
            benchmarks=benchmarks(Path(snakemake.params.benchmarks)),
        )
        output.write_text(json.dumps(provenance, indent=2) + "\n", encoding="utf-8")
