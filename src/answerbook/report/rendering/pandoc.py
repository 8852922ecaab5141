"""Pandoc and Typst from their Python wheels as the renderer."""

import importlib.metadata
import subprocess
from pathlib import Path

import pypandoc
import typst
import yaml

from answerbook.errors import AnswerbookError
from answerbook.report.staging.document import fill_in, main_document, read_document

_HTML = (
    "--to=html5",
    "--template=assets/page.html",
    "--embed-resources",
    "--mathml",
    "--section-divs",
    "--css=assets/page.css",
)
_TYPST = (
    "--to=typst-citations",
    "--template=assets/book.typst",
    "--syntax-highlighting=idiomatic",
)
# What _quarto.yml says of a format and Pandoc calls the same.
_OPTIONS = ("css", "include-in-header", "include-before-body")


def render_with_pandoc(folder: Path, suffix: str) -> Path:
    """Render the staged project in `folder`, which is written to, to html or pdf.

    Returns the rendered file. Both formats come out byte for byte the same every time.

    Raises AnswerbookError with the warnings and errors of Pandoc and Typst.
    """
    main = main_document(folder)
    variables = yaml.safe_load((folder / "_variables.yml").read_text(encoding="utf-8"))
    texts = (fill_in(line.text, variables) for line in read_document(folder, main)[0])
    (folder / "expanded.md").write_text("\n".join(texts) + "\n", encoding="utf-8")
    if suffix == ".html":
        return _pandoc((folder / main).with_suffix(".html"), "html", _HTML)
    return _compiled(_pandoc((folder / main).with_suffix(".typ"), "typst", _TYPST))


def pandoc_version() -> str:
    """Pandoc and Typst with their versions."""
    version = importlib.metadata.version("typst")
    return f"Pandoc {pypandoc.get_pandoc_version()} and Typst {version}"


def _pandoc(output: Path, format: str, arguments: tuple[str, ...]) -> Path:
    """Convert expanded.md to `output` beside it, with what _quarto.yml says of the format."""
    settings = yaml.safe_load((output.parent / "_quarto.yml").read_text(encoding="utf-8"))
    options = settings.pop("format")[format]
    text = yaml.safe_dump(settings, allow_unicode=True)
    (output.parent / "settings.yml").write_text(text, encoding="utf-8")
    command = [
        pypandoc.get_pandoc_path(),
        "expanded.md",
        f"--output={output.name}",
        "--from=markdown",
        "--standalone",
        "--metadata-file=settings.yml",
        f"--variable=renderer:{pandoc_version()}",
        "--lua-filter=filters/quarto.lua",
        "--lua-filter=filters/mathematics.lua",
        "--citeproc",
        "--fail-if-warnings",
        "--toc",
        f"--toc-depth={settings['toc-depth']}",
        f"--variable=papersize:{options.get('papersize', '')}",
        "--number-sections",
        *(f"--{name}={options[name]}" for name in _OPTIONS if name in options),
        *arguments,
    ]
    done = subprocess.run(command, cwd=output.parent, capture_output=True, encoding="utf-8")
    if done.returncode != 0 or done.stderr.strip():
        raise AnswerbookError(f"Pandoc could not render the book:\n{done.stderr.strip()}")
    return output


def _compiled(source: Path) -> Path:
    """The pdf of `source`, with the fonts that the typst wheel brings and no others."""
    book = source.with_suffix(".pdf")
    compiler = typst.Compiler(str(source), root=str(source.parent), ignore_system_fonts=True)
    try:
        _, warnings = compiler.compile_with_warnings(output=str(book))
    except typst.TypstError as error:
        raise AnswerbookError(f"Typst could not make the pdf:\n{_diagnostic(error)}") from error
    if warnings:
        listed = "\n".join(map(_diagnostic, warnings))
        raise AnswerbookError(f"Typst warned while it made the pdf:\n{listed}")
    return book


def _diagnostic(message: Exception) -> str:
    return getattr(message, "diagnostic", None) or str(message)
