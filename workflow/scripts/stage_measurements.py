"""Stage the appendix of measurements: times and memory in a Quarto project of its own."""

from pathlib import Path

from answerbook.jobs.files import read_json
from answerbook.jobs.logs import logged_to
from answerbook.report.measurements import job_variables, times_table
from answerbook.report.stage import stage
from answerbook.report.tables import settings_table

if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        jobs = read_json(snakemake.input.jobs)
        machine = settings_table(jobs["hardware"], "The machine of this copy.", "hardware")
        stage(
            Path(snakemake.scriptdir).resolve().parents[1] / "report",
            Path(snakemake.output.source),
            main="measurements.qmd",
            variables={"jobs": job_variables(jobs)},
            figures=[Path(path) for path in snakemake.input.figures],
            tables={"hardware": machine, "times": times_table(jobs["rules"])},
            synthetic=snakemake.params.synthetic,
        )
