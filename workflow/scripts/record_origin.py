"""Record what the results follow from, for the book's appendix."""

import json
from pathlib import Path

from answerbook.jobs.files import replacing
from answerbook.jobs.logs import logged_to
from answerbook.reproduction.provenance import origin

if __name__ == "__main__":
    with logged_to(snakemake.log[0]), replacing(snakemake.output.origin) as output:
        source, *runs = (
            json.loads(Path(path).read_text(encoding="utf-8"))
            for path in (snakemake.input.source, *snakemake.input.runs)
        )
        made_from = origin(
            config=snakemake.params.config,
            data=source,
            packages=snakemake.params.packages,
            runs=runs,
        )
        output.write_text(json.dumps(made_from, indent=2) + "\n", encoding="utf-8")
