"""Render the staged book to html or pdf."""

from pathlib import Path

from answerbook.logs import logged_to
from answerbook.report.render import render


def render_report(staged, book, *, engine) -> None:
    """Render the project in `staged` to the file `book` (.html or .pdf)."""
    render(Path(staged), Path(book), engine=engine)


if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        render_report(snakemake.input.source, snakemake.output.book, engine=snakemake.params.engine)
