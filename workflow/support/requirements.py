"""The packages that the project needs: their pinned versions, and which of them are missing."""

import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import distributions
from pathlib import Path

from packaging.requirements import Requirement

from answerbook.errors import AnswerbookError


def pins(checkout: Path) -> dict[str, str]:
    """The pinned version of each package, by its name in small letters with dashes."""
    lock = (checkout / "envs/requirements.lock").read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", lock, re.MULTILINE))


def pinned_dependencies(checkout: Path) -> dict[str, str]:
    """That of each package that the project needs, those of its tests left out."""
    pyproject = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))
    needed = (Requirement(line).name for line in pyproject["project"]["dependencies"])
    pinned = pins(checkout)
    return {name: pinned[name.replace("_", "-").lower()] for name in sorted(needed)}


def check_installed(packages: Iterable[str]) -> None:
    """Raise `AnswerbookError` that names the packages missing here, and the ways on."""
    if missing := [package for package in packages if not any(distributions(name=package))]:
        raise AnswerbookError(
            f"the Python of this snakemake ({sys.executable}) lacks {', '.join(missing)}, which "
            "the jobs need. Either run `make setup` and `source .venv/bin/activate`, then the same "
            "command again; or, where there is conda, add `--sdm conda` to the command"
        )
