"""Where CIFAR-10 comes from: the first source that holds it."""

import logging
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from answerbook.classification.archive import ARCHIVES, BATCHES, SLACK, read_archive
from answerbook.classification.batches import RECORD
from answerbook.classification.cifar10 import Splits
from answerbook.classification.download import TooSlow, download
from answerbook.classification.release import CIFAR10, Release
from answerbook.errors import AnswerbookError

BRISK = 100_000  # bytes a second: a mirror below is put off until the others have been tried …
CRAWL = 10_000  # … and given up below this, at which the whole archive takes five hours

log = logging.getLogger(__name__)


def fetch(
    folders: Sequence[str | Path],
    mirrors: Sequence[str],
    resources: str | Path,
    release: Release = CIFAR10,
) -> tuple[Splits, str]:
    """Return the data set and the usual name of the archive that it came in.

    The folders are searched for either archive, then the mirrors are asked in turn; what a mirror
    gives is kept in `resources`, under its usual name, once its contents are verified. The log says
    which place it was; the result does not, so that finding the kept archive next time changes
    nothing. Raises one `AnswerbookError` that names every source and why it failed.
    """
    failures: dict[str, str] = {}
    for path in _archives(folders, failures):
        with _noting(str(path), failures):
            dataset, layout = read_archive(path, release)
            return dataset, layout.archive
    slow = []
    for url in mirrors:
        with _noting(url, failures):
            try:
                return _from_mirror(url, resources, release, BRISK)
            except TooSlow:
                slow.append(url)
                raise
    for url in slow:
        with _noting(url, failures):
            return _from_mirror(url, resources, release, CRAWL)
    raise AnswerbookError(_nowhere(failures, resources))


def _archives(folders: Sequence[str | Path], failures: dict[str, str]) -> Iterator[Path]:
    """Yield the archives that are there; note the folders that have none."""
    for folder in folders:
        found = [path for name in ARCHIVES if (path := Path(folder) / name).is_file()]
        if not found:
            failures[str(folder)] = f"neither {' nor '.join(ARCHIVES)} is there"
        yield from found


@contextmanager
def _noting(source: str, failures: dict[str, str]) -> Iterator[None]:
    """Note why the source failed, and go on."""
    log.info("trying %s", source)
    try:
        yield
    except (AnswerbookError, OSError) as error:
        log.warning("%s: %s", source, error)
        failures[source] = str(error)


def _from_mirror(
    url: str, resources: str | Path, release: Release, slowest: float
) -> tuple[Splits, str]:
    resources = Path(resources)
    resources.mkdir(parents=True, exist_ok=True)
    most_bytes = (len(BATCHES) + 1) * RECORD * release.records + SLACK  # an archive is smaller
    with tempfile.TemporaryDirectory(prefix=".download-", dir=resources) as folder:
        archive = Path(folder) / "archive.tar.gz"
        download(url, archive, most_bytes=most_bytes, slowest=slowest)
        dataset, layout = read_archive(archive, release)
        archive.replace(resources / layout.archive)
    return dataset, layout.archive


def _nowhere(failures: dict[str, str], resources: str | Path) -> str:
    tried = "\n".join(f"  {source}: {reason}" for source, reason in failures.items())
    return (
        f"CIFAR-10 could not be had. What was tried, and why it failed:\n{tried}\n"
        f"Put {' or '.join(ARCHIVES)} into {resources} and run again, or run `make demo`, "
        "which makes the book from generated images."
    )
