"""A book made from synthetic data says so on every page, whichever renderer makes it."""

import re
from collections.abc import Sequence
from pathlib import Path

import yaml

from answerbook.report.content.verdicts import verdict_file
from answerbook.report.staging.project import read_settings, write_settings

WORD = "SYNTHETIC"
_LEARNT = re.compile(r"q1[235]-|q4c-trained")  # claims on what networks learnt from the images
_CLAIM_FILE = re.compile(r"_claims/([\w-]+)\.[\w.]+\.qmd")
_FRONT_MATTER = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)


def mark_synthetic(folder: Path, main: str) -> None:
    """Mark the staged project in `folder`: its title, and each page by an included snippet."""
    text = (folder / main).read_text(encoding="utf-8")
    match = _FRONT_MATTER.match(text)
    head = yaml.safe_load(match[1]) if match else {}
    body = text[match.end() :] if match else text
    head["title"] = f"{WORD}: {head.get('title', 'Answerbook')}"
    (folder / main).write_text(f"---\n{_dump(head)}---\n{body}", encoding="utf-8")
    settings = read_settings(folder)
    settings["format"]["html"]["include-before-body"] = "assets/synthetic.html"
    settings["format"]["typst"]["include-in-header"] = "assets/synthetic.typ"
    write_settings(folder, settings)


def follow_verdicts(folder: Path, claims: Sequence[dict]) -> None:
    """Let the staged text include whatever verdicts were reached on what networks have learnt.

    It was written for those reached on photographs, and the networks have not seen any.
    """
    reached = {c["id"]: verdict_file(c) for c in claims if _LEARNT.match(c["id"])}
    for path in folder.glob("*.qmd"):
        text = path.read_text(encoding="utf-8")
        followed = _CLAIM_FILE.sub(lambda match: reached.get(match[1], match[0]), text)
        path.write_text(followed, encoding="utf-8")


def _dump(value: dict) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
