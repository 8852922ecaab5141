"""A staged document: a complete Quarto project that both renderers read."""

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

from answerbook.errors import AnswerbookError
from answerbook.report.content.verdicts import verdict_block, verdict_file
from answerbook.report.staging.checks import check_source
from answerbook.report.staging.code import code_block, included_code
from answerbook.report.staging.document import main_document, written_parts
from answerbook.report.staging.drawings import shortened
from answerbook.report.staging.live import add_live_figures
from answerbook.report.staging.origins import DRAWN, drawn_tables, marked, origins
from answerbook.report.staging.origins import FILE as ORIGINS
from answerbook.report.staging.project import (
    add_to_end_of_page,
    read_settings,
    write_settings,
    write_yaml,
)
from answerbook.report.staging.synthetic import follow_verdicts, mark_synthetic


def stage(
    source: Path,
    destination: Path,
    *,
    main: str = "answerbook.qmd",
    variables: dict,
    figures: list[Path],
    claims: Sequence[dict] = (),
    tables: dict[str, str],
    live: Mapping[str, object] = MappingProxyType({}),
    commit: str | None = None,
    synthetic: bool = False,
) -> None:
    """Make the folder `destination` from the written text and everything computed.

    source: the folder `report/` (documents, references.bib, _quarto.yml, assets, filters).
    main: the document that is staged, with those that it includes.
    variables: nested mapping of formatted strings, written to _variables.yml.
    figures: svg files, for figures/; with a commit, the numbers drawn lie beside them, as csv.
    claims: objects of claims.json; each becomes the file that `verdict_file` names.
    tables: name -> Markdown, written to _tables/{name}.qmd.
    live: name -> data, put into the page for the figures that answer back.
    commit: where figures and numbers come from is said beside them; without, nothing is.
    synthetic: every page says SYNTHETIC, and networks may have learnt other than the text says.

    The code listings under _code/ are made for the names that the chapters include. The folder
    is made beside `destination`, checked, and then put in its place.

    Raises AnswerbookError listing every problem found in the staged source, with file and line.
    """
    destination.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".staged.", dir=destination.parent) as temporary:
        folder = Path(temporary) / destination.name
        for path in written_parts(source, main):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / path, folder / path)
        (folder / "figures").mkdir()
        for figure in figures:
            drawing = shortened(figure.read_text(encoding="utf-8"))
            (folder / "figures" / figure.name).write_text(drawing, encoding="utf-8")
        for path, text in _generated(folder, claims, tables).items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        write_yaml(folder / "_variables.yml", variables)
        _render_only(folder, main)
        add_live_figures(folder, main, live)
        if commit is not None:
            _tell_origins(folder, main, figures, commit)
        if synthetic:
            mark_synthetic(folder, main)
            follow_verdicts(folder, claims)
        check_source(folder, claims)
        shutil.rmtree(destination, ignore_errors=True)
        folder.rename(destination)


def _generated(folder: Path, claims: Sequence[dict], tables: dict[str, str]) -> dict[str, str]:
    """Listings, verdicts and tables by the paths at which the chapters include them."""
    files = {f"_tables/{name}.qmd": markdown for name, markdown in tables.items()}
    files |= {verdict_file(claim): verdict_block(claim) for claim in claims}
    for name in included_code(folder):
        with suppress(AnswerbookError):  # the check of the includes says where and why
            files[f"_code/{name}.qmd"] = code_block(name)
    return files


def _render_only(folder: Path, main: str) -> None:
    """Make the project in `folder` one of the document `main`, if it is another's."""
    if main_document(folder) != main:
        settings = read_settings(folder)
        settings["project"]["render"] = [main]
        write_settings(folder, settings)


def _tell_origins(folder: Path, main: str, figures: Sequence[Path], commit: str) -> None:
    """Let each figure, and each number of an experiment, say where it comes from."""
    for path in folder.glob("*.qmd"):
        path.write_text(marked(path.read_text(encoding="utf-8")), encoding="utf-8")
    (folder / ORIGINS).write_text(origins(figures, commit), encoding="utf-8")
    with (folder / main).open("a", encoding="utf-8") as document:
        document.write(f"\n\n{{{{< include {ORIGINS} >}}}}\n")
    add_to_end_of_page(folder, DRAWN, drawn_tables(figures))
