"""Choice of the renderer, and rendering by it."""

import logging
import shutil
import tempfile
from pathlib import Path

from answerbook.errors import AnswerbookError
from answerbook.jobs.files import replacing
from answerbook.report.pandoc import render_with_pandoc
from answerbook.report.quarto import OLDEST, is_too_old, quarto_version, render_with_quarto

log = logging.getLogger(__name__)
ENGINES = {"quarto": render_with_quarto, "pandoc": render_with_pandoc}
LARGEST = 5_000_000  # bytes: a page to be sent and opened as one file


def choose_engine(wanted: str) -> str:
    """The renderer, "quarto" or "pandoc", that `wanted` ("auto" or one of them) means here.

    "auto" is quarto where there is one on the PATH that is not too old.

    Raises AnswerbookError if quarto is wanted and there is no such.
    """
    if wanted not in ("auto", *ENGINES):
        raise AnswerbookError(
            f"report.engine is {wanted!r}; it can be auto, {' or '.join(ENGINES)}"
        )
    if wanted == "pandoc":
        return wanted
    version = quarto_version()
    if version and not is_too_old(version):
        return "quarto"
    oldest = ".".join(map(str, OLDEST))
    lacking = f"the quarto on the PATH is {version}" if version else "no quarto is on the PATH"
    if wanted == "quarto":
        raise AnswerbookError(
            f"report.engine is quarto, but {lacking}; install {oldest} or newer "
            "(https://quarto.org), or set report.engine to auto or pandoc"
        )
    if version:
        log.warning("%s, and the book needs %s: Pandoc renders it instead", lacking, oldest)
    return "pandoc"


def render(staged: Path, book: Path, *, engine: str = "auto") -> None:
    """Render the staged project to `book`, whose suffix (.html, .pdf) says the format.

    Each call works in its own copy of `staged`, so that both formats can be made at once.

    Raises AnswerbookError naming whatever the renderer warned of, or if a page is too large.
    """
    engine = choose_engine(engine)
    log.info("rendering %s with %s", book.name, engine)
    with tempfile.TemporaryDirectory(prefix="answerbook.") as folder:
        copy = Path(shutil.copytree(staged, Path(folder) / "source"))
        made = ENGINES[engine](copy, book.suffix)
        if book.suffix == ".html" and (size := made.stat().st_size) > LARGEST:
            raise AnswerbookError(
                f"{book.name} would have {size:,} bytes, more than the {LARGEST:,} allowed: "
                "draw its figures with less, or take a figure out"
            )
        with replacing(book) as temporary:
            shutil.copyfile(made, temporary)
