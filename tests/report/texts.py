"""Texts of the book, read and changed."""

import json
import re
import subprocess

import pypandoc


def plain(text):
    """`text` with ordinary spaces and minus signs."""
    return re.sub(r"\s+", " ", text).replace("\u2212", "-")


def edit(path, old, new):
    """Write `new` for the first `old` in the file, or behind its text where `old` is empty."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")


def cells(markdown):
    """The rows of a table as Pandoc reads it, head first, and its label and columns' widths."""
    command = [pypandoc.get_pandoc_path(), "--from=markdown", "--to=json"]
    done = subprocess.run(command, input=markdown, capture_output=True, encoding="utf-8")
    (block,) = json.loads(done.stdout)["blocks"]
    assert block["t"] == "Table"
    attributes, _, columns, head, bodies, _ = block["c"]
    rows = [*head[1], *bodies[0][3]]
    texts = [[words(cell[4]) for cell in row[1]] for row in rows]
    return texts, attributes[0], [width["c"] for _, width in columns]


def words(node):
    """The text of a piece of Pandoc's tree; mathematics between dollars, code between ticks."""
    if isinstance(node, list):
        return "".join(map(words, node))
    kind, content = node["t"], node.get("c")
    if kind == "Span":
        return words(content[1])
    if kind in ("Math", "Code"):
        mark = "$" if kind == "Math" else "`"
        return f"{mark}{content[1]}{mark}"
    plain = {"Space": " ", "SoftBreak": " ", "Str": content}
    return plain[kind] if kind in plain else words(content)
