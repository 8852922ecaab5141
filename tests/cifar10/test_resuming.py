"""What is left of a download is continued where that is safe, and begun anew where it is not."""

import json
import re

import pytest

from answerbook.cifar10 import download as module
from answerbook.cifar10.archive import check_head
from answerbook.cifar10.download import Bounds, download
from answerbook.cifar10.partial import Origin, Partial
from answerbook.cifar10.transfer import Patience
from answerbook.errors import AnswerbookError

CONTENT = b"\x1f\x8b" + bytes(range(256)) * 400
CUT = 30_000
ONCE = Patience(connect=2, silence=2, pauses=())
TWICE = Patience(connect=2, silence=2, pauses=(0.01,))


class Ranges:
    """A page that serves ranges; what it says can be changed."""

    def __init__(self, content=CONTENT, *, cut=None, validator=("ETag", '"1"')):
        self.content, self.cut, self.validator = content, cut, validator
        self.asked = []  # of each request: its Range, its If-Range
        self.understood, self.said, self.sent = True, {}, None

    def __call__(self, handler):
        asked = handler.headers["Range"], handler.headers["If-Range"]
        self.asked.append(asked)
        start = int(re.fullmatch(r"bytes=(\d+)-", asked[0])[1]) if asked[0] else 0
        if not self.understood or asked[1] != self.validator[1]:
            start = 0
        status = 206 if start else 200
        headers = {
            "Content-Length": len(self.content) - start,
            self.validator[0]: self.validator[1],
        }
        if start >= len(self.content):
            status, headers = 416, {"Content-Range": f"bytes */{len(self.content)}"}
        elif start:
            end, size = len(self.content) - 1, len(self.content)
            headers["Content-Range"] = f"bytes {start}-{end}/{size}"
        handler.send_response(status)
        for name, value in (headers | (self.said if start else {})).items():
            if value is not None:
                handler.send_header(name, value)
        handler.end_headers()
        rest = self.content[start:] if self.sent is None or not start else self.sent
        handler.wfile.write(rest[: self.cut])
        self.cut = None


@pytest.fixture
def fetch(server, tmp_path):
    """Download the page; return its bytes, and whether it came in parts."""

    def fetched(page, patience=ONCE):
        server.pages["/file"] = page
        partial = Partial.of(f"{server.url}/file", tmp_path)
        bounds = Bounds(10**6, 0, check_head, patience)
        in_parts = download(f"{server.url}/file", partial, bounds)
        return partial.path.read_bytes(), in_parts

    return fetched


@pytest.fixture
def partial(server, tmp_path):
    return Partial.of(f"{server.url}/file", tmp_path)


@pytest.fixture
def cut_page(fetch, partial):
    """A page whose first download was cut."""
    page = Ranges(cut=CUT)
    with pytest.raises(AnswerbookError, match="IncompleteRead"):
        fetch(page)
    assert partial.path.read_bytes() == CONTENT[:CUT]
    return page


def test_a_part_says_what_it_is_a_part_of(cut_page, partial, server):
    note = json.loads(partial.note.read_text())
    assert note == {"url": f"{server.url}/file", "validator": '"1"', "size": len(CONTENT)}
    assert (partial.path.suffix, partial.note.suffixes) == (".part", [".part", ".json"])


def test_only_the_rest_is_asked_for_and_only_of_the_same_file(cut_page, fetch):
    assert fetch(cut_page) == (CONTENT, True)
    assert cut_page.asked == [(None, None), (f"bytes={CUT}-", '"1"')]


def test_the_next_try_continues_too(fetch):
    page = Ranges(cut=CUT)
    assert fetch(page, TWICE) == (CONTENT, True)
    assert page.asked[1] == (f"bytes={CUT}-", '"1"')


@pytest.mark.parametrize(
    ("validator", "continued"),
    [
        (("ETag", '"a"'), True),
        (("ETag", 'W/"a"'), False),  # weak: it may stand for other bytes
        (("Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT"), True),
        (("X-Nothing", "known"), False),
    ],
)
def test_what_cannot_be_told_from_another_version_is_not_kept(fetch, partial, validator, continued):
    page = Ranges(cut=CUT, validator=validator)
    with pytest.raises(AnswerbookError):
        fetch(page)
    assert partial.path.exists() == partial.note.exists() == continued
    assert fetch(page) == (CONTENT, continued)


def test_a_server_without_ranges_sends_all_again(cut_page, fetch):
    cut_page.understood = False
    assert fetch(cut_page) == (CONTENT, False)


def test_a_server_that_says_it_has_no_ranges_is_believed(fetch, partial):
    headers = {"Accept-Ranges": "none", "ETag": '"1"', "Content-Length": len(CONTENT)}
    with pytest.raises(AnswerbookError):
        fetch((200, headers, CONTENT[:CUT]))
    assert not partial.path.exists()


