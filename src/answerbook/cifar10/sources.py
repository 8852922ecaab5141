"""Where CIFAR-10 comes from: the first source that holds it."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from answerbook.cifar10.archive import ARCHIVES, most_bytes, read_archive
from answerbook.cifar10.arrays import Splits
from answerbook.cifar10.checksums import CIFAR10, ArchiveError, Release
from answerbook.cifar10.download import Partial, Patience, TooSlowError, download
from answerbook.errors import AnswerbookError
from answerbook.jobs.disk import NoRoomError
from answerbook.jobs.lock import folder_lock

BRISK = 100_000  # bytes a second: a mirror below is put off until the others have been tried …
CRAWL = 10_000  # … and given up below this, at which the whole archive takes five hours

log = logging.getLogger(__name__)


def fetch(
    folders: Sequence[str | Path],
    mirrors: Sequence[str],
    resources: str | Path,
    release: Release = CIFAR10,
    patience: Patience = Patience(),  # noqa: B008
) -> tuple[Splits, str]:
    """Return the data set and the usual name of the archive that it came in.

    The folders are searched for either archive, then the mirrors are asked in turn; what a mirror
    gives is kept in `resources`, under its usual name, once its contents are verified, and what is
    not whole as `download-….part`, to go on with. The log says which place it was; the result does
    not, so that finding the kept archive next time changes nothing. Raises `NoRoomError` where the
    disk is full, else one `AnswerbookError` that names every source and why it failed.
    """
    failures: dict[str, str] = {}
    found = _from_folders(folders, release, failures)
    if found is None and mirrors:
        try:
            Path(resources).mkdir(parents=True, exist_ok=True)
            with folder_lock(resources) as waited:
                found = _from_folders([resources], release, {}) if waited else None
                found = found or _from_mirrors(mirrors, resources, release, patience, failures)
        except OSError as error:
            failures[str(resources)] = f"no mirror was asked, since nothing can be kept: {error}"
    if found is None:
        tried = "\n".join(f"  {source}: {reason}" for source, reason in failures.items())
        raise AnswerbookError(
            f"CIFAR-10 could not be had. What was tried, and why it failed:\n{tried}\n"
            f"Put {' or '.join(ARCHIVES)} into {resources} and run again, or run `make demo`, "
            "which makes the book from generated images."
        )
    return found


@contextmanager
def _noting(source: str, failures: dict[str, str]) -> Iterator[None]:
    """Note why the source failed, and go on."""
    log.info("trying %s", source)
    try:
        yield
    except NoRoomError:
        raise  # it is for the user to make room, whatever the source
    except (AnswerbookError, OSError) as error:
        log.warning("%s: %s", source, error)
        failures[source] = str(error)


def _from_folders(
    folders: Sequence[str | Path], release: Release, failures: dict[str, str]
) -> tuple[Splits, str] | None:
    """Return what the first good archive holds; note the bad ones, and the folders without."""
    for folder in folders:
        there = [path for name in ARCHIVES if (path := Path(folder) / name).is_file()]
        if not there:
            failures[str(folder)] = f"neither {' nor '.join(ARCHIVES)} is there"
        for path in there:
            with _noting(str(path), failures):
                return read_archive(path, release)
    return None


def _from_mirrors(
    mirrors: Sequence[str],
    resources: str | Path,
    release: Release,
    patience: Patience,
    failures: dict[str, str],
) -> tuple[Splits, str] | None:
    """Return what the first good mirror gives; those too slow are asked again after the others."""
    for slowest in (BRISK, CRAWL):
        slow = []
        patience = replace(patience, slowest=slowest)
        for url in mirrors:
            with _noting(url, failures):
                try:
                    return _from_mirror(Partial(url, resources), release, patience)
                except TooSlowError:
                    slow.append(url)
                    raise
        mirrors = slow
    return None


def _from_mirror(
    partial: Partial, release: Release, patience: Patience, *, anew: bool = False
) -> tuple[Splits, str]:
    """Download and verify; keep the archive, and no part of any other."""
    in_parts = download(partial, most_bytes(release), patience)
    try:
        dataset, archive = read_archive(partial.path, release)
    except ArchiveError as error:
        partial.discard()
        if anew or not in_parts:
            raise
        log.warning("%s: %s; its parts may not fit, so it is fetched anew", partial.url, error)
        return _from_mirror(partial, release, patience, anew=True)
    partial.path.replace(partial.path.with_name(archive))
    for path in partial.path.parent.glob("download-*.part*"):
        path.unlink(missing_ok=True)  # those of addresses no longer in use too
    return dataset, archive
