"""Ask for known vulnerabilities of what is pinned; run by `make audit`.

pip-audit ends well where an index knows nothing of vulnerabilities, as mirrors do not. Here it
ends well (0) only where every package was looked up and none has any; 1: some have; 2: it could
not be found out.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

LOCK = Path(__file__).parent / "requirements.lock"
SERVICES = ("pypi", "osv")  # asked in turn until one answers for all
TIMEOUT = "15"  # seconds, for each request


class NoAnswer(Exception):
    """Why a service did not answer for every package."""


def vulnerabilities(lock: Path, service: str, *options: str) -> tuple[int, list[str]]:
    """How many packages of `lock` were looked up, and a line for each vulnerability.

    Those for other platforms are among them.

    Raises NoAnswer if any package was not looked up.
    """
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes"]
    command += ["--format", "json", "--progress-spinner", "off", "--timeout", TIMEOUT]
    command += ["--vulnerability-service", service, *options, "--requirement"]
    with tempfile.TemporaryDirectory() as folder:
        pins = Path(folder) / lock.name
        pins.write_text(re.sub(r" ;.*(?= \\$)", "", lock.read_text(), flags=re.MULTILINE))
        run = subprocess.run([*command, pins], capture_output=True, text=True, check=False)
    try:
        packages = json.loads(run.stdout)["dependencies"]
    except ValueError:
        said = run.stderr.strip().splitlines() or ["it said nothing"]
        raise NoAnswer(f"{service} gave no answer: {said[-1]}") from None
    unknown = [package["name"] for package in packages if "vulns" not in package]
    if unknown:
        some = ", ".join(unknown[:3]) + ", …" * (len(unknown) > 3)
        raise NoAnswer(f"{service} has no entry for {len(unknown)} of {len(packages)}: {some}")
    return len(packages), [_line(each, found) for each in packages for found in each["vulns"]]


def audit(lock: Path = LOCK, services: tuple[str, ...] = SERVICES, *options: str) -> int:
    """Print what the first service says that answers for all packages; return the exit status."""
    reasons = []
    for service in services:
        try:
            number, found = vulnerabilities(lock, service, *options)
        except NoAnswer as reason:
            reasons.append(str(reason))
            continue
        print(*found, sep="\n", end="\n" * bool(found))
        print(f"{number} packages looked up with {service}: {len(found)} known vulnerabilities")
        return 1 if found else 0
    print("Not audited: is there a network?", *reasons, sep="\n  ", file=sys.stderr)
    return 2


def _line(package: dict, found: dict) -> str:
    mended = ", ".join(found["fix_versions"]) or "no version yet"
    names = ", ".join([found["id"], *found["aliases"]])
    return f"{package['name']} {package['version']}: {names}; mended in {mended}"


if __name__ == "__main__":
    sys.exit(audit())
