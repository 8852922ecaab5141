"""Where a run stands after an epoch, on disk: a run that is cut off goes on from it."""

import hashlib
import json
import logging
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save

from answerbook.classification.model import MLP
from answerbook.classification.training import Epoch
from answerbook.jobs.files import replacing

logger = logging.getLogger("answerbook")


def fingerprint(settings: object, files: Iterable[str | Path]) -> str:
    """SHA-256 over everything that decides the outcome of a run: settings, code and data."""
    contents = [_sha256(Path(path).read_bytes()) for path in files]
    return _sha256(json.dumps([settings, contents], sort_keys=True).encode())


class Checkpoint:
    """The file `path` with the parameters, the generator and the history after each epoch.

    `run` is the `fingerprint` of the run: what another run has left is refused.
    """

    def __init__(self, path: Path, run: str):
        self.path, self.run = path, run

    def save(self, model: MLP, generator: torch.Generator, history: list[Epoch]) -> None:
        """Replace the file at once: it is that of a whole epoch at every moment."""
        tensors = {name: tensor.cpu() for name, tensor in model.parameters().items()}
        tensors["generator"] = generator.get_state()
        tensors["history"] = torch.tensor([astuple(e) for e in history], dtype=torch.float64)
        with replacing(self.path) as path:
            # Not `save_file`: it leaves a temporary file of its own where it is killed.
            path.write_bytes(save(tensors, {"run": self.run, "sha256": _sha256(save(tensors))}))

    def restore(self, model: MLP, generator: torch.Generator) -> list[Epoch]:
        """Set the network and the generator to where the run was cut off; returns its history.

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
        if metadata.get("sha256") != _sha256(save(tensors)):
            return self._refused("is damaged")
        for name, parameter in model.parameters().items():
            parameter.copy_(tensors[name])
        generator.set_state(tensors["generator"])
        history = [Epoch(int(epoch), *rest) for epoch, *rest in tensors["history"].tolist()]
        logger.info("%s: going on after epoch %d", self.path, len(history))
        return history

    def remove(self) -> None:
        """The run is over."""
        self.path.unlink(missing_ok=True)

    def _refused(self, reason: str) -> list[Epoch]:
        logger.warning("the checkpoint %s %s: training starts anew", self.path, reason)
        return []


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
