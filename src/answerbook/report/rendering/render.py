"""Choice of the renderer, and rendering by it."""

import logging
import shutil
import tempfile
from pathlib import Path

from answerbook.errors import AnswerbookError
from answerbook.jobs.files import replacing
from answerbook.report.rendering.output import check_html
from answerbook.report.rendering.pandoc import render_with_pandoc
from answerbook.report.rendering.quarto import render_with_quarto

log = logging.getLogger(__name__)
ENGINES = {"quarto": render_with_quarto, "pandoc": render_with_pandoc}


def choose_engine(wanted: str) -> str:
    """The renderer, "quarto" or "pandoc", that `wanted` ("auto" or one of them) means here.

    "auto" is quarto where it is on the PATH.

    Raises AnswerbookError if quarto is wanted and is not on the PATH.
    """
    if wanted not in ("auto", *ENGINES):
        raise AnswerbookError(
            f"report.engine is {wanted!r}; it can be auto, {' or '.join(ENGINES)}"
        )
    found = shutil.which("quarto") is not None
    if wanted == "quarto" and not found:
        raise AnswerbookError(
            "report.engine is quarto, but there is no quarto on the PATH; install it "
            "(https://quarto.org) or set report.engine to auto or pandoc"
        )
    return wanted if wanted != "auto" else "quarto" if found else "pandoc"


def render(staged: Path, book: Path, *, engine: str = "auto") -> None:
    """Render the staged project to `book`, whose suffix (.html, .pdf) says the format.

    Each call works in its own copy of `staged`, so that both formats can be made at once.

    Raises AnswerbookError naming whatever the renderer warned of.
    """
    engine = choose_engine(engine)
    log.info("rendering %s with %s", book.name, engine)
    with tempfile.TemporaryDirectory(prefix="answerbook.") as folder:
        copy = Path(shutil.copytree(staged, Path(folder) / "source"))
        made = ENGINES[engine](copy, book.suffix)
        if book.suffix == ".html":
            check_html(made)
        with replacing(book) as temporary:
            shutil.copyfile(made, temporary)
