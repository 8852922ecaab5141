"""The sums of a staged project: they tell whether it changed, which its age does not."""

import hashlib
from pathlib import Path

from answerbook.jobs.files import replacing


def write_sums(folder: Path, path: str | Path) -> None:
    """Write the SHA-256 of each file in `folder` to `path`, as `sha256sum` in that folder would."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    lines = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(folder).as_posix()}\n"
        for file in files
    ]
    with replacing(path) as temporary:
        temporary.write_text("".join(lines), encoding="utf-8")
