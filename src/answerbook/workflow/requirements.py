"""What a Python needs in order to run the jobs itself, and what it lacks."""

import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from answerbook.errors import AnswerbookError


def dependencies(pyproject: Path) -> list[str]:
    """The packages that the project needs, those of its tests and linters left out, sorted."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    return sorted(re.split(r"[\s<>=!~;\[]", name)[0] for name in project["dependencies"])


def check_installed(packages: list[str]) -> None:
    """Raise `AnswerbookError` that names the packages missing here, and the ways on."""
    missing = []
    for package in packages:
        try:
            version(package)
        except PackageNotFoundError:
            missing.append(package)
    if missing:
        raise AnswerbookError(
            f"the Python of this snakemake ({sys.executable}) lacks {', '.join(missing)}, which "
            "the jobs need. Either run `make setup` and `source .venv/bin/activate`, then the same "
            "command again; or, where there is conda, add `--sdm conda` to the command"
        )
