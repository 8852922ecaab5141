"""The staged book: a complete Quarto project that both renderers read."""

from pathlib import Path


def stage(
    source: Path,
    destination: Path,
    *,
    variables: dict,
    figures: list[Path],
    claims: list[dict],
    tables: dict[str, str],
    synthetic: bool = False,
) -> None:
    """Make the folder `destination` from the written chapters and everything computed.

    source: the folder `report/` (chapters, references.bib, _quarto.yml, assets).
    variables: nested mapping of formatted strings, written to _variables.yml.
    figures: svg files, copied to figures/.
    claims: objects of claims.json; each becomes _claims/{id}.{verdict}.qmd.
    tables: name -> Markdown, written to _tables/{name}.qmd.
    synthetic: every page says SYNTHETIC.

    The code blocks under _code/ are made for the names that the chapters include. The folder is
    made beside `destination`, checked, and then put in its place.

    Raises AnswerbookError listing every problem found in the staged source, with file and line.
    """
    raise NotImplementedError
