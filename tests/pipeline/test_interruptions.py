"""Killed, interrupted, called while another works: nothing is lost, and the bytes are the same."""

import os
import random
import re
import signal
import time

import psutil
import pytest
import yaml
from tests.pipeline.checkouts import SMALL, Checkout

from answerbook.reproduction.run import differences, sums_of

RUN = "baseline/seed0"
HISTORY = f"results/runs/{RUN}/history.csv"
LOG = f"results/logs/train/{RUN}.log"
FIGURE = "results/figures/relu_vs_tanh.svg"


def training(checkout, epochs):
    """The arguments of a call that trains one network for so many epochs, of a few each second."""
    config = yaml.safe_load(SMALL.read_text())
    config["experiments"]["baseline"] |= {"widths": [256, 128], "epochs": epochs}
    config["experiments"]["interpolating"] |= {"widths": [256, 128], "epochs": epochs + 1}
    (checkout.path / "training.yaml").write_text(yaml.safe_dump(config))
    return {"config": checkout.path / "training.yaml"}


def wait_for_epoch(checkout, number, seconds=120):
    """Wait until so many epochs are done."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        log = checkout.path / LOG
        if log.exists() and f"epoch {number}/" in log.read_text():
            return
        time.sleep(0.05)
    raise AssertionError(checkout.read("output.txt"))


def kill(call):
    """Kill Snakemake and all below it, as when the power goes."""
    victims = [call, *call.children(recursive=True)]
    for victim in victims:
        victim.kill()
    psutil.wait_procs(victims)


def left_over(checkout):
    """Temporary files of ours; Snakemake's own memory is not looked at."""
    names = re.compile(r"\.(?!snakemake).+|.*\.part")
    return [path for path in (checkout.path / "results").rglob("*") if names.fullmatch(path.name)]


def test_a_figure_is_drawn_while_a_network_trains_and_the_killed_training_goes_on(fresh):
    arguments = training(fresh, 60)
    call = fresh.start("--cores", "1", HISTORY, **arguments)
    wait_for_epoch(fresh, 2)
    for job in call.children(recursive=True):
        job.suspend()  # however long the others take
    assert fresh.snakemake(HISTORY, **arguments).returncode == 1, "the same twice at once"
    # Whichever call ends first takes all of Snakemake's locks with it, those of the others too.
    drawn = fresh.snakemake(FIGURE, **arguments)
    assert drawn.returncode == 0, drawn.stdout
    assert call.poll() is None
    kill(call)
    again = fresh.snakemake(HISTORY, **arguments)
    assert again.returncode == 0, again.stdout
    assert "going on after epoch" in fresh.read(LOG)
    assert not left_over(fresh)


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.slow
def test_an_interrupted_training_stops_at_once_and_goes_on_later(fresh, end):
    arguments = training(fresh, 60)
    call = fresh.start(HISTORY, **arguments)
    wait_for_epoch(fresh, 2)
    os.killpg(call.pid, end)
    assert call.wait(timeout=20) != 0
    said = fresh.read("output.txt")
    assert "Traceback" not in said
    assert "ERROR: interrupted; run the same command again to go on from here" in said
    run = (fresh.path / HISTORY).parent
    assert [path.name for path in run.iterdir()] == ["checkpoint.pt"]
    assert not left_over(fresh)
    assert fresh.snakemake(HISTORY, **arguments).returncode == 0
    assert "going on after epoch" in fresh.read(LOG)


@pytest.mark.slow
def test_a_workflow_killed_at_random_moments_ends_with_the_same_bytes(finished, fresh):
    draw = random.Random(1)
    for _ in range(4):
        call = fresh.start("--cores", "2")
        time.sleep(draw.uniform(0, 30))
        kill(call)
    run = fresh.snakemake()
    assert run.returncode == 0, run.stdout
    assert_same(fresh, finished)


@pytest.mark.slow
def test_a_run_in_another_place_with_another_hash_seed_gives_the_same_bytes(finished, fresh):
    moved = Checkout(fresh.path.rename(fresh.path.with_name("a place with a longer name")))
    run = moved.snakemake(PYTHONHASHSEED="7")
    assert run.returncode == 0, run.stdout
    assert_same(moved, finished)


def assert_same(ours, theirs):
    ours, theirs = (sums_of(side.path / "results") for side in (ours, theirs))
    assert not differences(ours, theirs)
    assert len(ours) > 100
