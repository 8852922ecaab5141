"""Train one network: one experiment, one seed."""

import json
import logging
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from safetensors.torch import load_file, save
from tqdm import tqdm

from answerbook.classification.checkpoint import Checkpoint, fingerprint, go_on_from, state_of
from answerbook.classification.minibatches import Dataset, draw_labels
from answerbook.classification.model import MLP, ConvolutionalNetwork, Network
from answerbook.classification.precision import fast_precision
from answerbook.classification.training import SGD, Epoch, train
from answerbook.errors import AnswerbookError
from answerbook.jobs.files import replacing_all
from answerbook.jobs.logs import logged_to
from answerbook.machine import processor

logger = logging.getLogger("answerbook")


@dataclass(frozen=True)
class Run:
    """A run after its last epoch."""

    optimiser: SGD
    generator: torch.Generator
    history: list[Epoch]


def dataset(images: str, labels: str, device: torch.device) -> Dataset:
    """The arrays of two .npy files, on the device; the labels as int64.

    The images are mapped into memory copy-on-write, since tensors are writable: nothing is copied.
    """
    return Dataset(
        torch.from_numpy(np.load(images, mmap_mode="c")).to(device),
        torch.from_numpy(np.load(labels).astype(np.int64)).to(device),
    )


def build_network(
    data: Dataset, widths: list[int], convolutions: list[dict], generator: torch.Generator
) -> Network:
    """The network of an experiment for these images and classes, freshly initialised."""
    in_shape, classes = data.images.shape[1:], int(data.labels.max()) + 1
    if convolutions:
        return ConvolutionalNetwork(in_shape, convolutions, widths, classes, generator=generator)
    return MLP(in_shape.numel(), widths, classes, generator=generator)


def go_on_after(files: Sequence[str], optimiser: SGD, generator: torch.Generator) -> list[Epoch]:
    """Set both to where another run ended, by its history, weights and state: its history."""
    history, weights, state = files
    go_on_from(load_file(weights) | load_file(state), optimiser, generator)
    return [Epoch(**row) for row in pd.read_csv(history).to_dict("records")]


def train_run(
    training: Dataset,
    validation: Dataset,
    *,
    checkpoint: Checkpoint,
    start: Sequence[str],
    name: str,
    widths: list[int],
    convolutions: list[dict],
    random_labels: bool,
    learning_rate: float,
    momentum: float,
    seed: int,
    device: torch.device,
    **settings,
) -> Run:
    """The trained network and its history; `settings` are those of `training.train`.

    A run that was cut off goes on from its checkpoint, one that continues another from the files
    `start` of that one.
    """
    generator = torch.Generator().manual_seed(seed)
    network = build_network(training, widths, convolutions, generator).to(device)
    if random_labels:
        labels = draw_labels(len(training.labels), int(training.labels.max()) + 1, seed)
        training = replace(training, labels=torch.from_numpy(labels).to(device))
    optimiser = SGD(network, learning_rate, momentum)
    history = checkpoint.restore(optimiser, generator)
    if not history and start:
        history = go_on_after(start, optimiser, generator)
    trained = len(history)
    epochs = train(
        optimiser, training, validation, generator=generator, trained=trained, **settings
    )
    for epoch in shown(epochs, trained=trained, total=settings["epochs"], name=name):
        history.append(epoch)
        checkpoint.save(optimiser, generator, history)
    return Run(optimiser, generator, history)


def shown(epochs: Iterable[Epoch], *, trained: int, total: int, name: str) -> Iterator[Epoch]:
    """Pass the epochs on, showing each as a line of the log and on a terminal's progress bar."""
    with tqdm(
        epochs, initial=trained, total=total, desc=name, unit="epoch", disable=None, leave=False
    ) as bar:
        start = time.perf_counter()
        for epoch in bar:
            reached = (
                f"loss {epoch.train_loss:.4f}, training accuracy {epoch.train_accuracy:.4f}, "
                f"at the end {epoch.clean_train_accuracy:.4f}, validation {epoch.val_accuracy:.4f}"
            )
            bar.set_postfix_str(reached)
            seconds, start = time.perf_counter() - start, time.perf_counter()
            took = f"{seconds:.2f} s, about {seconds * (total - epoch.epoch):.0f} s left"
            logger.info("epoch %d/%d: %s, %s", epoch.epoch, total, reached, took)
            yield epoch


def check_device(device: torch.device) -> None:
    """Raise `AnswerbookError` if that is a GPU and torch sees none."""
    if device.type == "cuda" and not torch.cuda.is_available():
        raise AnswerbookError(
            "device: torch sees no GPU on this machine; it needs an NVIDIA GPU, and a driver as new"
            " as its CUDA. Set `device` in config/config.yaml to cpu, or to auto."
        )


def computed_by(device: torch.device, threads: int, precision: str) -> dict:
    """What run.json says: with other hardware or other versions the bytes may be others."""
    versions = {"torch": torch.__version__, "numpy": np.__version__}
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else processor()
    return {
        "device": device.type,
        "name": name,
        "threads": threads,
        "matmul_precision": precision,
        "versions": versions,
    }


def write_run(run: Run, computed: dict, output: Mapping[str, str | Path]) -> None:
    """Write the files of a run, named as in `output`: all of them or none.

    computed: see `computed_by`.
    """
    state = state_of(run.optimiser, run.generator)
    weights = {name: state.pop(name) for name in run.optimiser.network.parameters()}
    files = {
        "history": pd.DataFrame(run.history).to_csv(index=False).encode(),
        "weights": save(weights),
        "state": save(state),
        "run": f"{json.dumps(computed, indent=2)}\n".encode(),
    }
    with replacing_all(*(output[name] for name in files)) as paths:
        for path, content in zip(paths, files.values(), strict=True):
            path.write_bytes(content)


if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        files, params, output = snakemake.input, snakemake.params, snakemake.output
        experiment, seed = snakemake.wildcards.experiment, int(snakemake.wildcards.seed)
        torch.set_num_threads(snakemake.threads)
        check_device(device := torch.device(params.device))
        precision = fast_precision(params.matmul_precision, device)
        computed = computed_by(device, snakemake.threads, precision)
        logger.info("training on %s", computed)
        settings = dict(params.experiment)
        # Whatever decides the bytes: a checkpoint of anything else is not gone on from.
        decisive = [settings, seed, params.code, computed]
        started_from = list(files.get("start", []))
        run = fingerprint(decisive, [files.source, *started_from])
        checkpoint = Checkpoint(Path(output.history).with_name("checkpoint.pt"), run)
        settings.pop("continues", None)
        trained = train_run(
            dataset(files.train_images, files.train_labels, device),
            dataset(files.test_images, files.test_labels, device),
            checkpoint=checkpoint,
            start=started_from,
            name=f"{experiment}, seed {seed}",
            seed=seed,
            device=device,
            precision=precision,
            **settings,
        )
        write_run(trained, computed, dict(output.items()))
        checkpoint.path.unlink(missing_ok=True)
