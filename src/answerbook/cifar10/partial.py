"""A download that is not whole: kept apart from whole files, with the source it came from."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

NAME = "download-{}.part"
DIGITS = 12  # of a checksum of the address


@dataclass(frozen=True)
class Origin:
    """What a partial file is a part of.

    `validator`: the `ETag` or `Last-Modified` that tells this version from others, or None where
    the server gave none, so that the rest cannot be asked for. `size`: of the whole, in bytes, or
    None where the server did not say.
    """

    url: str
    validator: str | None
    size: int | None

    @classmethod
    def of(cls, url: str, headers: Mapping[str, str], size: int | None) -> "Origin":
        """Read the validator out of an answer's headers; a weak `ETag` is none (RFC 9110)."""
        if headers.get("Accept-Ranges", "").strip().lower() == "none":
            return cls(url, None, size)
        tag = headers.get("ETag", "")
        return cls(url, tag if tag.startswith('"') else headers.get("Last-Modified"), size)


@dataclass(frozen=True)
class Partial:
    """The file `path`, and beside it the file that says what it is a part of.

    There is one for each address, however often it is fetched, so that processes that were killed
    leave no more than that.
    """

    path: Path

    @classmethod
    def of(cls, url: str, folder: str | Path) -> "Partial":
        """Return the one of this address; nothing is made yet."""
        return cls(Path(folder) / NAME.format(hashlib.sha256(url.encode()).hexdigest()[:DIGITS]))

    @property
    def note(self) -> Path:
        """The file that says what it is a part of, as json."""
        return self.path.with_name(f"{self.path.name}.json")

    @property
    def size(self) -> int:
        """Bytes that are there."""
        return self.path.stat().st_size if self.path.exists() else 0

    def resumable(self, url: str) -> Origin | None:
        """Return what it is a part of, if the rest can be asked for at this address."""
        try:
            origin = Origin(**json.loads(self.note.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None  # none is there, or its writer was killed
        known = origin.url == url and origin.validator is not None
        return origin if known and 0 < self.size <= (origin.size or self.size) else None

    def begin(self, origin: Origin) -> None:
        """Empty the file, then note what it will be a part of: a kill between them does no harm."""
        self.path.write_bytes(b"")
        self.note.write_text(json.dumps(vars(origin)), encoding="utf-8")

    def discard(self) -> None:
        """Remove it and its note."""
        self.path.unlink(missing_ok=True)
        self.note.unlink(missing_ok=True)


def discard_all(folder: str | Path) -> None:
    """Remove every partial file in the folder, those of addresses no longer in use too."""
    for path in Path(folder).glob(NAME.format("[0-9a-f]" * DIGITS) + "*"):
        path.unlink(missing_ok=True)
