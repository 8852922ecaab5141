"""What a user got wrong is one message, without a traceback, and leaves nothing half-made."""

import tarfile

import pytest
import yaml

FIGURE = "results/figures/relu_vs_tanh.svg"


def is_refused(run, message):
    """The call failed with this message alone."""
    assert run.returncode == 1, run.stdout
    assert message in run.stdout
    assert "Traceback" not in run.stdout and '  File "' not in run.stdout


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("config/config.yaml", "\ndevise: cpu\n", "devise"),
        ("config/config.yaml", "\nseeds: [0\n", "config.yaml"),
        ("figures/catalogue.yaml", "\nnew: {chapter: approximation}\n", "new"),
    ],
)
def test_a_mistake_in_a_file_is_told_before_anything_runs(fresh, file, text, message):
    fresh.edit(file, text)
    is_refused(fresh.snakemake(FIGURE), message)
    assert not (fresh.path / "results").exists()


def test_a_device_that_is_not_there_is_told_once_more_at_the_end(checkout):
    history = "results/runs/baseline/seed0/history.csv"
    run = checkout.snakemake(history, "--config", "device=cuda", CUDA_VISIBLE_DEVICES="")
    is_refused(run, "ERROR: device: ")
    last = run.stdout[run.stdout.index("\nERROR: device: ") :]
    assert "Finished jobid" not in last and "Error in rule" not in last


def test_without_cifar10_one_message_names_every_source_and_the_rest_is_built(fresh):
    (fresh.path / "resources").mkdir()
    with tarfile.open(fresh.path / "resources/cifar-10-binary.tar.gz", "w:gz"):
        pass  # an archive of nothing
    mirrors = ["http://127.0.0.1:9/c.tar.gz"]
    data = {"source": "cifar10", "archives": ["resources", "empty"], "mirrors": mirrors}
    (config := fresh.path / "mine.yaml").write_text(yaml.safe_dump({"data": data}))
    run = fresh.snakemake("results/cifar10/source.json", FIGURE, config=config)
    assert run.stdout.count("\nERROR: CIFAR-10 could not be had") == 1
    is_refused(run, "make demo")
    said = run.stdout[run.stdout.index("\nERROR: CIFAR-10 could not be had") :]
    for expected in ["resources/cifar-10-binary.tar.gz: ", "empty: ", "127.0.0.1:9/c.tar.gz: "]:
        assert expected in said
    assert (fresh.path / FIGURE).exists()
    assert not list((fresh.path / "results/cifar10").glob("*"))
