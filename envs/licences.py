"""List the licence of every pinned package in licences.csv; run by `make lock`.

Each is as the package states it: in its metadata, else in the first line of its licence file.
"""

import csv
import importlib.metadata
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ENVS = Path(__file__).parent
LICENCES = ENVS / "licences.csv"
NOT_STATED = "not stated"
_LONGEST_NAME = 60  # longer ones are the text of a licence
_CLASSIFIER = re.compile(r"License :: (?:OSI Approved :: )?(.+)")


def write_licences(pins: Mapping[str, str], path: Path = LICENCES) -> None:
    """Write package, version and licence of each of the `pins` (version by name)."""
    stated = {name: installed_licence(name, version) for name, version in pins.items()}
    absent = {name: pins[name] for name, licence in stated.items() if licence is None}
    stated |= published_licences(absent)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["package", "version", "licence"])
        writer.writerows([name, pins[name], stated[name]] for name in sorted(pins))


def installed_licence(name: str, version: str) -> str | None:
    """The licence of a package that is installed at this version; None if it is not."""
    try:
        distribution = importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return None
    if distribution.version != version:
        return None
    metadata = distribution.metadata
    return (
        stated_licence(
            metadata.get("License-Expression"),
            metadata.get("License"),
            metadata.get_all("Classifier") or [],
        )
        or _first_line(distribution)
        or NOT_STATED
    )


def published_licences(pins: Mapping[str, str]) -> dict[str, str]:
    """The licences of packages that are not installed here, from the metadata of their index."""
    if not pins:
        return {}
    wanted = [f"{name}=={version}" for name, version in pins.items()]
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed"]
    command += ["--no-deps", "--quiet", "--disable-pip-version-check", "--report", "-", *wanted]
    report = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    found = {normal(item["metadata"]["name"]): item["metadata"] for item in report["install"]}
    return {
        name: stated_licence(
            found[name].get("license_expression"),
            found[name].get("license"),
            found[name].get("classifier", []),
        )
        or NOT_STATED
        for name in pins
    }


def stated_licence(expression: str | None, licence: str | None, classifiers: list[str]) -> str:
    """The licence in a package's metadata; empty if they have none."""
    if expression:
        return expression
    named = licence not in (None, "UNKNOWN")  # which setuptools writes where nothing is stated
    if licence and named and "\n" not in licence.strip() and len(licence) <= _LONGEST_NAME:
        return licence.strip()
    return ", ".join(match[1] for match in map(_CLASSIFIER.fullmatch, classifiers) if match)


def normal(name: str) -> str:
    """The name as an index spells it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _first_line(distribution: importlib.metadata.Distribution) -> str:
    for file in distribution.files or []:
        if re.match(r"(?i)licen[cs]e|copying", file.name):
            text = Path(file.locate()).read_text(encoding="utf-8", errors="replace")
            return text.strip().partition("\n")[0].strip()
    return ""
