"""The crate of a whole run, made from what Snakemake recorded."""

import json
from pathlib import Path

from rocrate.rocrate import ROCrate
from tests.reproduction.crates import issues

from answerbook.reproduction.packing import METADATA, described


def test_a_finished_run_is_a_provenance_run_crate_with_all_its_jobs(checkout, tmp_path):
    results = checkout.path / "results"
    (stale := results / "runs/gone/seed0/history.csv").parent.mkdir(parents=True)
    stale.touch()
    run = checkout.snakemake(f"results/{METADATA}")
    assert run.returncode == 0, run.stdout
    assert issues(results, tmp_path / "cache") == []
    crate = ROCrate(results)

    recorded = {control["name"] for control in crate.get_by_type("ControlAction")}
    benchmarks = {path.relative_to(results / "benchmarks") for path in results.rglob("*.tsv")}
    rules = {path.parts[0].removesuffix(".tsv") for path in benchmarks} - {"record_crate"}
    named = {"figures": "figure", "measurements": "measured_figure"}
    assert recorded == {named.get(rule, rule) for rule in rules}

    (trained,) = [
        action
        for action in crate.get_by_type("CreateAction")
        if action["name"].startswith("train: ") and "baseline/seed1" in action["name"]
    ]
    assert {Path(file.id).name for file in trained["result"]} >= {"history.csv", "seed1.csv"}
    assert "cifar10/train_images.npy" in {file.id for file in trained["object"]}
    assert trained["startTime"] < trained["endTime"] <= crate.get("#run")["endTime"]
    assert {file.id for file in crate.get("#run")["result"]} >= {"answerbook.pdf", "claims.json"}

    files = described(results)
    assert {"figures/relu_vs_tanh.png", "workflow/src/answerbook/errors.py"} <= set(files)
    assert "runs/gone/seed0/history.csv" not in files
    assert str(checkout.path) not in json.dumps(crate.metadata.generate())
