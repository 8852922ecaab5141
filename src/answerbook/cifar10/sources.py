"""Where CIFAR-10 comes from: the first source that holds it."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from answerbook.cifar10.archive import ARCHIVES, Layout, check_head, most_bytes, read_archive
from answerbook.cifar10.arrays import Splits
from answerbook.cifar10.checksums import CIFAR10, BadArchive, Release
from answerbook.cifar10.download import Bounds, download
from answerbook.cifar10.faults import TooSlow
from answerbook.cifar10.partial import Partial, discard_all
from answerbook.cifar10.transfer import PATIENCE, Patience
from answerbook.errors import AnswerbookError
from answerbook.jobs.disk import NoRoom
from answerbook.jobs.lock import alone_in

BRISK = 100_000  # bytes a second: a mirror below is put off until the others have been tried …
CRAWL = 10_000  # … and given up below this, at which the whole archive takes five hours

log = logging.getLogger(__name__)


def fetch(
    folders: Sequence[str | Path],
    mirrors: Sequence[str],
    resources: str | Path,
    release: Release = CIFAR10,
    patience: Patience = PATIENCE,
) -> tuple[Splits, str]:
    """Return the data set and the usual name of the archive that it came in.

    The folders are searched for either archive, then the mirrors are asked in turn; what a mirror
    gives is kept in `resources`, under its usual name, once its contents are verified, and what is
    not whole as `download-….part`, to go on with. The log says which place it was; the result does
    not, so that finding the kept archive next time changes nothing. Raises `NoRoom` where the disk
    is full, else one `AnswerbookError` that names every source and why it failed.
    """
    failures: dict[str, str] = {}
    found = _from_folders(folders, release, failures)
    if found is None and mirrors:
        try:
            Path(resources).mkdir(parents=True, exist_ok=True)
            with alone_in(resources) as waited:
                found = _from_folders([resources], release, {}) if waited else None
                found = found or _from_mirrors(mirrors, resources, release, patience, failures)
        except OSError as error:
            failures[str(resources)] = f"no mirror was asked, since nothing can be kept: {error}"
    if found is None:
        raise AnswerbookError(_nowhere(failures, resources))
    return found


def _from_folders(
    folders: Sequence[str | Path], release: Release, failures: dict[str, str]
) -> tuple[Splits, str] | None:
    for path in _archives(folders, failures):
        with _noting(str(path), failures):
            dataset, layout = read_archive(path, release)
            return dataset, layout.archive
    return None


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
    except NoRoom:
        raise  # it is for the user to make room, whatever the source
    except (AnswerbookError, OSError) as error:
        log.warning("%s: %s", source, error)
        failures[source] = str(error)


def _from_mirrors(
    mirrors: Sequence[str],
    resources: str | Path,
    release: Release,
    patience: Patience,
    failures: dict[str, str],
) -> tuple[Splits, str] | None:
    slow = []
    for url in mirrors:
        with _noting(url, failures):
            try:
                return _from_mirror(url, resources, release, patience, BRISK)
            except TooSlow:
                slow.append(url)
                raise
    for url in slow:
        with _noting(url, failures):
            return _from_mirror(url, resources, release, patience, CRAWL)
    return None


def _from_mirror(
    url: str, resources: str | Path, release: Release, patience: Patience, slowest: float
) -> tuple[Splits, str]:
    partial = Partial.of(url, resources)
    bounds = Bounds(most_bytes(release), slowest, check_head, patience)
    in_parts = download(url, partial, bounds)
    try:
        dataset, layout = _verified(partial, release)
    except BadArchive as error:
        if not in_parts:
            raise
        log.warning("%s: %s; its parts may not fit, so it is fetched anew", url, error)
        download(url, partial, bounds)
        dataset, layout = _verified(partial, release)
    partial.path.replace(Path(resources) / layout.archive)
    discard_all(resources)
    return dataset, layout.archive


def _verified(partial: Partial, release: Release) -> tuple[Splits, Layout]:
    try:
        return read_archive(partial.path, release)
    except BadArchive:
        partial.discard()
        raise


def _nowhere(failures: dict[str, str], resources: str | Path) -> str:
    tried = "\n".join(f"  {source}: {reason}" for source, reason in failures.items())
    return (
        f"CIFAR-10 could not be had. What was tried, and why it failed:\n{tried}\n"
        f"Put {' or '.join(ARCHIVES)} into {resources} and run again, or run `make demo`, "
        "which makes the book from generated images."
    )
