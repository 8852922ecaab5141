"""A user's mistake is one message, without a traceback, and leaves nothing half-made."""

import sys
import tarfile

import yaml


def write_config(checkout, **settings):
    path = checkout.path / "mine.yaml"
    path.write_text(yaml.safe_dump(settings))
    return path


NOWHERE = {"source": "cifar10", "archives": ["empty"], "mirrors": ["http://127.0.0.1:9/c.tar.gz"]}


def test_a_wrong_config_is_named_before_anything_runs(fresh):
    wrong = {"devise": "cpu", "seeds": [1, 1], "experiments": {"baseline": {"epochs": -1}}}
    run = fresh.snakemake(config=write_config(fresh, **wrong))
    assert run.returncode == 1
    for message in [
        "devise: unknown key; allowed: data, device, matmul_precision, seeds",
        "seeds: [1, 1] has non-unique elements",
        "experiments.baseline.epochs: -1 is less than the minimum of 1",
    ]:
        assert message in run.stdout
    assert "Traceback" not in run.stdout
    assert not (fresh.path / "results").exists()


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
    config = write_config(fresh, data=NOWHERE | {"archives": ["resources", "empty"]})
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
