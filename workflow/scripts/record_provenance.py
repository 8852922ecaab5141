"""Record what made the results, on what machine, and the time and memory of each job."""

import json
from pathlib import Path

from answerbook.jobs.files import read_json, replacing_all
from answerbook.jobs.logs import logged_to
from answerbook.machine import hardware
from answerbook.reproduction.provenance import measurements, trained_on

if __name__ == "__main__":
    data, output = snakemake.input, snakemake.output
    files = (output.provenance, output.measurements)
    with logged_to(snakemake.log[0]), replacing_all(*files) as (provenance, jobs):
        machine = hardware() | {"training": trained_on(map(read_json, data.runs))}
        record = {"commit": snakemake.params.commit, **read_json(data.origin), "hardware": machine}
        provenance.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
        measurements(Path(snakemake.params.benchmarks)).to_csv(jobs, index=False)
