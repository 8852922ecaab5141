"""What a Python needs in order to run the jobs itself, and what it lacks."""

import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import distributions
from pathlib import Path

from answerbook.errors import AnswerbookError


def pinned_dependencies(checkout: Path) -> dict[str, str]:
    """The pinned version of each package that the project needs, those of its tests left out."""
    pyproject = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))
    lock = (checkout / "envs/requirements.lock").read_text(encoding="utf-8")
    pins = dict(re.findall(r"^([\w.-]+)==(\S+)", lock, re.MULTILINE))
    needed = (re.split(r"[\s<>=!~;\[]", line)[0] for line in pyproject["project"]["dependencies"])
    return {name: pins[name.replace("_", "-").lower()] for name in sorted(needed)}


def check_installed(packages: Iterable[str]) -> None:
    """Raise `AnswerbookError` that names the packages missing here, and the ways on."""
    if missing := [package for package in packages if not any(distributions(name=package))]:
        raise AnswerbookError(
            f"the Python of this snakemake ({sys.executable}) lacks {', '.join(missing)}, which "
            "the jobs need. Either run `make setup` and `source .venv/bin/activate`, then the same "
            "command again; or, where there is conda, add `--sdm conda` to the command"
        )
