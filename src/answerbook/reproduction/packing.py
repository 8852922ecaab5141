"""`python -m answerbook.reproduction.packing RESULTS ZIP`: the crate of a finished run, zipped."""

import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from rocrate.rocrate import ROCrate

from answerbook.errors import AnswerbookError
from answerbook.jobs.files import replacing
from answerbook.reproduction.files import checksum

METADATA = "ro-crate-metadata.json"


def pack(results: Path, archive: Path) -> None:
    """Zip all that the crate in `results` describes.

    Raises `AnswerbookError` if there is none, or if a file is missing or is not the one described.
    """
    paths = [METADATA, *described(results)]
    with replacing(archive) as temporary, ZipFile(temporary, "w", ZIP_DEFLATED) as zipped:
        for path in paths:
            zipped.write(results / path, path)


def described(results: Path) -> list[str]:
    """The paths of the files that the crate in `results` describes, those in its folders too."""
    if not (results / METADATA).is_file():
        raise AnswerbookError(
            f"{results} has no {METADATA}, so its run is not finished: `make crate` finishes it"
        )
    paths = set()
    for entity in ROCrate(results).data_entities:
        place, digest = results / entity.id, entity.get("sha256")
        if not place.exists() or (digest and checksum(place) != digest):
            raise AnswerbookError(
                f"{place} is not there as {METADATA} describes it, so its run is not finished: "
                "`make crate` finishes it"
            )
        paths |= {place} if place.is_file() else set(filter(Path.is_file, place.rglob("*")))
    return sorted(path.relative_to(results).as_posix() for path in paths)


if __name__ == "__main__":
    try:
        pack(*map(Path, sys.argv[1:3]))
    except (AnswerbookError, OSError) as error:
        sys.exit(f"ERROR: {error}")
