"""The settings of a staged project, in its _quarto.yml."""

from pathlib import Path

import yaml

FILE = "_quarto.yml"


def read_settings(folder: Path) -> dict:
    """What the _quarto.yml in `folder` says."""
    return yaml.safe_load((folder / FILE).read_text(encoding="utf-8"))


def write_settings(folder: Path, settings: dict) -> None:
    """Replace what the _quarto.yml in `folder` says."""
    write_yaml(folder / FILE, settings)


def add_to_end_of_page(folder: Path, name: str, html: str) -> None:
    """Write `html` to the file `name` in `folder`, and let the page end with it."""
    (folder / name).write_text(html, encoding="utf-8")
    settings = read_settings(folder)
    page = settings["format"]["html"]
    before = page.get("include-after-body", [])
    page["include-after-body"] = [*([before] if isinstance(before, str) else before), name]
    write_settings(folder, settings)


def write_yaml(path: Path, value: dict) -> None:
    """Write `value` as YAML, in its own order."""
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")
