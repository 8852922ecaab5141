"""Record what made the results, on what machine, and the time of each job."""

import json

from answerbook.jobs.files import read_json, replacing
from answerbook.jobs.logs import logged_to

if __name__ == "__main__":
    with logged_to(snakemake.log[0]), replacing(snakemake.output.provenance) as output:
        origin, jobs = map(read_json, (snakemake.input.origin, snakemake.input.jobs))
        provenance = {"commit": snakemake.params.commit, **origin, **jobs}
        output.write_text(json.dumps(provenance, indent=2) + "\n", encoding="utf-8")
