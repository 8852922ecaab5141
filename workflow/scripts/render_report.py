"""Render the staged book to html or pdf."""

from pathlib import Path

from answerbook.jobs.logs import logged_to
from answerbook.report.render import render

if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        render(
            Path(snakemake.input.source),
            Path(snakemake.output.rendered),
            engine=snakemake.params.engine,
        )
