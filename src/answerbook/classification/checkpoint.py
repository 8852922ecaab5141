"""Where a run stands after an epoch, on disk: a run that is cut off goes on from it."""

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

import torch
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
        state, rows = state_of(optimiser, generator), [asdict(epoch) for epoch in history]
        with replacing(self.path) as path:
            torch.save({"run": self.run, "state": state, "history": rows}, path)

    def restore(self, optimiser: SGD, generator: torch.Generator) -> list[Epoch]:
        """Set both to where the run was cut off; returns its history.

        Without a file of this run they stay as they are, and the history is empty.
        """
        if not self.path.exists():
            return []
        saved = torch.load(self.path, weights_only=True)
        if saved["run"] != self.run:
            notice = (
                "the checkpoint %s is of other settings, other code or other data: starting anew"
            )
            logger.warning(notice, self.path)
            return []
        go_on_from(saved["state"], optimiser, generator)
        logger.info("%s: going on after epoch %d", self.path, len(saved["history"]))
        return [Epoch(**row) for row in saved["history"]]
