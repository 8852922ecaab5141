"""The commit that the code of a run is."""

import subprocess
from pathlib import Path


def commit(checkout: Path) -> str:
    """The commit of the checkout, `-dirty` where files differ; "unknown: " and git's reason.

    A copy that lies within another repository has none: git does not track its Snakefile there.
    """
    try:
        _git(checkout, "ls-files", "--error-unmatch", "Snakefile")
        return _git(checkout, "describe", "--always", "--abbrev=40", "--dirty", "--exclude=*")
    except OSError as error:
        return f"unknown: git cannot be run ({error.strerror})"
    except subprocess.CalledProcessError as error:
        return f"unknown: {error.stderr.strip().partition(chr(10))[0]}"


def _git(checkout: Path, *arguments: str) -> str:
    command = ["git", "-C", str(checkout), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
