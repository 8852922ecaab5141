"""What the documents are made of: the book, and the measurements beside it."""

import shutil
import subprocess
import tomllib

from answerbook.report.staging.code import included_modules
from answerbook.report.staging.document import written_parts

BOOK_FIGURES = [name for name, figure in FIGURES.items() if figure["chapter"] in CHAPTERS]
MEASURED_FIGURES = [name for name in FIGURES if name not in BOOK_FIGURES]

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


def direct_dependencies():
    """The packages that pyproject.toml names, those of the tests left out."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return sorted(project["dependencies"])


def shown_code():
    """The library modules whose code the book shows."""
    return [in_checkout(path) for path in included_modules(ROOT / "report")]


def measured_jobs():
    """What Snakemake measured of each job, by the job's name: of all but this appendix's own."""
    jobs = [f"figures/{name}" for name in BOOK_FIGURES]
    jobs += [f"train/{experiment}/seed{seed}" for experiment, seed in runs()]
    jobs += [f"summarise/{experiment}" for experiment in EXPERIMENTS]
    jobs += [f"check_claims_{chapter}" for chapter in CHAPTERS]
    jobs += ["generate_cifar10" if SYNTHETIC else "fetch_cifar10", "verify_gradients"]
    jobs += ["count_random_networks", "count_constructions", "count_lines", "count_regions"]
    jobs += ["merge_claims", "collect_variables", "record_origin", "stage_report"]
    jobs += [f"render_report/answerbook/{format}" for format in config["report"]["formats"]]
    return {job: workflow.pathvars.apply(f"<benchmarks>/{job}.tsv") for job in jobs}


def if_there(path):
    """An input function for a file that no rule makes, but `make bench`."""

    def files(wildcards):
        return [path] if is_there(path) else []

    return files


def is_there(path):
    return Path(workflow.pathvars.apply(path)).exists()


def measured_figures(wildcards):
    """The figures of the appendix whose results are there, or will be."""
    return [
        f"<results>/measurements/figures/{name}.svg"
        for name in MEASURED_FIGURES
        if not FIGURES[name].get("optional") or all(map(is_there, FIGURES[name]["input"].values()))
    ]
