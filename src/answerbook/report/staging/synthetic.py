"""A book made from synthetic data says so on every page, whichever renderer makes it."""

import re
from pathlib import Path

import yaml

WORD = "SYNTHETIC"
_FRONT_MATTER = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)


def mark_synthetic(folder: Path, main: str) -> None:
    """Mark the staged project in `folder`: its title, and each page by an included snippet."""
    text = (folder / main).read_text(encoding="utf-8")
    match = _FRONT_MATTER.match(text)
    head = yaml.safe_load(match[1]) if match else {}
    body = text[match.end() :] if match else text
    head["title"] = f"{WORD}: {head.get('title', 'Answerbook')}"
    (folder / main).write_text(f"---\n{_dump(head)}---\n{body}", encoding="utf-8")
    project = folder / "_quarto.yml"
    settings = yaml.safe_load(project.read_text(encoding="utf-8"))
    settings["format"]["html"]["include-before-body"] = "assets/synthetic.html"
    settings["format"]["typst"]["include-in-header"] = "assets/synthetic.typ"
    project.write_text(_dump(settings), encoding="utf-8")


def _dump(value: dict) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
