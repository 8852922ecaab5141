"""What the documents are made of: the book, and the measurements beside it."""

import hashlib
import re
import shutil
import subprocess
import tomllib

from answerbook.report.document import read_texts
from answerbook.report.listings import code_block, included_code
from answerbook.report.project import written_parts

BOOK_FIGURES = [name for name, figure in FIGURES.items() if figure["chapter"] in CHAPTERS]
MEASURED_FIGURES = [name for name in FIGURES if FIGURES[name]["chapter"] == "measurements"]
SWEEP_FIGURES = [name for name in FIGURES if FIGURES[name]["chapter"] == "sweep"]

# Each document with the folder that its project is staged in, and its caption.
DOCUMENTS = {
    "answerbook": (
        "<results>/report/source",
        "The book, with every answer, figure and verdict.",
    ),
    "measurements": (
        "<results>/measurements/source",
        "What differs from run to run: times, memory, hardware.",
    ),
}
BOOK = list(DOCUMENTS)  # what is made by itself
if SWEEP:
    DOCUMENTS["sweep"] = ("<results>/sweep/source", "A grid of trainings, and what became of them.")


# What the workflow consists of, for a copy beside the run that it made.
CHECKOUT_PARTS = ["pyproject.toml", "LICENSE", "config", "envs", "figures", "report"]
CHECKOUT_PARTS += ["src", "workflow"]
DESCRIPTION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["description"]


def scripts_of_rules(wildcards):
    """A parameter: the script of each rule in the checkout, `*` where it is named as its output."""
    scripts = {}
    for each in workflow.rules:
        if each.script:
            script = os.path.relpath(Path(each.basedir) / each.script, ROOT)
            scripts[each.name] = re.sub(r"\{.*?\}", "*", script)
    return scripts


def written(document):
    """The written parts of a document: inputs of its staging."""
    parts = written_parts(ROOT / "report", document)
    return [in_checkout(Path("report") / part) for part in parts]


def staged_document(wildcards):
    return DOCUMENTS[wildcards.document][0]


def document_caption(wildcards):
    return DOCUMENTS[wildcards.document][1]


def commit():
    """The commit of this checkout, marked where files differ from it; empty without git."""
    if shutil.which("git") is None:
        return ""
    command = [
        "git",
        "-C",
        str(ROOT),
        "describe",
        "--always",
        "--abbrev=40",
        "--dirty",
        "--exclude=*",
    ]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    return result.stdout.strip()


def digest_of_listings(wildcards):
    """A parameter: the digest of the code that the book shows, comments and all."""
    try:
        texts = read_texts(ROOT / "report").values()
        listings = "".join(map(code_block, included_code(texts)))
    except AnswerbookError:  # staging says which listing names no code
        listings = ""
    return hashlib.sha256(listings.encode()).hexdigest()[:16]


def if_there(path):
    """An input function for a file that no rule makes, but `make bench`."""

    def files(wildcards):
        return [path] if is_there(path) else []

    return files


def is_there(path):
    return Path(PLACES.apply(path)).exists()


def measured_figures(wildcards):
    """The figures of the appendix whose results are there, or will be."""
    return [
        f"<results>/measurements/figures/{name}.svg"
        for name in MEASURED_FIGURES
        if not FIGURES[name].get("optional") or all(map(is_there, FIGURES[name]["input"].values()))
    ]
