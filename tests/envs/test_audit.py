"""`make audit` tells three outcomes apart, and every pinned package has its licence listed."""

import csv
import json
import re
import sys
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

ENVS = Path(__file__).parents[2] / "envs"
sys.path.insert(0, str(ENVS))

from audit import audit  # noqa: E402
from licences import NOT_STATED, installed_licence, stated_licence  # noqa: E402
from lock import pinned  # noqa: E402

PINS = pinned()
LOCK = f"""\
one==1.0 \\
    --hash=sha256:{64 * "1"}
two==2.0 ; sys_platform == 'nowhere' \\
    --hash=sha256:{64 * "2"}
"""
FLAW = {
    "id": "PYSEC-0-1",
    "aliases": ["CVE-0-1"],
    "summary": "A flaw",
    "affected": [
        {
            "package": {"name": "two", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.1"}]}],
        }
    ],
}


@contextmanager
def osv(flawed=()):
    """A service that knows of a flaw in some packages; its option for pip-audit, and its log."""
    asked = []

    class Service(BaseHTTPRequestHandler):
        def do_POST(self):
            query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append(query["package"]["name"])
            answer = json.dumps({"vulns": [FLAW]} if asked[-1] in flawed else {}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield ("--osv-url", f"http://127.0.0.1:{server.server_port}"), asked
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def lock(tmp_path):
    path = tmp_path / "requirements.lock"
    path.write_text(LOCK)
    return path


def test_packages_without_known_vulnerabilities_pass(lock, capfd):
    with osv() as (options, asked):
        assert audit(lock, ("osv",), *options) == 0
    assert sorted(asked) == ["one", "two"]  # that for another platform too
    assert capfd.readouterr().out == "2 packages looked up with osv: 0 known vulnerabilities\n"


def test_a_known_vulnerability_is_named_and_fails(lock, capfd):
    with osv(flawed={"two"}) as (options, _):
        assert audit(lock, ("osv",), *options) == 1
    assert capfd.readouterr().out == (
        "two 2.0: PYSEC-0-1, CVE-0-1; mended in 2.1\n"
        "2 packages looked up with osv: 1 known vulnerabilities\n"
    )


def test_a_service_out_of_reach_is_no_pass(lock, capfd):
    nowhere = ("--osv-url", "http://127.0.0.1:9")
    assert audit(lock, ("osv",), *nowhere) == 2
    said = capfd.readouterr()
    assert said.out == ""
    assert said.err.startswith("Not audited: is there a network?\n  osv gave no answer: ")
    assert "Traceback" not in said.err


def rows():
    with (ENVS / "licences.csv").open(encoding="utf-8") as file:
        return {row["package"]: row for row in csv.DictReader(file)}


def test_every_pinned_package_has_its_licence_listed():
    assert {name: row["version"] for name, row in rows().items()} == PINS
    unstated = {name for name, row in rows().items() if row["licence"] in ("", NOT_STATED)}
    assert unstated <= {"cuda-toolkit"}  # which has no files, but needs those that have


def test_the_licences_are_those_that_the_installed_packages_state():
    stated = {name: installed_licence(name, version) for name, version in PINS.items()}
    installed = {name: licence for name, licence in stated.items() if licence is not None}
    assert len(installed) > 20
    assert {name: rows()[name]["licence"] for name in installed} == installed


@pytest.mark.parametrize(
    ("expression", "licence", "classifiers", "expected"),
    [
        ("MIT", "BSD", [], "MIT"),
        (None, "BSD-3-Clause", ["License :: OSI Approved :: BSD License"], "BSD-3-Clause"),
        (None, "Copyright\nAll of it", ["License :: OSI Approved :: BSD License"], "BSD License"),
        (None, None, ["License :: Public Domain", "Topic :: X"], "Public Domain"),
        (None, None, [], ""),
    ],
)
def test_a_licence_is_read_from_where_it_is_said_best(expression, licence, classifiers, expected):
    assert stated_licence(expression, licence, classifiers) == expected


def test_nothing_that_is_tracked_looks_like_a_secret():
    key = re.compile(
        r"-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|gh[pousr]_\w{36}|sk-[A-Za-z0-9]{32}"
        r"|xox[bap]-[\w-]{10,}|(?i:password|secret|api_?key|token)\s*[:=]\s*['\"][^'\"\s]{12,}"
    )
    folders = ("config", "envs", "figures", "profiles", "report", "src", "tests", "workflow")
    for folder in folders:
        for path in (ENVS.parent / folder).rglob("*"):
            if path.suffix in {".py", ".smk", ".yaml", ".yml", ".qmd", ".lua", ".html", ".css"}:
                assert not key.search(path.read_text(encoding="utf-8")), path
