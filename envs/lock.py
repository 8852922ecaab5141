"""Pin the newest versions of the dependencies of pyproject.toml; run by `make lock`.

Writes requirements.lock, which `make setup` installs, test.lock, what the tests need on top of it,
quarto.lock, the package that fetches Quarto (it checks no sum of what it fetches), and the same
versions for conda, a file for each of the groups of dependencies in pyproject.toml.
Needs uv. With --keep what is pinned stays, and only what is new in pyproject.toml is added.
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ENVS = Path(__file__).parent
ROOT = ENVS.parent
LOCK, TEST_LOCK = ENVS / "requirements.lock", ENVS / "test.lock"
QUARTO_LOCK = ENVS / "quarto.lock"

ENVIRONMENT = """\
# Written by `make lock`: the versions of requirements.lock, for `snakemake --sdm conda`. They come
# from the same wheels as in .venv, so that both environments compute the same numbers.
channels:
  - conda-forge
  - nodefaults
dependencies:
  - python=3.11
  - pip
  - pip:
{packages}
"""


def resolve(lock: Path, *what: str, given: str | None = None) -> None:
    """One version of each package for every platform and Python, with the hashes of its files."""
    options = ["--universal", "--fork-strategy", "fewest", "--python-version", "3.11"]
    options += ["--generate-hashes", "--no-header", "--quiet", *what]
    command = [sys.executable, "-m", "uv", "pip", "compile", *options]
    subprocess.run([*command, "-o", lock], cwd=ROOT, check=True, input=given, text=True)


def pinned(lock: Path = LOCK) -> dict[str, str]:
    """The version of each package in the lock file."""
    return dict(re.findall(r"^([\w.-]+)==(\S+)", lock.read_text(), flags=re.MULTILINE))


def environments() -> dict[str, str]:
    """The conda environment of each group of jobs: what they need, at the versions of the lock."""
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    every_job, versions = groups.pop("job"), pinned()
    del groups["test"]

    def written(packages: list) -> str:
        names = sorted({name for name in packages if isinstance(name, str)} | set(every_job))
        lines = [f"    - {name}=={versions[name.replace('_', '-')]}" for name in names]
        return ENVIRONMENT.format(packages="\n".join(lines))

    return {name: written(packages) for name, packages in groups.items()}


if __name__ == "__main__":
    upgrade = [] if "--keep" in sys.argv else ["--upgrade"]
    resolve(LOCK, "pyproject.toml", "--extra", "cluster", *upgrade)
    # What the book needs on some machines only, tests may need on others.
    everywhere = re.findall(r"^([\w.-]+)==\S+ \\$", LOCK.read_text(), flags=re.MULTILINE)
    there = [f"--no-emit-package={name}" for name in everywhere]
    resolve(TEST_LOCK, "--group", "test", "--constraints", str(LOCK), *there, *upgrade)
    # What the package asks for is for notebooks.
    resolve(QUARTO_LOCK, "-", "--no-deps", "--no-annotate", *upgrade, given="quarto-cli")
    for name, text in environments().items():
        (ENVS / f"{name}.yaml").write_text(text)
