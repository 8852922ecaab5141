"""Where CIFAR-10 comes from: the first place on this machine, or else the first mirror, with it."""

import hashlib
import logging
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

from answerbook.cifar10.archive import FORMS, MOST, ArchiveError, read
from answerbook.cifar10.arrays import Splits
from answerbook.cifar10.download import download
from answerbook.errors import AnswerbookError

log = logging.getLogger(__name__)


def fetch(places: Iterable[Path], mirrors: Sequence[str], resources: Path) -> tuple[Splits, str]:
    """Return the data set and the usual name of the archive of its form.

    The places (see `candidates`) are searched, then the mirrors are asked in turn. What a mirror
    gives is kept in `resources` under its usual name, once its contents are verified. The log says
    which source it was; the result does not, so that finding the kept archive next time changes
    nothing. Raises one `AnswerbookError` that says of each source why it failed, or `OSError`
    where `resources` cannot be written.
    """
    failures: dict[Path | str, str] = {}
    for path in chain.from_iterable(map(candidates, places)):
        log.info("trying %s", path)
        try:
            return read(path)
        except (ArchiveError, OSError) as error:
            failures[path] = getattr(error, "strerror", None) or str(error)
            log.warning("%s: %s", path, failures[path])
    for url in mirrors:
        log.info("asking %s", url)
        try:
            return _from_mirror(url, resources)
        except AnswerbookError as error:
            log.warning("%s: %s", url, error)
            failures[url] = str(error)
    tried = "\n".join(f"  {source}: {reason}" for source, reason in failures.items())
    raise AnswerbookError(
        "CIFAR-10 could not be had. What was tried (archives, and folders with its files), and why "
        f"it failed:\n{tried}\n"
        f"Put {' or '.join(FORMS)} into {resources} and run again, or run `make demo`, "
        "which makes the book from generated images."
    )


def candidates(place: Path) -> list[Path]:
    """Return what at `place` may be the data set: usual names first, `place` itself if nothing.

    In a folder these are archives, known by the end of their name or by `cifar` in it, and folders
    with CIFAR-10's files, two levels below at most.
    """
    ends = (".tar.gz", ".tgz", ".tar", ".zip")
    files = [path for path in place.glob("*") if path.is_file()]
    packed = {path for path in files if path.name.endswith(ends) or "cifar" in path.name.lower()}
    levels = ("test_batch*", "*/test_batch*", "*/*/test_batch*")
    unpacked = {file.parent for level in levels for file in place.glob(level)}
    order = sorted(packed | unpacked, key=lambda path: (path.name not in FORMS, path))
    return order or [place]


def _from_mirror(url: str, resources: Path) -> tuple[Splits, str]:
    """Download and verify; keep the archive, and no part of any other."""
    resources.mkdir(parents=True, exist_ok=True)
    part = resources / f"download-{hashlib.sha256(url.encode()).hexdigest()[:12]}.part"
    continued = part.exists()
    download(url, part, MOST)
    try:
        dataset, form = read(part)
    except ArchiveError as error:
        part.unlink()
        if not continued:
            raise
        log.warning("%s: %s; its parts may not fit, so it is fetched anew", url, error)
        return _from_mirror(url, resources)
    part.replace(resources / form)
    for path in resources.glob("download-*.part"):
        path.unlink()
    return dataset, form
