"""Quarto as the renderer, with a stand-in for it that records and warns as Quarto does."""

import json
import sys

import pytest
import yaml

from answerbook.errors import AnswerbookError
from answerbook.report.rendering.pandoc import defaults
from answerbook.report.rendering.render import choose_engine, render

STAND_IN = """#!{python}
import json, pathlib, sys
if sys.argv[1:] == ["--version"]:
    print("1.10.3")
    sys.exit(0)
here = pathlib.Path.cwd()
record = {{
    "arguments": sys.argv[1:],
    "folder": str(here),
    "files": sorted(str(path.relative_to(here)) for path in here.rglob("*") if path.is_file()),
    "project": (here / "_quarto.yml").read_text("utf-8"),
}}
with open({log!r}, "a") as log:
    log.write(json.dumps(record) + "\\n")
print("pandoc ...", file=sys.stderr)
sys.stderr.write({says!r})
name = {name!r} + (".pdf" if "typst" in sys.argv else ".html")
if {writes}:
    pathlib.Path(name).write_text({page!r})
sys.exit({code})
"""


@pytest.fixture
def quarto(tmp_path, monkeypatch):
    """Puts a stand-in quarto on the PATH; returns a function that returns its records."""
    log = tmp_path / "quarto.log"

    def install(**changes):
        settings = {"says": "", "code": 0, "writes": True, "page": "<p>The book</p>"} | changes
        settings = {"name": "answerbook", "python": sys.executable, "log": str(log)} | settings
        folder = tmp_path / "bin"
        folder.mkdir()
        (folder / "quarto").write_text(STAND_IN.format(**settings))
        (folder / "quarto").chmod(0o755)
        monkeypatch.setenv("PATH", str(folder), prepend=":")
        return lambda: [json.loads(line) for line in log.read_text().splitlines()]

    return install


def test_auto_takes_quarto_where_it_is(quarto):
    quarto()
    assert choose_engine("auto") == "quarto"
    assert choose_engine("pandoc") == "pandoc"


def test_where_there_is_no_quarto_auto_takes_pandoc(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert choose_engine("auto") == "pandoc"
    with pytest.raises(AnswerbookError, match=r"no quarto on the PATH.*set report\.engine"):
        choose_engine("quarto")
    with pytest.raises(AnswerbookError, match="'latex'; it can be auto, quarto or pandoc"):
        choose_engine("latex")


@pytest.mark.parametrize("suffix, target", [(".html", "html"), (".pdf", "typst")])
def test_quarto_renders_each_format_in_a_copy_of_its_own(quarto, staged, tmp_path, suffix, target):
    records = quarto()
    book = tmp_path / f"answerbook{suffix}"
    render(staged, book, engine="quarto")
    (record,) = records()
    told = ["-M", "renderer:Quarto 1.10.3"]
    assert record["arguments"] == ["render", "answerbook.qmd", "--to", target, *told]
    assert record["folder"] != str(staged)
    assert "figures/disc.svg" in record["files"]
    assert book.read_text() == "<p>The book</p>"
    assert not (staged / f"answerbook{suffix}").exists()


def test_quarto_renders_the_document_that_the_project_is_for(
    quarto, source, stage_sample, tmp_path
):
    (source / "other.qmd").write_text("# Another\n", encoding="utf-8")
    records = quarto(name="other")
    render(stage_sample(main="other.qmd", claims=()), tmp_path / "other.html", engine="quarto")
    assert records()[0]["arguments"][:4] == ["render", "other.qmd", "--to", "html"]
    assert (tmp_path / "other.html").is_file()


WARNING = (
    "\x1b[33mWARNING (/usr/lib/quarto/filters/main.lua:1) Unable to resolve crossref @fig-x\x1b[39m"
)


def test_a_warning_of_quarto_fails_the_build_though_quarto_ends_well(quarto, staged, tmp_path):
    quarto(says=f"processing\n{WARNING}\n")
    with pytest.raises(AnswerbookError, match="Unable to resolve crossref @fig-x") as caught:
        render(staged, tmp_path / "answerbook.html", engine="quarto")
    assert "processing" not in str(caught.value)
    assert "\x1b" not in str(caught.value)
    assert not (tmp_path / "answerbook.html").exists()


@pytest.mark.parametrize(
    "outcome, message",
    [
        ({"says": "ERROR: bad indentation\n", "code": 1}, r"(?s)failed:.*bad indentation"),
        ({"writes": False}, r"left no answerbook\.html"),
        ({"page": "<p>See <b>?@fig-x</b> and ?var:a.b</p>"}, r"(?s)\?@fig-x.*\?var:a\.b"),
    ],
)
def test_what_quarto_fails_to_do_fails_the_build(quarto, staged, tmp_path, outcome, message):
    quarto(**outcome)
    with pytest.raises(AnswerbookError, match=message):
        render(staged, tmp_path / "answerbook.html", engine="quarto")


def test_policy_and_synthetic_data_reach_quarto_as_snippets(quarto, stage_sample, tmp_path):
    records = quarto()
    render(stage_sample(synthetic=True), tmp_path / "answerbook.pdf", engine="quarto")
    formats = yaml.safe_load(records()[0]["project"])["format"]
    assert formats["html"]["include-in-header"] == "assets/policy.html"
    assert "assets/policy.html" in records()[0]["files"]
    assert formats["html"]["include-before-body"] in records()[0]["files"]
    assert formats["typst"]["include-in-header"] in records()[0]["files"]


@pytest.mark.parametrize("format", ["html", "typst"])
def test_both_engines_have_their_settings_from_the_one_project_file(staged, format):
    project = yaml.safe_load((staged / "_quarto.yml").read_text(encoding="utf-8"))
    settings = {**project, **project["format"][format]}
    read = defaults(staged, format)
    assert read["filters"] == [*(each["path"] for each in settings["filters"]), "citeproc"]
    for name in ("toc-depth", "number-sections", "template"):
        assert read[name] == settings[name]
    for name in {"css", "include-after-body", "include-in-header"} & settings.keys():
        assert read[name] == settings[name]
        files = [read[name]] if isinstance(read[name], str) else read[name]
        assert all((staged / file).is_file() for file in files)
    assert read["metadata"]["bibliography"] == settings["bibliography"]
