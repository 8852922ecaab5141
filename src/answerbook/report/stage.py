"""A staged document: a complete Quarto project that both renderers read."""

import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from answerbook.claims.records import ClaimRow
from answerbook.jobs.files import replacing
from answerbook.report import origins
from answerbook.report.checks import check_project
from answerbook.report.document import fill_in
from answerbook.report.drawings import shortened
from answerbook.report.listings import code_block, included_code
from answerbook.report.live import live_end, live_scripts
from answerbook.report.project import MAIN, Project, read_project
from answerbook.report.verdicts import CLAIM_FILE, verdict_block, verdict_file

_TITLE = re.compile(r'^title: *"?(.*?)"?$', re.MULTILINE)


def stage(
    source: Path,
    destination: Path,
    *,
    variables: dict,
    figures: Sequence[Path],
    claims: Sequence[ClaimRow] = (),
    tables: Mapping[str, str],
    live: Mapping[str, object] = MappingProxyType({}),
    synthetic: bool = False,
) -> None:
    """Make the folder `destination` from the written text and everything computed.

    source: the folder `report/` (documents, references.bib, _quarto.yml, assets, filters).
    variables: nested mapping of formatted strings; each stands where the text names it.
    figures: svg files, for figures/; the numbers drawn lie beside them, as csv.
    claims: objects of claims.json; each becomes the file that `verdict_file` names.
    tables: name -> Markdown, written to _tables/{name}.qmd.
    live: name -> data, put into the page for the figures that answer back.
    synthetic: every page says SYNTHETIC, and networks may have learnt other than the text says.

    The code listings under _code/ are made for the names that the chapters include. All is made
    in memory and checked, and then put in the place of `destination` at once. The SHA-256 of each
    file, in `{destination}.sha256`, tells whether it changed; its age does not.

    Raises AnswerbookError listing every problem found in the text, with file and line.
    """
    project = read_project(source)
    texts = project.texts
    listings = {name: code_block(name) for name in included_code(texts.values())}
    texts |= {f"_code/{name}.qmd": block for name, block in listings.items() if block}
    texts |= {f"_tables/{name}.qmd": markdown for name, markdown in tables.items()}
    texts |= {verdict_file(claim): verdict_block(claim) for claim in claims}
    for figure in figures:
        drawing = shortened(figure.read_text(encoding="utf-8"))
        project.files[f"figures/{figure.name}"] = drawing.encode()
    _let_answer(project, live)
    _tell_origins(project, figures)
    if synthetic:
        _mark_synthetic(project)
        _follow_verdicts(project, claims)
    # Quarto would leave those in attributes and formulas as they are, and set tables otherwise.
    texts |= {path: fill_in(text, variables) for path, text in texts.items()}
    check_project(project, claims)
    destination.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".staged.", dir=destination.parent) as temporary:
        folder = Path(temporary) / destination.name
        project.write(folder)
        shutil.rmtree(destination, ignore_errors=True)
        folder.rename(destination)
    with replacing(destination.with_suffix(".sha256")) as sums:
        sums.write_text(project.sums(), encoding="utf-8")


def _let_answer(project: Project, data: Mapping[str, object]) -> None:
    """Put data and scripts into the page, if a figure is to answer."""
    scripts = live_scripts("\n".join(project.texts.values()))
    if scripts:  # the check says which is not there
        read = [project.files[script].decode() for script in scripts if script in project.files]
        project.end_page_with("interactive/live.html", live_end(read, data))


def _tell_origins(project: Project, figures: Sequence[Path]) -> None:
    """Let each figure, and each number of an experiment, say where it comes from."""
    texts = project.texts
    written = [path for path in texts if "/" not in path]
    texts |= {path: origins.marked(texts[path]) for path in written}
    texts[MAIN] += f"\n\n{{{{< include {origins.FILE} >}}}}\n"
    texts[origins.FILE] = origins.origins(figures)
    project.end_page_with(origins.DRAWN, origins.drawn_tables(figures))


def _mark_synthetic(project: Project) -> None:
    """Mark the title, and each page by an included snippet."""
    text = project.texts[MAIN]
    project.texts[MAIN] = _TITLE.sub(r'title: "SYNTHETIC: \1"', text, count=1)
    project.settings["format"]["html"]["include-before-body"] = "assets/synthetic.html"
    project.settings["format"]["typst"]["include-in-header"] = "assets/synthetic.typ"


def _follow_verdicts(project: Project, claims: Sequence[ClaimRow]) -> None:
    """Let the text include whatever verdicts were reached on what networks have learnt.

    It was written for those reached on photographs, and the networks have not seen any.
    """
    reached = {c["id"]: verdict_file(c) for c in claims if c["from_images"]}
    for path, text in project.texts.items():
        followed = CLAIM_FILE.sub(lambda match: reached.get(match[1], match[0]), text)
        project.texts[path] = followed