def test_a_file_that_changed_is_begun_anew(cut_page, fetch):
    other = b"\x1f\x8b" + bytes(200_000)
    cut_page.content, cut_page.validator = other, ("ETag", '"2"')
    assert fetch(cut_page) == (other, False)


SIZE = len(CONTENT)


@pytest.mark.parametrize(
    "said",
    [
        {"Content-Range": f"bytes {CUT + 1}-{SIZE - 1}/{SIZE}"},
        {"Content-Range": f"bytes 0-{SIZE - 1}/{SIZE}"},
        {"Content-Range": f"bytes {CUT}-{SIZE}/{SIZE + 1}"},
        {"Content-Range": "bytes */*"},
        {"Content-Range": "nonsense"},
        {"Content-Range": None},
        {"Content-Range": None, "Content-Type": "multipart/byteranges; boundary=x"},
        {"ETag": '"2"'},
    ],
)
def test_a_rest_that_does_not_fit_is_not_used(cut_page, fetch, partial, said):
    cut_page.said = said
    with pytest.raises(AnswerbookError, match=r"were asked for, it sent|the file was changed"):
        fetch(cut_page)
    assert not partial.path.exists()
    assert fetch(cut_page) == (CONTENT, False)


@pytest.mark.parametrize("sent", [CONTENT[CUT:] + b"more", CONTENT[CUT:-1]])
def test_a_rest_of_another_length_than_was_said_is_not_used(cut_page, fetch, sent):
    cut_page.said, cut_page.sent = {"Content-Length": None}, sent
    with pytest.raises(AnswerbookError, match=r"\d+ bytes were to come, \d+ came"):
        fetch(cut_page)
    cut_page.said, cut_page.sent = {}, None
    assert fetch(cut_page)[0] == CONTENT


def test_an_unknown_size_is_no_obstacle(cut_page, fetch):
    cut_page.said = {"Content-Range": f"bytes {CUT}-{SIZE - 1}/*"}
    assert fetch(cut_page) == (CONTENT, True)


def test_a_file_that_shrank_is_begun_anew(cut_page, fetch):
    cut_page.content = CONTENT[: CUT // 2]
    with pytest.raises(AnswerbookError, match="shorter than the part of it that came before"):
        fetch(cut_page)
    assert fetch(cut_page) == (CONTENT[: CUT // 2], False)


def test_where_all_was_there_nothing_more_is_fetched(fetch, partial, server):
    page = Ranges()
    partial.begin(Origin(f"{server.url}/file", '"1"', SIZE))
    partial.path.write_bytes(CONTENT)
    assert fetch(page) == (CONTENT, True)
    assert page.asked == []
    partial.begin(Origin(f"{server.url}/file", '"1"', None))  # whole, but it is not known to be
    partial.path.write_bytes(CONTENT)
    assert fetch(page) == (CONTENT, True)
    assert page.asked == [(f"bytes={SIZE}-", '"1"')]


@pytest.mark.parametrize(
    "note",
    [
        None,
        "",
        '{"url": "http://',
        '["url"]',
        '{"url": "http://another/file", "validator": "\\"1\\"", "size": null}',
    ],
)
def test_a_part_of_nobody_knows_what_is_not_used(fetch, partial, note):
    partial.path.write_bytes(b"something else")
    if note is not None:
        partial.note.write_text(note)
    page = Ranges()
    assert fetch(page) == (CONTENT, False)
    assert page.asked == [(None, None)]


def test_a_part_larger_than_the_whole_is_not_used(fetch, partial, server):
    partial.begin(Origin(f"{server.url}/file", '"1"', SIZE))
    partial.path.write_bytes(CONTENT + b"more")
    assert fetch(Ranges()) == (CONTENT, False)


def test_a_web_page_in_its_place_does_not_cost_what_was_there(cut_page, fetch, partial):
    with pytest.raises(AnswerbookError, match="it is a web page"):
        fetch((200, {}, b"<html>Log in to this network"))
    assert partial.path.read_bytes() == CONTENT[:CUT]
    assert fetch(cut_page) == (CONTENT, True)


@pytest.mark.parametrize("status", [403, 404, 503])
def test_nor_does_an_error_of_the_server(cut_page, fetch, partial, status):
    with pytest.raises(AnswerbookError, match=str(status)):
        fetch((status, {}, b"<html>"))
    assert fetch(cut_page) == (CONTENT, True)


def test_an_interruption_keeps_what_came(fetch, partial, monkeypatch):
    def interrupt(*arguments, **options):
        raise KeyboardInterrupt

    page = Ranges(cut=CUT)
    monkeypatch.setattr(module.time, "sleep", interrupt)
    with pytest.raises(KeyboardInterrupt):
        fetch(page, TWICE)
    assert partial.path.read_bytes() == CONTENT[:CUT]
