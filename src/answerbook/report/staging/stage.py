"""A staged document: a complete Quarto project that both renderers read."""

import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import yaml

from answerbook.errors import AnswerbookError
from answerbook.report.content.verdicts import verdict_callout, verdict_file
from answerbook.report.staging.checks import check_source
from answerbook.report.staging.code import code_block, included_code
from answerbook.report.staging.document import main_document, written_parts
from answerbook.report.staging.synthetic import mark_synthetic

# Who renders; the Pandoc renderer puts its own name there before it reads the source.
RENDERER = {"rendering": {"engine": "Quarto"}}
_COLOPHON = "\n\n::: {.colophon}\nThis copy was rendered by {{< var rendering.engine >}}.\n:::\n"


def stage(
    source: Path,
    destination: Path,
    *,
    main: str = "answerbook.qmd",
    variables: dict,
    figures: list[Path],
    claims: Sequence[dict] = (),
    tables: dict[str, str],
    synthetic: bool = False,
) -> None:
    """Make the folder `destination` from the written text and everything computed.

    source: the folder `report/` (documents, references.bib, _quarto.yml, assets, filters).
    main: the document that is staged, with those that it includes.
    variables: nested mapping of formatted strings, written to _variables.yml.
    figures: files, copied to figures/.
    claims: objects of claims.json; each becomes _claims/{id}.{verdict}.qmd.
    tables: name -> Markdown, written to _tables/{name}.qmd.
    synthetic: every page says SYNTHETIC.

    The code listings under _code/ are made for the names that the chapters include. The folder
    is made beside `destination`, checked, and then put in its place.

    Raises AnswerbookError listing every problem found in the staged source, with file and line.
    """
    destination.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".staged.", dir=destination.parent) as temporary:
        folder = Path(temporary) / destination.name
        _copy_written(source, folder, main)
        _write(folder / "_variables.yml", _yaml({**variables, **RENDERER}))
        _copy_figures(figures, folder / "figures")
        _write_generated(folder, claims, tables)
        _sign(folder / main)
        if synthetic:
            mark_synthetic(folder, main)
        check_source(folder, claims)
        shutil.rmtree(destination, ignore_errors=True)
        folder.rename(destination)


def _copy_written(source: Path, folder: Path, main: str) -> None:
    for path in written_parts(source, main):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source / path, folder / path)
    if main_document(folder) != main:
        settings = yaml.safe_load((folder / "_quarto.yml").read_text(encoding="utf-8"))
        settings["project"]["render"] = [main]
        _write(folder / "_quarto.yml", _yaml(settings))


def _write_generated(folder: Path, claims: Sequence[dict], tables: dict[str, str]) -> None:
    for name in included_code(folder):
        with suppress(AnswerbookError):  # the check of the includes says where and why
            _write(folder / "_code" / f"{name}.qmd", code_block(name))
    for claim in claims:
        _write(folder / verdict_file(claim), verdict_callout(claim))
    for name, markdown in tables.items():
        _write(folder / "_tables" / f"{name}.qmd", markdown)


def _sign(main: Path) -> None:
    if not any("rendering.engine" in path.read_text("utf-8") for path in main.parent.glob("*.qmd")):
        _write(main, main.read_text(encoding="utf-8").rstrip() + _COLOPHON)


def _copy_figures(figures: list[Path], folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for figure in figures:
        shutil.copy(figure, folder / figure.name)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _yaml(variables: dict) -> str:
    return yaml.safe_dump(variables, allow_unicode=True, sort_keys=False)
