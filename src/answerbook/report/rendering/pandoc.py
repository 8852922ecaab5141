"""Pandoc and Typst from their Python wheels as the renderer."""

import importlib.metadata
import subprocess
from pathlib import Path

import pypandoc
import typst
import yaml

from answerbook.errors import AnswerbookError
from answerbook.report.staging.document import main_document, read_document
from answerbook.report.staging.shortcodes import substitute


def render_with_pandoc(folder: Path, suffix: str) -> Path:
    """Render the staged project in `folder`, which is written to, to html or pdf.

    Returns the rendered file. Both formats come out byte for byte the same every time.

    Raises AnswerbookError with the warnings and errors of Pandoc and Typst.
    """
    settings = yaml.safe_load((folder / "_quarto.yml").read_text(encoding="utf-8"))
    formats = settings.pop("format")
    main = main_document(folder)
    _expand(folder, main)
    _write_yaml(folder / "settings.yml", settings)
    if suffix == ".html":
        page = (folder / main).with_suffix(".html")
        _to_html(page, settings, formats["html"])
        return page
    source = (folder / main).with_suffix(".typ")
    _to_typst(source, settings, formats["typst"])
    return _compile(source)


def renderer_name() -> str:
    """Pandoc and Typst with their versions."""
    version = importlib.metadata.version("typst")
    return f"Pandoc {pypandoc.get_pandoc_version()} and Typst {version}"


def _expand(folder: Path, main: str) -> None:
    variables = yaml.safe_load((folder / "_variables.yml").read_text(encoding="utf-8"))
    variables["rendering"] = {"engine": renderer_name()}
    lines, _ = read_document(folder, main)
    texts = (line.text if line.code else substitute(line.text, variables) for line in lines)
    (folder / "expanded.md").write_text("\n".join(texts) + "\n", encoding="utf-8")


def _to_html(page: Path, settings: dict, options: dict) -> None:
    _pandoc(
        page,
        "--to=html5",
        "--template=assets/page.html",
        "--embed-resources",
        "--mathml",
        "--section-divs",
        f"--css={options['css']}",
        "--css=assets/page.css",
        *_included(options),
        *_sections(settings),
    )


def _to_typst(source: Path, settings: dict, options: dict) -> None:
    _pandoc(
        source,
        "--to=typst-citations",
        "--template=assets/book.typst",
        "--syntax-highlighting=idiomatic",
        f"--variable=papersize:{options['papersize']}",
        *_included(options),
        *_sections(settings),
    )


def _sections(settings: dict) -> list[str]:
    return ["--toc", f"--toc-depth={settings['toc-depth']}", "--number-sections"]


def _included(options: dict) -> list[str]:
    names = ("include-in-header", "include-before-body")
    return [f"--{name}={options[name]}" for name in names if name in options]


def _pandoc(output: Path, *arguments: str) -> None:
    command = [
        pypandoc.get_pandoc_path(),
        "expanded.md",
        f"--output={output.name}",
        "--from=markdown",
        "--standalone",
        "--metadata-file=settings.yml",
        f"--variable=renderer:{renderer_name()}",
        "--lua-filter=filters/quarto.lua",
        "--lua-filter=filters/mathematics.lua",
        "--citeproc",
        "--fail-if-warnings",
        *arguments,
    ]
    done = subprocess.run(command, cwd=output.parent, capture_output=True, encoding="utf-8")
    if done.returncode != 0 or done.stderr.strip():
        raise AnswerbookError(f"Pandoc could not render the book:\n{done.stderr.strip()}")


def _compile(source: Path) -> Path:
    """The pdf of `source`, with the fonts that the typst wheel brings and no others."""
    book = source.with_suffix(".pdf")
    compiler = typst.Compiler(str(source), root=str(source.parent), ignore_system_fonts=True)
    try:
        _, warnings = compiler.compile_with_warnings(output=str(book))
    except typst.TypstError as error:
        raise AnswerbookError(f"Typst could not make the pdf:\n{_told(error)}") from error
    if warnings:
        listed = "\n".join(_told(warning) for warning in warnings)
        raise AnswerbookError(f"Typst warned while it made the pdf:\n{listed}")
    return book


def _told(message: Exception) -> str:
    return getattr(message, "diagnostic", None) or str(message)


def _write_yaml(path: Path, value: dict) -> None:
    path.write_text(yaml.safe_dump(value, allow_unicode=True), encoding="utf-8")
