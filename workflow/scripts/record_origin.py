"""Record what the results follow from, for the book's appendix."""

import json
from pathlib import Path

from answerbook.jobs.files import replacing
from answerbook.jobs.logs import logged_to
from answerbook.provenance import origin

if __name__ == "__main__":
    with (
        logged_to(snakemake.log[0]),
        replacing(snakemake.output.origin) as output,
    ):
        made_from = origin(
            commit=snakemake.params.commit,
            config=snakemake.params.config,
            packages=snakemake.params.packages,
            data=json.loads(Path(snakemake.input.source).read_text(encoding="utf-8")),
        )
        output.write_text(json.dumps(made_from, indent=2) + "\n", encoding="utf-8")
