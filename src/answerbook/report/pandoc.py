"""Pandoc and Typst from their Python wheels as the renderer."""

import importlib.metadata
import json
import re
from collections.abc import Iterable
from pathlib import Path

import pypandoc
import typst
import yaml

from answerbook.errors import AnswerbookError
from answerbook.report.document import read_document, read_texts
from answerbook.report.project import MAIN, read_settings

FONTS = "assets/fonts"  # where fonts may be laid for signs that Typst's own do not have
_WRITERS = {"html": "html5", "typst": "typst-citations"}
# What Quarto and Pandoc call the same; all else in _quarto.yml is metadata.
_OPTIONS = {
    "css",
    "embed-resources",
    "html-math-method",
    "include-after-body",
    "include-before-body",
    "include-in-header",
    "number-sections",
    "section-divs",
    "syntax-highlighting",
    "template",
    "toc",
    "toc-depth",
}


def render_with_pandoc(folder: Path, suffix: str) -> Path:
    """Render the staged project in `folder`, which is written to, to html or pdf.

    Returns the rendered file. Both formats come out byte for byte the same every time.

    Raises AnswerbookError with the warnings and errors of Pandoc and Typst.
    """
    lines = read_document(read_texts(folder), MAIN)
    text = "\n".join(line.text for line in lines)
    if suffix == ".html":
        return _pandoc(text, (folder / MAIN).with_suffix(".html"), "html")
    return _compiled(_pandoc(text, (folder / MAIN).with_suffix(".typ"), "typst"))


def defaults(folder: Path, format: str) -> dict:
    """What _quarto.yml in `folder` says of a format, html or typst, as Pandoc's defaults file."""
    settings = read_settings(folder)
    settings |= settings.pop("format")[format]
    filters = [filter["path"] for filter in settings.pop("filters")]
    return {
        "filters": [*filters, "citeproc"],
        "metadata": {key: value for key, value in settings.items() if key not in _OPTIONS},
        **{key: value for key, value in settings.items() if key in _OPTIONS},
    }


def _pandoc(text: str, output: Path, format: str) -> Path:
    """Convert the text to `output` with what the _quarto.yml beside it says of the format."""
    settings = defaults(output.parent, format)
    (output.parent / "defaults.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    versions = pypandoc.get_pandoc_version(), importlib.metadata.version("typst")
    options = [
        "--standalone",
        "--defaults=defaults.yml",
        f"--metadata=renderer:Pandoc {versions[0]} and Typst {versions[1]}",
        "--fail-if-warnings",
    ]
    source = "markdown-table_attributes"  # as Quarto reads it
    place = {"outputfile": output.name, "cworkdir": output.parent}
    try:
        pypandoc.convert_text(text, _WRITERS[format], source, extra_args=options, **place)
    except RuntimeError as error:
        raise AnswerbookError(f"Pandoc could not render the book:\n{error}") from error
    return output


def signs_without_font(words: Iterable[str], fonts: Path) -> list[str]:
    """The signs in the words that neither Typst's fonts nor those in the folder `fonts` have."""
    text = "\n\n".join(f"#{json.dumps(word, ensure_ascii=False)}" for word in words)
    source = f'#set document(title: "words")\n{text}'.encode()
    try:
        typst.compile(source, font_paths=_fonts(fonts), pdf_standards="ua-1")
    except typst.TypstError as error:
        found = re.findall(r'the text `"(.+?)"` could not be displayed', _diagnostic(error))
        return list(dict.fromkeys(found))
    return []


def _fonts(folder: Path) -> typst.Fonts:
    """What the typst wheel brings, what is laid into the folder, and nothing of the system's."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])


def _compiled(source: Path) -> Path:
    """The pdf of `source`."""
    book = source.with_suffix(".pdf")
    fonts = _fonts(source.parent / FONTS)
    try:
        _, warnings = typst.compile_with_warnings(
            str(source), str(book), font_paths=fonts, pdf_standards="ua-1"
        )
    except typst.TypstError as error:
        raise AnswerbookError(f"Typst could not make the pdf:\n{_diagnostic(error)}") from error
    if warnings:
        listed = "\n".join(map(_diagnostic, warnings))
        raise AnswerbookError(f"Typst warned while it made the pdf:\n{listed}")
    return book


def _diagnostic(message: Exception) -> str:
    return getattr(message, "diagnostic", None) or str(message)
