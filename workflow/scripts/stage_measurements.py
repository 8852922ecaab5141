"""Stage the appendix of measurements: times and memory in a Quarto project of its own."""

import json
from pathlib import Path

from answerbook.jobs.logs import logged_to
from answerbook.report.content.measurements import job_variables, times_table
from answerbook.report.content.tables import settings_table
from answerbook.report.staging.stage import stage
from answerbook.report.sums import write_sums


def stage_measurements(
    document: Path, destination: Path, *, jobs: dict, figures, synthetic: bool
) -> None:
    """Stage the appendix with the tables and what was measured of machine and jobs."""
    machine = settings_table(jobs["hardware"], "The machine of this copy.", "hardware")
    stage(
        document.parent,
        destination,
        main=document.name,
        variables={"jobs": job_variables(jobs)},
        figures=figures,
        tables={"hardware": machine, "times": times_table(jobs["rules"])},
        synthetic=synthetic,
    )


if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        data = snakemake.input
        stage_measurements(
            Path(data.document),
            Path(snakemake.output.source),
            jobs=json.loads(Path(data.jobs).read_text(encoding="utf-8")),
            figures=[Path(path) for path in data.figures],
            synthetic=snakemake.params.synthetic,
        )
        write_sums(Path(snakemake.output.source), snakemake.output.sums)
