"""Record what the results follow from, for the book's appendix."""

import json

from answerbook.jobs.files import read_json, replacing
from answerbook.jobs.logs import logged_to
from answerbook.reproduction.provenance import origin

if __name__ == "__main__":
    with logged_to(snakemake.log[0]), replacing(snakemake.output.origin) as output:
        made_from = origin(
            config=snakemake.params.config,
            data=read_json(snakemake.input.source),
            packages=snakemake.params.packages,
            runs=map(read_json, snakemake.input.runs),
        )
        output.write_text(json.dumps(made_from, indent=2) + "\n", encoding="utf-8")
