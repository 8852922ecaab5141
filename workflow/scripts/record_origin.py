"""Record what the results follow from, for the book's appendix."""

import json
from pathlib import Path

from answerbook.reproduction.provenance import origin

from answerbook.jobs.files import replacing
from answerbook.jobs.logs import logged_to


def read_json(path: str) -> dict:
    """The object in a JSON file."""
    return json.loads(Path(path).read_text(encoding="utf-8"))


if __name__ == "__main__":
    with logged_to(snakemake.log[0]), replacing(snakemake.output.origin) as output:
        made_from = origin(
            config=snakemake.params.config,
            packages=snakemake.params.packages,
            data=read_json(snakemake.input.source),
            runs=map(read_json, snakemake.input.runs),
        )
        output.write_text(json.dumps(made_from, indent=2) + "\n", encoding="utf-8")
