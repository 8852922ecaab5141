"""Small folders of results, to hold against one another."""

import json

import pandas as pd
import pytest

ACCURACIES = {"baseline": [0.54, 0.55, 0.56], "augmented": [0.60, 0.61, 0.60], "wide": [0.57]}


def make_run(folder, *, accuracies=ACCURACIES, seeds=(0, 1, 2), kinks=511, **files):
    """A folder of results: histories of `accuracies` by experiment, and `files` over the usual."""
    rows = [
        {"experiment": experiment, "seed": seed, "epoch": epoch, "val_accuracy": value * epoch / 2}
        for experiment, values in accuracies.items()
        for seed, value in zip(seeds, values, strict=False)
        for epoch in (1, 2)
    ]
    networks = {"initialisation": "he", "width": 8, "depth": 1, "seed": [0, 1], "kinks": [8, 7]}
    lines = {"experiment": "baseline", "kind": "random", "line": [0, 1], "seed": 0, "kinks": [3, 4]}
    plane = {"experiment": "baseline", "seed": 0, "count": 91}
    usual = {
        "runs/histories.csv": pd.DataFrame(rows).to_csv(index=False),
        "kinks/random_networks.csv": pd.DataFrame(networks).to_csv(index=False),
        "kinks/constructions.csv": f"construction,width,depth,kinks\nsawtooth,7,3,{kinks}\n",
        "kinks/lines.csv": pd.DataFrame(lines).to_csv(index=False),
        "kinks/regions.json": json.dumps(plane),
        "claims.json": json.dumps([{"id": "q1-a", "verdict": "proved", "evidence": "all"}]),
        "provenance.json": json.dumps(
            {
                "data": {"source": "cifar-10.tar.gz", "sha256": {"train_images": "47af"}},
                "versions": {"torch": folder.name},
            }
        ),
        # What may differ.
        "runs/baseline/seed0/run.json": folder.name,
        "logs/train/baseline/seed0.log": folder.name,
        "benchmarks/epochs/baseline/seed0.csv": folder.name,
        "benchmarks.csv": folder.name,
        "measurements.csv": folder.name,
        "demo/answerbook.html": folder.name,
    }
    for path, text in (usual | files).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


@pytest.fixture
def first(tmp_path):
    return make_run(tmp_path / "first")
