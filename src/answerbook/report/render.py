"""Choice of the renderer, and rendering by it."""

import logging
import shutil
import tempfile
from pathlib import Path

from answerbook.errors import AnswerbookError
from answerbook.jobs.files import replacing
from answerbook.report.pandoc import render_with_pandoc
from answerbook.report.quarto import render_with_quarto, what_quarto_lacks

log = logging.getLogger(__name__)
LARGEST = 5_000_000  # bytes of a page, which is sent and opened as one file
ENGINES = {"quarto": render_with_quarto, "pandoc": render_with_pandoc}


def choose_engine(wanted: str) -> str:
    """The renderer, "quarto" or "pandoc", that `wanted` ("auto" or one of them) means here.

    "auto" is quarto where there is one on the PATH that can make the book.

    Raises AnswerbookError if quarto is wanted and there is no such.
    """
    if wanted == "pandoc":
        return wanted
    lacking = what_quarto_lacks()
    if lacking is None:
        return "quarto"
    if wanted == "quarto":
        raise AnswerbookError(
            f"report.engine is quarto, but {lacking}; install one (https://quarto.org), "
            "or set report.engine to auto or pandoc"
        )
    log.warning("%s: Pandoc renders the book", lacking)
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
        if made.suffix == ".html" and (size := made.stat().st_size) > LARGEST:
            sizes = f"{size:,} bytes, of at most {LARGEST:,}"
            raise AnswerbookError(f"{book.name} has {sizes}: draw less, or leave a figure out")
        with replacing(book) as temporary:
            shutil.copyfile(made, temporary)
