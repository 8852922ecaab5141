"""Train one network: one experiment, one seed."""

import json
import logging
from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd
import torch
from safetensors.torch import save_file
from tqdm import tqdm

from answerbook.classification.devices import choose_device, device_name
from answerbook.classification.model import MLP
from answerbook.classification.training import Dataset, Epoch, train
from answerbook.files import replacing
from answerbook.logs import logged_to

logger = logging.getLogger("answerbook")


def dataset(images: str, labels: str, device: torch.device) -> Dataset:
    """The arrays of two .npy files, on the device; the labels as int64.

    The images are mapped into memory copy-on-write, since tensors are writable: nothing is copied.
    """
    return Dataset(
        torch.from_numpy(np.load(images, mmap_mode="c")).to(device),
        torch.from_numpy(np.load(labels).astype(np.int64)).to(device),
    )


def shown(epochs: Iterable[Epoch], *, total: int, name: str) -> Iterator[Epoch]:
    """Pass the epochs on, showing each as a line of the log and on a terminal's progress bar."""
    with tqdm(epochs, total=total, desc=name, unit="epoch", disable=None, leave=False) as bar:
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
    name: str,
    widths: list[int],
    seed: int,
    device: torch.device,
    **settings,
) -> tuple[MLP, pd.DataFrame]:
    """The trained network and its history; `settings` are those of `training.train`."""
    generator = torch.Generator().manual_seed(seed)
    in_features = training.images[0].numel()
    classes = int(training.labels.max()) + 1
    model = MLP(in_features, widths, classes, generator=generator).to(device)
    epochs = train(model, training, validation, generator=generator, **settings)
    history = pd.DataFrame(shown(epochs, total=settings["epochs"], name=name))
    return model, history


if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        torch.set_num_threads(snakemake.threads)
        device = choose_device(snakemake.params.device)
        hardware = {
            "device": device.type,
            "name": device_name(device),
            "threads": snakemake.threads,
        }
        logger.info("training on %s", hardware)
        files = snakemake.input
        model, history = train_run(
            dataset(files.train_images, files.train_labels, device),
            dataset(files.test_images, files.test_labels, device),
            name=f"{snakemake.wildcards.experiment}, seed {snakemake.wildcards.seed}",
            seed=int(snakemake.wildcards.seed),
            device=device,
            **snakemake.params.experiment,
        )
        weights = {name: tensor.cpu() for name, tensor in model.parameters().items()}
        with (
            replacing(snakemake.output.history) as history_path,
            replacing(snakemake.output.weights) as weights_path,
            replacing(snakemake.output.run) as run_path,
        ):
            history.to_csv(history_path, index=False)
            save_file(weights, weights_path)
            run_path.write_text(json.dumps(hardware, indent=2) + "\n", encoding="utf-8")
