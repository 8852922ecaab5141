"""Choice of the renderer, and rendering by it."""

from pathlib import Path


def choose_engine(wanted: str) -> str:
    """ "quarto" or "pandoc": what `wanted` ("auto", "quarto", "pandoc") means on this machine.

    Raises AnswerbookError if "quarto" is wanted and no quarto is on the PATH.
    """
    raise NotImplementedError


def render(staged: Path, book: Path, *, engine: str = "auto") -> None:
    """Render the staged project to `book`, whose suffix (.html, .pdf) says the format.

    Raises AnswerbookError naming whatever the renderer warned of.
    """
    raise NotImplementedError
