"""A run described as a Provenance Run Crate, as the profile's validator and rocrate read it."""

import json
import subprocess
import sys
from zipfile import ZipFile

import pytest
from rocrate.rocrate import ROCrate
from tests.reproduction.crates import issues

from answerbook.errors import AnswerbookError
from answerbook.reproduction.crate import Job, RunCrate
from answerbook.reproduction.files import checksum
from answerbook.reproduction.packing import METADATA, pack

SCRIPTS = "workflow/workflow/scripts"
JOBS = [
    Job("stage", f"{SCRIPTS}/stage.py", ["workflow/report/a.qmd"], ["report/source"], 1e9, 1e9 + 1),
    Job("train", f"{SCRIPTS}/train.py", ["cifar10/images.npy"], ["w.safetensors"], 1e9, 1e9 + 5.25),
    Job("figure", "workflow/figures/a.py", ["w.safetensors"], ["a.svg", "a.csv"], 1e9 + 6, 1e9 + 7),
    Job("figure", "workflow/figures/b.py", ["w.safetensors"], ["b.svg"], None, 1e9 + 8),
    Job("render", f"{SCRIPTS}/render.py", ["report/source", "a.svg"], ["a.html"], 1e9 + 8, 1e9 + 9),
]
PROVENANCE = {
    "versions": {"python": "3.11", "snakemake": "9.27"},
    "commit": "0123abc",
    "data": {"synthetic": False},
}


def write_crate(folder, jobs=JOBS):
    """A folder with every file that the jobs name, and the description of their run."""
    paths = {path for job in jobs for path in (job.script, *job.inputs, *job.outputs)}
    for path in {*paths, "workflow/workflow/Snakefile", "report/source/a.qmd"} - {"report/source"}:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(path)
    crate = RunCrate(folder, name="answerbook", description="A book.", provenance=PROVENANCE)
    crate.add_run(jobs, ["a.html", "a.svg", "b.svg"])
    (folder / METADATA).write_text(json.dumps(crate.metadata()))
    return folder


@pytest.fixture
def crate(tmp_path):
    return write_crate(tmp_path / "crate")


def test_it_is_a_provenance_run_crate(crate, tmp_path):
    assert issues(crate, tmp_path / "cache") == []


def test_the_validator_would_find_what_is_missing(crate, tmp_path):
    text = (crate / METADATA).read_text()
    (crate / METADATA).write_text(text.replace('"instrument"', '"url"'))
    (crate / "a.csv").unlink()
    found = "\n".join(issues(crate, tmp_path / "cache"))
    assert "MUST have an instrument" in found
    assert "a.csv" in found


def test_each_job_says_what_it_made_from_what_and_when(crate):
    opened = ROCrate(crate)
    (action,) = [
        entity for entity in opened.get_by_type("CreateAction") if "train" in entity["name"]
    ]
    assert action["instrument"].id == f"{SCRIPTS}/train.py"
    assert [file.id for file in action["object"]] == ["cifar10/images.npy"]
    assert [file.id for file in action["result"]] == ["w.safetensors"]
    assert action["startTime"] == "2001-09-09T01:46:40.000+00:00"
    assert action["endTime"] == "2001-09-09T01:46:45.250+00:00"
    (on_a_node,) = [job for job in opened.get_by_type("CreateAction") if "b.svg" in job["name"]]
    assert on_a_node["endTime"] and on_a_node.get("startTime") is None
    assert opened.get("w.safetensors")["sha256"] == checksum(crate / "w.safetensors")
    assert opened.get("cifar10/images.npy")["license"].id != opened.license.id


def test_the_run_goes_from_what_nothing_made_to_the_book(crate):
    opened = ROCrate(crate)
    run = opened.get("#run")
    assert [file.id for file in run["object"]] == ["cifar10/images.npy", "workflow/report/a.qmd"]
    assert [file.id for file in run["result"]] == ["a.html", "a.svg", "b.svg"]
    steps = sorted(opened.get_by_type("HowToStep"), key=lambda step: int(step["position"]))
    assert [step["name"] for step in steps] == ["stage", "train", "figure", "render"]
    assert len(opened.get("#step-figure")["workExample"]) == 2
    assert len(opened.get("#engine")["object"]) == len(JOBS)
    assert opened.mainEntity["version"] == "0123abc"
    assert opened.get("#software-snakemake")["version"] == "9.27"


def test_the_zip_is_the_crate(crate, tmp_path):
    (crate / "left-over.csv").touch()
    pack(crate, tmp_path / "crate.zip")
    with ZipFile(tmp_path / "crate.zip") as zipped:
        zipped.extractall(tmp_path / "unpacked")
    assert not (tmp_path / "unpacked/left-over.csv").exists()
    assert (tmp_path / "unpacked/report/source/a.qmd").exists()
    assert issues(tmp_path / "unpacked", tmp_path / "cache") == []


@pytest.mark.parametrize("lost", [METADATA, "a.svg", "report/source"])
def test_a_run_that_is_not_finished_is_refused(crate, tmp_path, lost):
    (crate / lost).rename(tmp_path / "lost")
    with pytest.raises(AnswerbookError, match="not finished: `make crate` finishes it"):
        pack(crate, tmp_path / "crate.zip")
    assert not (tmp_path / "crate.zip").exists()


def test_a_file_that_changed_since_is_refused_in_one_sentence(crate, tmp_path):
    (crate / "a.svg").write_text("another")
    command = [sys.executable, "-m", "answerbook.reproduction.packing", crate, tmp_path / "a.zip"]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 1
    assert run.stderr.startswith(f"ERROR: {crate / 'a.svg'} is not there as {METADATA} describes")
    assert run.stderr.count("\n") == 1
