"""Quarto as the renderer, with a stand-in for it that records and warns as Quarto does."""

import json
import sys

import pytest

from answerbook.errors import AnswerbookError
from answerbook.report.pandoc import defaults
from answerbook.report.project import read_settings
from answerbook.report.render import choose_engine, render

# A shell's first line, since no other may name a Python whose path has a space.
STAND_IN = """#!/bin/sh
'''exec' "{python}" "$0" "$@"
'''
import json, os, pathlib, sys
if sys.argv[1:] == ["--version"]:
    print({version!r})
    sys.exit(0)
here = pathlib.Path.cwd()
record = {{
    "arguments": sys.argv[1:],
    "folder": str(here),
    "files": sorted(str(path.relative_to(here)) for path in here.rglob("*") if path.is_file()),
    "variables": dict(os.environ),
}}
pathlib.Path({log!r}).write_text(json.dumps(record))
print("pandoc ...", file=sys.stderr)
sys.stderr.write({says!r})
name = "answerbook" + (".pdf" if "typst" in sys.argv else ".html")
pathlib.Path(name).write_text({page!r})
sys.exit({code})
"""


@pytest.fixture
def quarto(tmp_path, monkeypatch):
    """Puts a stand-in quarto on the PATH; returns a function that returns its record."""
    log = tmp_path / "quarto.log"

    def install(**changes):
        settings = {"says": "", "code": 0, "page": "<p>The book</p>"}
        settings |= {"version": "1.10.3", "python": sys.executable}
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        (folder / "quarto").write_text(STAND_IN.format(**settings | changes | {"log": str(log)}))
        (folder / "quarto").chmod(0o755)
        monkeypatch.setenv("PATH", str(folder), prepend=":")
        return lambda: json.loads(log.read_text())

    return install


def test_auto_takes_quarto_where_it_is_and_pandoc_where_it_is_asked_for(quarto):
    quarto()
    assert choose_engine("auto") == choose_engine("quarto") == "quarto"
    assert choose_engine("pandoc") == "pandoc"


def test_where_there_is_no_quarto_auto_takes_pandoc(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert choose_engine("auto") == "pandoc"
    with pytest.raises(AnswerbookError, match=r"no quarto is on the PATH.*set report\.engine"):
        choose_engine("quarto")


@pytest.mark.parametrize("version, engine", [("1.8.27", "pandoc"), ("1.9.0", "quarto")])
def test_a_quarto_that_is_too_old_is_told_and_not_taken(quarto, caplog, version, engine):
    quarto(version=version)
    assert choose_engine("auto") == engine
    assert ("quarto on the PATH is 1.8.27" in caplog.text) == (engine == "pandoc")
    if engine == "pandoc":
        with pytest.raises(AnswerbookError, match=r"is 1\.8\.27, and the book needs 1\.9 or"):
            choose_engine("quarto")


@pytest.mark.parametrize("suffix, target", [(".html", "html"), (".pdf", "typst")])
def test_quarto_renders_each_format_in_a_copy_of_its_own(quarto, staged, tmp_path, suffix, target):
    record = quarto()
    book = tmp_path / f"answerbook{suffix}"
    render(staged, book)
    told = ["--log-level", "info", "-M", "renderer:Quarto 1.10.3"]
    assert record()["arguments"] == ["render", "answerbook.qmd", "--to", target, *told]
    assert record()["folder"] != str(staged)
    assert {"figures/disc.svg", "assets/policy.html"} <= set(record()["files"])
    assert record()["variables"]["TYPST_IGNORE_SYSTEM_FONTS"] == "1"
    assert book.read_text() == "<p>The book</p>"
    assert not (staged / f"answerbook{suffix}").exists()


WARNING = "\x1b[33mWARNING (/usr/lib/main.lua:1)\nUnable to resolve crossref @fig-x\x1b[39m"
TYPST = "[typst]: Compiling answerbook.typ to answerbook.pdf..."  # which goes on in Typst's words


@pytest.mark.parametrize(
    "outcome, message",
    [
        ({"says": f"processing\n{WARNING}\n"}, r"(?s)WARNING.*Unable to resolve crossref @fig-x"),
        ({"says": "ERROR: bad indentation\n", "code": 1}, r"failed:\nERROR: bad indentation$"),
        ({"says": "It broke.\n", "code": 1}, r"(?s)failed:.*It broke"),
        ({"says": "WARN: PDF validation failed for ua-1:\nNo\n"}, "failed for ua-1:\nNo$"),
        ({"says": f"{TYPST}warning: unknown font\n  here\n\nDONE\n"}, r"unknown font\n  here$"),
        ({"page": "<p>" + 5_000_000 * "."}, "has 5,000,003 bytes, of at most 5,000,000"),
    ],
)
def test_what_quarto_fails_to_do_fails_the_build(quarto, staged, tmp_path, outcome, message):
    quarto(**outcome)
    with pytest.raises(AnswerbookError, match=message) as caught:
        render(staged, tmp_path / "answerbook.html")
    assert "processing" not in str(caught.value) and "\x1b" not in str(caught.value)
    assert not (tmp_path / "answerbook.html").exists()


def test_a_pdf_that_is_not_validated_once_more_is_let_through(quarto, staged, tmp_path):
    asked = "PDF standard validation requested but verapdf is not installed."
    quarto(says=f"\x1b[33mWARN: {asked}\nStandards requested: ua-1\x1b[39m\n")
    render(staged, tmp_path / "answerbook.html")
    assert (tmp_path / "answerbook.html").is_file()


@pytest.mark.parametrize("format", ["html", "typst"])
def test_both_engines_have_their_settings_from_the_one_project_file(stage_sample, format):
    staged = stage_sample(synthetic=True)
    project = read_settings(staged)
    settings = {**project, **project["format"][format]}
    read = defaults(staged, format)
    assert read["filters"] == [*(each["path"] for each in settings["filters"]), "citeproc"]
    named = {"css", "include-after-body", "include-before-body", "include-in-header"}
    for name in {"toc-depth", "number-sections", "template"} | (named & settings.keys()):
        assert read[name] == settings[name]
    assert len(named & settings.keys()) == {"html": 4, "typst": 1}[format]
    assert read["metadata"]["bibliography"] == settings["bibliography"]
