"""Where a run stands after an epoch, on disk: a run that is cut off goes on from it."""

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor

from answerbook.classification.training import SGD, Epoch
from answerbook.jobs.files import replacing

logger = logging.getLogger("answerbook")


def fingerprint(settings: object, files: Iterable[str | Path]) -> str:
    """SHA-256 over everything that decides the outcome of a run: settings, code and data."""
    contents = [hashlib.sha256(Path(path).read_bytes()).hexdigest() for path in files]
    return hashlib.sha256(json.dumps([settings, contents], sort_keys=True).encode()).hexdigest()


def state_of(optimiser: SGD, generator: torch.Generator) -> dict[str, Tensor]:
    """What the next epoch depends on: parameters, their velocities if any, and the generator."""
    velocity = {f"velocity.{name}": v for name, v in optimiser.velocity.items()}
    tensors = {**optimiser.network.parameters(), **velocity}
    return {name: tensor.cpu() for name, tensor in tensors.items()} | {
        "generator": generator.get_state()
    }


def go_on_from(state: Mapping[str, Tensor], optimiser: SGD, generator: torch.Generator) -> None:
    """Set the network, the velocities and the generator to that state."""
    for name, parameter in optimiser.network.parameters().items():
        parameter.copy_(state[name])
    for name, velocity in optimiser.velocity.items():
        velocity.copy_(state[f"velocity.{name}"])
    generator.set_state(state["generator"])


class Checkpoint:
    """The file `path` with the state and the history after each epoch.

    `run` is the `fingerprint` of the run: what another run has left is refused.
    """

    def __init__(self, path: Path, run: str):
        self.path, self.run = path, run

    def save(self, optimiser: SGD, generator: torch.Generator, history: list[Epoch]) -> None:
        """Replace the file at once: it is that of a whole epoch at every moment."""
        tensors, rows = state_of(optimiser, generator), [asdict(epoch) for epoch in history]
        metadata = {"run": self.run, "history": json.dumps(rows)}
        with replacing(self.path) as path:
            # Not `save_file`: it leaves a temporary file of its own where it is killed.
            path.write_bytes(save(tensors, metadata))

    def restore(self, optimiser: SGD, generator: torch.Generator) -> list[Epoch]:
        """Set both to where the run was cut off; returns its history.

        Without a file of this run they stay as they are, and the history is empty.
        """
        if not self.path.exists():
            return []
        try:
            with safe_open(self.path, framework="pt") as file:
                metadata = file.metadata() or {}
                tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        except (SafetensorError, OSError) as error:
            return self._refused(f"cannot be read ({error})")
        if metadata.get("run") != self.run:
            return self._refused("is of other settings, other code or other data")
        go_on_from(tensors, optimiser, generator)
        history = [Epoch(**row) for row in json.loads(metadata["history"])]
        logger.info("%s: going on after epoch %d", self.path, len(history))
        return history

    def remove(self) -> None:
        """The run is over."""
        self.path.unlink(missing_ok=True)

    def _refused(self, reason: str) -> list[Epoch]:
        logger.warning("the checkpoint %s %s: training starts anew", self.path, reason)
        return []
