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


def shown(epochs: Iterable[Epoch], *, trained: int, total: int, name: str) -> Iterator[Epoch]:
    """Pass the epochs on, showing each as a line of the log and on a terminal's progress bar."""
    with tqdm(
        epochs, initial=trained, total=total, desc=name, unit="epoch", disable=None, leave=False
    ) as bar:
        for epoch in bar:
            bar.set_postfix_str(
                f"loss {epoch.train_loss:.3f}, accuracy {epoch.train_accuracy:.1%} training, "
                f"{epoch.val_accuracy:.1%} validation"
            )
            remaining = epoch.seconds * (total - epoch.epoch)
            logger.info(
                "epoch %d/%d: loss %.4f, training accuracy %.4f, validation accuracy %.4f, "
                "%.2f s, about %.0f s left",
                epoch.epoch,
                total,
                epoch.train_loss,
                epoch.train_accuracy,
                epoch.val_accuracy,
                epoch.seconds,
                remaining,
            )
            yield epoch


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


if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        files, params = snakemake.input, snakemake.params
        torch.set_num_threads(snakemake.threads)
        torch.set_float32_matmul_precision(params.matmul_precision)
        device = choose_device(params.device)
        hardware = {
            "device": device.type,
            "name": device_name(device),
            "threads": snakemake.threads,
        }
        logger.info("training on %s", hardware)
        decisive = [
            dict(params.experiment),
            snakemake.wildcards.seed,
            params.matmul_precision,
            hardware,
            torch.__version__,
        ]
        checkpoint = Checkpoint(
            Path(snakemake.output.weights).with_name("checkpoint.safetensors"),
            fingerprint(decisive, [files.source, *files.code]),
        )
        model, history = train_run(
            dataset(files.train_images, files.train_labels, device),
            dataset(files.test_images, files.test_labels, device),
            checkpoint=checkpoint,
            name=f"{snakemake.wildcards.experiment}, seed {snakemake.wildcards.seed}",
            seed=int(snakemake.wildcards.seed),
            device=device,
            **params.experiment,
        )
        epochs = pd.DataFrame(history)
        weights = {name: tensor.cpu() for name, tensor in model.parameters().items()}
        with (
            replacing(snakemake.output.history) as history_path,
            replacing(snakemake.output.seconds) as seconds_path,
            replacing(snakemake.output.weights) as weights_path,
            replacing(snakemake.output.run) as run_path,
        ):
            epochs.drop(columns="seconds").to_csv(history_path, index=False)
            epochs[["epoch", "seconds"]].to_csv(seconds_path, index=False)
            weights_path.write_bytes(save(weights))
            run_path.write_text(json.dumps(hardware, indent=2) + "\n", encoding="utf-8")
        checkpoint.remove()
