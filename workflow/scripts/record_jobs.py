"""Record the machine and the time of each job."""

import json
from pathlib import Path

from answerbook.jobs.files import read_json, replacing
from answerbook.jobs.logs import logged_to
from answerbook.reproduction.provenance import measured

# Jobs that are still to run when this one does, if they are not of an earlier call.
LATER = ("measurements/", "record_jobs", "record_provenance", "render_report/", "stage_")


def benchmarks(folder: Path) -> dict[str, Path]:
    """What Snakemake measured of each of the book's jobs, by the job's name."""
    files = {
        path.relative_to(folder).with_suffix("").as_posix(): path
        for path in sorted(folder.rglob("*.tsv"))
    }
    return {name: path for name, path in files.items() if not name.startswith(LATER)}


if __name__ == "__main__":
    with logged_to(snakemake.log[0]), replacing(snakemake.output.jobs) as output:
        runs = map(read_json, snakemake.input.runs)
        times = measured(runs, benchmarks(Path(snakemake.params.benchmarks)))
        output.write_text(json.dumps(times, indent=2) + "\n", encoding="utf-8")
