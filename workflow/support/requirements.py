"""The versions of packages that envs/requirements.lock pins."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement


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
