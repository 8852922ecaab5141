"""Where CIFAR-10 comes from: the first source that holds it."""

import logging
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from answerbook.cifar10.archive import ARCHIVES, most_bytes, read_archive
from answerbook.cifar10.arrays import Splits
from answerbook.cifar10.checksums import CIFAR10, ArchiveError, Release
from answerbook.cifar10.download import Partial, Patience, TooSlowError, download
from answerbook.errors import AnswerbookError
from answerbook.jobs.lock import folder_lock
from answerbook.jobs.system_errors import FULL, NoRoomError

BRISK = 100_000  # bytes a second: a mirror below is put off until the others have been tried …
CRAWL = 10_000  # … and given up below this, at which the whole archive takes five hours

log = logging.getLogger(__name__)


def fetch(
    folders: Iterable[str | Path],
    mirrors: Sequence[str],
    resources: str | Path,
    release: Release = CIFAR10,
    patience: Patience = Patience(),  # noqa: B008
) -> tuple[Splits, str]:
    """Return the data set and the usual name of the archive that it came in.

    The folders are searched for either archive, then the mirrors are asked in turn; what a mirror
    gives is kept in `resources`, under its usual name, once its contents are verified, and what is
    not whole as `download-….part`, to go on with. The log says which place it was; the result does
    not, so that finding the kept archive next time changes nothing. Raises `NoRoomError` or
    `OSError` where the disk is full, else one `AnswerbookError` that names every source and why it
    failed.
    """
    failures: dict[str, Exception] = {}
    with closing(_sources(folders, mirrors, resources, release, patience, failures)) as sources:
        for source, read in sources:
            log.info("trying %s", source)
            try:
                return read()
            except (AnswerbookError, OSError) as error:
                if isinstance(error, NoRoomError) or getattr(error, "errno", None) in FULL:
                    raise  # it is for the user to make room, whatever the source
                log.warning("%s: %s", source, error)
                failures[source] = error
    tried = "\n".join(f"  {source}: {reason}" for source, reason in failures.items())
    raise AnswerbookError(
        f"CIFAR-10 could not be had. What was tried, and why it failed:\n{tried}\n"
        f"Put {' or '.join(ARCHIVES)} into {resources} and run again, or run `make demo`, "
        "which makes the book from generated images."
    )


def _sources(
    folders: Iterable[str | Path],
    mirrors: Sequence[str],
    resources: str | Path,
    release: Release,
    patience: Patience,
    failures: dict[str, Exception],
) -> Generator[tuple[str, Callable[[], tuple[Splits, str]]]]:
    """Yield each source and what reads it, in turn; note places where there is nothing to read.

    `failures` say which of the mirrors were too slow: they are asked again after the others.
    """

    def archives(folder: str | Path) -> list:
        paths = [path for name in ARCHIVES if (path := Path(folder) / name).is_file()]
        return [(str(path), partial(read_archive, path, release)) for path in paths]

    for folder in folders:
        if not (there := archives(folder)):
            nothing = f"neither {' nor '.join(ARCHIVES)} is there"
            failures[str(folder)] = AnswerbookError(nothing)
        yield from there
    if not mirrors:
        return
    with ExitStack() as stack:
        try:
            Path(resources).mkdir(parents=True, exist_ok=True)
            if stack.enter_context(folder_lock(resources)):
                yield from archives(resources)  # another process may have fetched it meanwhile
        except OSError as error:
            reason = f"no mirror was asked, since nothing can be kept: {error}"
            failures[str(resources)] = AnswerbookError(reason)
            return
        for slowest in (BRISK, CRAWL):
            for url in mirrors:
                part, patience = Partial(url, resources), replace(patience, slowest=slowest)
                yield url, partial(_fetch_from, part, release, patience)
            mirrors = [url for url in mirrors if isinstance(failures[url], TooSlowError)]


def _fetch_from(
    part: Partial, release: Release, patience: Patience, *, anew: bool = False
) -> tuple[Splits, str]:
    """Download and verify; keep the archive, and no part of any other."""
    in_parts = download(part, most_bytes(release), patience)
    try:
        dataset, archive = read_archive(part.path, release)
    except ArchiveError as error:
        part.discard()
        if anew or not in_parts:
            raise
        log.warning("%s: %s; its parts may not fit, so it is fetched anew", part.url, error)
        return _fetch_from(part, release, patience, anew=True)
    part.path.replace(part.path.with_name(archive))
    for path in part.path.parent.glob("download-*.part*"):
        path.unlink(missing_ok=True)  # those of addresses no longer in use too
    return dataset, archive
