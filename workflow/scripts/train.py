"""Train one network: one experiment, one seed."""

import json
import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from safetensors.torch import save
from tqdm import tqdm

from answerbook.classification.checkpoint import Checkpoint, fingerprint
from answerbook.classification.devices import choose_device, device_name
from answerbook.classification.minibatches import Dataset
from answerbook.classification.model import MLP
from answerbook.classification.training import Epoch, train
from answerbook.jobs.files import replacing
from answerbook.jobs.logs import logged_to

logger = logging.getLogger("answerbook")


def dataset(images: str, labels: str, device: torch.device) -> Dataset:
    """The arrays of two .npy files, on the device; the labels as int64.

    The images are mapped into memory copy-on-write, since tensors are writable: nothing is copied.
    """
    return Dataset(
        torch.from_numpy(np.load(images, mmap_mode="c")).to(device),
        torch.from_numpy(np.load(labels).astype(np.int64)).to(device),
    )


def train_run(
    training: Dataset,
    validation: Dataset,
    *,
    checkpoint: Checkpoint,
    name: str,
    widths: list[int],
    seed: int,
    device: torch.device,
    **settings,
) -> tuple[MLP, list[Epoch]]:
    """The trained network and its history; `settings` are those of `training.train`.

    A run that was cut off goes on from its checkpoint.
    """
    generator = torch.Generator().manual_seed(seed)
    in_features = training.images[0].numel()
    classes = int(training.labels.max()) + 1
    model = MLP(in_features, widths, classes, generator=generator).to(device)
    history = checkpoint.restore(model, generator)
    trained = len(history)
    epochs = train(model, training, validation, generator=generator, trained=trained, **settings)
    for epoch in shown(epochs, trained=trained, total=settings["epochs"], name=name):
        history.append(epoch)
        checkpoint.save(model, generator, history)
    return model, history


def shown(epochs: Iterable[Epoch], *, trained: int, total: int, name: str) -> Iterator[Epoch]:
    """Pass the epochs on, showing each as a line of the log and on a terminal's progress bar."""
    with tqdm(
        epochs, initial=trained, total=total, desc=name, unit="epoch", disable=None, leave=False
    ) as bar:
        for epoch in bar:
            reached = (
                f"loss {epoch.train_loss:.4f}, training accuracy {epoch.train_accuracy:.4f}, "
                f"validation accuracy {epoch.val_accuracy:.4f}"
            )
            bar.set_postfix_str(reached)
            left = epoch.seconds * (total - epoch.epoch)
            took = f"{epoch.seconds:.2f} s, about {left:.0f} s left"
            logger.info("epoch %d/%d: %s, %s", epoch.epoch, total, reached, took)
            yield epoch


def describe_hardware(device: torch.device, threads: int) -> dict[str, str | int]:
    """What run.json says of the machine; on another one the bytes of the weights may differ."""
    return {"device": device.type, "name": device_name(device), "threads": threads}


def write_run(
    model: MLP,
    history: list[Epoch],
    hardware: dict[str, str | int],
    output,
    *,
    experiment: str,
    seed: int,
) -> None:
    """Write the rule's four outputs, of which all are there or none.

    The seconds are apart from the history, which is the same in every run, and say whose they are.
    """
    table = pd.DataFrame(history)
    seconds = table[["epoch", "seconds"]].assign(experiment=experiment, seed=seed)
    weights = {name: tensor.cpu() for name, tensor in model.parameters().items()}
    with (
        replacing(output.history) as history_path,
        replacing(output.seconds) as seconds_path,
        replacing(output.weights) as weights_path,
        replacing(output.run) as run_path,
    ):
        table.drop(columns="seconds").to_csv(history_path, index=False)
        seconds[["experiment", "seed", "epoch", "seconds"]].to_csv(seconds_path, index=False)
        weights_path.write_bytes(save(weights))
        run_path.write_text(json.dumps(hardware, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        files, params, output = snakemake.input, snakemake.params, snakemake.output
        experiment, seed = snakemake.wildcards.experiment, int(snakemake.wildcards.seed)
        torch.set_num_threads(snakemake.threads)
        torch.set_float32_matmul_precision(params.matmul_precision)
        device = choose_device(params.device)
        hardware = describe_hardware(device, snakemake.threads)
        logger.info("training on %s", hardware)
        # Whatever decides the outcome: a checkpoint of anything else is not gone on from.
        settings = [dict(params.experiment), seed, params.matmul_precision]
        run = fingerprint([settings, params.code, hardware, torch.__version__], [files.source])
        checkpoint = Checkpoint(Path(output.weights).with_name("checkpoint.safetensors"), run)
        model, history = train_run(
            dataset(files.train_images, files.train_labels, device),
            dataset(files.test_images, files.test_labels, device),
            checkpoint=checkpoint,
            name=f"{experiment}, seed {seed}",
            seed=seed,
            device=device,
            **params.experiment,
        )
        write_run(model, history, hardware, output, experiment=experiment, seed=seed)
        checkpoint.remove()
