"""Record what made the results, on what machine, and the time of each job."""

import json
from pathlib import Path

from answerbook.jobs.files import replacing
from answerbook.jobs.logs import logged_to
from answerbook.provenance import record


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
            runs={path: read_json(path) for path in snakemake.input.runs},
            benchmarks={name: Path(path) for name, path in snakemake.params.benchmarks.items()},
        )
        output.write_text(json.dumps(provenance, indent=2) + "\n", encoding="utf-8")
