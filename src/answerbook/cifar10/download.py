"""One file over HTTP by libcurl, in bounded time and size; what came is kept if the rest fails."""

import os
from pathlib import Path
from typing import BinaryIO

import pycurl
from tqdm import tqdm

from answerbook.errors import AnswerbookError

PATIENCE = 60  # seconds to bear with a server that sends less than …
SLOWEST = 10_000  # … bytes a second, at which the archive takes five hours


def download(url: str, part: Path, most: int) -> None:
    """Append to the file `part` what it lacks of `url`, up to `most` bytes in all.

    Contents are not checked, nor whether the parts fit together. Raises `AnswerbookError`, and
    the file then keeps what can be continued.
    """
    with open(part, "ab") as file:
        there = file.tell()
        code, reason = _append(url, file, most)
        size = file.tell()
    if code == pycurl.E_OK and size:
        return
    no_rest = there > 0 and code == pycurl.E_RANGE_ERROR  # the server cannot or will not
    if no_rest or code == pycurl.E_FILESIZE_EXCEEDED or not size:
        part.unlink()
    if not no_rest:
        raise AnswerbookError(reason or "it is empty")
    download(url, part, most)


def _append(url: str, file: BinaryIO, most: int) -> tuple[int, str]:
    """Append the rest of `url` to the file; return libcurl's code, and its reason for a failure."""
    there = file.tell()
    bar = tqdm(initial=there, unit="B", unit_scale=True, leave=False, disable=None)

    def show(total: int, now: int, *_: int) -> None:  # called in silence too: Ctrl-C is heard here
        bar.total = there + total if total else None
        bar.update(there + now - bar.n)

    options = {
        pycurl.URL: url,
        pycurl.WRITEFUNCTION: file.write,
        pycurl.XFERINFOFUNCTION: show,
        pycurl.NOPROGRESS: False,
        pycurl.NOSIGNAL: True,
        pycurl.FAILONERROR: True,
        pycurl.FOLLOWLOCATION: True,
        pycurl.MAXREDIRS: 5,
        pycurl.CONNECTTIMEOUT: 15,
        pycurl.LOW_SPEED_LIMIT: SLOWEST,
        pycurl.LOW_SPEED_TIME: PATIENCE,
        pycurl.MAXFILESIZE_LARGE: max(1, most - there),
        pycurl.RESUME_FROM_LARGE: there,
    }
    if bundle := os.getenv("CURL_CA_BUNDLE"):  # only the command `curl` reads it by itself
        options[pycurl.CAINFO] = bundle
    curl = pycurl.Curl()
    try:
        for option, value in options.items():
            curl.setopt(option, value)
        curl.perform()
    except pycurl.error as error:
        return int(error.args[0]), str(error.args[-1])
    finally:
        bar.close()
        curl.close()
    return pycurl.E_OK, ""
