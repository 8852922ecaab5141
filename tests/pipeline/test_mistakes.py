"""A user's mistake is one message, without a traceback, and leaves nothing half-made."""

import sys
import tarfile

import yaml


def test_a_device_that_is_not_there_names_those_that_are(checkout):
    absent = "cuda" if sys.platform == "darwin" else "mps"
    history = "results/runs/baseline/seed0/history.csv"
    run = checkout.snakemake(history, "--config", f"device={absent}")
    assert run.returncode == 1
    assert run.stdout.count(f"'{absent}' is not on this machine; the devices that are: ") == 1
    assert "cpu" in run.stdout
    assert "Traceback" not in run.stdout


def test_without_cifar10_one_message_names_every_source_and_the_rest_is_built(fresh):
    (fresh.path / "resources").mkdir()
    with tarfile.open(fresh.path / "resources/cifar-10-binary.tar.gz", "w:gz"):
        pass  # an archive of nothing
    mirrors = ["http://127.0.0.1:9/c.tar.gz"]
    data = {"source": "cifar10", "archives": ["resources", "empty"], "mirrors": mirrors}
    (config := fresh.path / "mine.yaml").write_text(yaml.safe_dump({"data": data}))
    run = fresh.snakemake(
        "results/cifar10/source.json", "results/figures/relu_vs_tanh.svg", config=config
    )
    assert run.returncode == 1
    assert run.stdout.count("CIFAR-10 could not be had") == 1
    message = run.stdout[run.stdout.index("CIFAR-10 could not be had") :]
    for expected in ["resources/cifar-10-binary.tar.gz: ", "empty: ", "127.0.0.1:9/c.tar.gz: "]:
        assert expected in message
    assert "make demo" in message
    assert "Traceback" not in run.stdout
    assert (fresh.path / "results/figures/relu_vs_tanh.svg").exists()
    assert not list((fresh.path / "results/cifar10").glob("*"))
