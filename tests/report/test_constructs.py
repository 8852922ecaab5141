"""What the book asks of Quarto: each construct listed here was seen to work in Quarto 1.10."""

import json
import re
import subprocess
from pathlib import Path

import pypandoc
import pytest
import yaml
from tests.report.conftest import copy_sample, stage_in
from tests.report.interactive.conftest import live_data, staged_live

REPORT = Path(__file__).parents[2] / "report"

# Attributes by element: classes with a point, and keys. Those that are "own" are the book's: its
# filter has turned them into plain blocks and raw html before Quarto looks.
CONSTRUCTS = yaml.safe_load("""
shortcodes: [var, include]
raw: [html]
labels: [fig, tbl, eq, sec, thm]
own labels: [claim, row]
Header: [.unnumbered, .unlisted]
CodeBlock: [filename, .python, .yaml, .bash]
Image: [fig-alt, width]
own Image: [live, live-caption]
own Span: [.renderer]
Div: [.callout-note, .callout-warning, .callout-tip, title, .proof, layout-ncol, .content-visible,
      when-format]
own Div: [.claim, verdict, domain, source, .evidence, .claim-row, .solution, .answers, .origin,
          figure]
""")
LONGEST = 4000  # characters of a line


def listed(name):
    return {*CONSTRUCTS.get(name, []), *CONSTRUCTS.get(f"own {name}", [])}


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """The staged sample, which has every kind of generated text, and figures that answer."""
    sample, live = tmp_path_factory.mktemp("sample"), tmp_path_factory.mktemp("live")
    copy_sample(sample)
    return [stage_in(sample, synthetic=True), staged_live(live, live_data())]


@pytest.fixture(scope="module")
def texts(folders):
    """The staged documents of the samples, and the written ones of the book."""
    paths = [path for folder in (*folders, REPORT) for path in folder.rglob("*.qmd")]
    return {path: path.read_text("utf-8") for path in paths}


def elements(node):
    """Every element of Pandoc's tree that has attributes or is raw: its kind, label, attributes."""
    for child in node if isinstance(node, list) else ():
        yield from elements(child)
    if not isinstance(node, dict) or not isinstance(node.get("c"), list):
        return
    kind, content = node["t"], node["c"]
    if kind in ("RawInline", "RawBlock"):
        yield "raw", "", {content[0]}
    for part in content:
        if isinstance(part, list) and len(part) == 3 and isinstance(part[0], str):
            label, classes, pairs = part
            yield kind, label, {f".{name}" for name in classes} | {key for key, _ in pairs}
    yield from elements(content)


def tree(text):
    command = [pypandoc.get_pandoc_path(), "--from=markdown-auto_identifiers", "--to=json"]
    done = subprocess.run(command, input=text, capture_output=True, encoding="utf-8")
    return json.loads(done.stdout)["blocks"]


def test_the_text_has_no_other_attributes_labels_and_raw_code(texts):
    found = list(elements(tree("\n\n".join(texts.values()))))
    assert len(found) > 200
    for kind, label, attributes in found:
        assert attributes <= listed(kind), (kind, label)
        assert label.partition("-")[0] in {"", *listed("labels")}, (kind, label)


def test_it_has_no_other_shortcodes_and_no_long_line(texts):
    for path, text in texts.items():
        assert set(re.findall(r"\{\{<\s*(\S+)", text)) <= listed("shortcodes"), path
        assert max(map(len, text.splitlines()), default=0) <= LONGEST, path
