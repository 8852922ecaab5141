"""A run as a Provenance Run Crate: what was made from what, by which rule, when.

The profile is version 0.5 of Workflow Run RO-Crate (Leo et al. 2024, *Recording provenance of
workflow runs with RO-Crate*): a rule is a step, its script a tool, and each job two actions, one
of the tool and one of the workflow engine, which controls it.
"""

import mimetypes
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rocrate.model import ComputationalWorkflow, ContextEntity
from rocrate.rocrate import ROCrate

from answerbook.reproduction.files import checksum

SOURCES = "workflow"  # the folder of the crate with a copy of the code, the config and the text
_PROFILES = {
    "https://w3id.org/ro/wfrun/process/0.5": "Process Run Crate",
    "https://w3id.org/ro/wfrun/workflow/0.5": "Workflow Run Crate",
    "https://w3id.org/ro/wfrun/provenance/0.5": "Provenance Run Crate",
    "https://w3id.org/workflowhub/workflow-ro-crate/1.0": "Workflow RO-Crate",
}
_IMAGES = "https://www.cs.toronto.edu/~kriz/cifar.html"


@dataclass(frozen=True)
class Job:
    """One job: its rule and script, the paths it read and wrote, and when, in seconds since 1970.

    All paths are relative to the crate. When a job began is None where nobody knows.
    """

    rule: str
    script: str
    inputs: Sequence[str]
    outputs: Sequence[str]
    start: float | None
    end: float


class _Workflow(ComputationalWorkflow):
    TYPES = (*ComputationalWorkflow.TYPES, "HowTo")


class RunCrate:
    """The crate of the results in `folder`, to which its jobs are added."""

    def __init__(self, folder: Path, *, name: str, description: str, provenance: Mapping):
        self.folder = folder
        self.crate: Any = ROCrate(version="1.1")  # Any: the types it states are too wide
        self.crate.name, self.crate.description = name, description
        self.crate.license = self._thing(
            "https://spdx.org/licenses/MIT", "CreativeWork", name="MIT License"
        )
        self.crate.root_dataset["conformsTo"] = [
            self._thing(url, "CreativeWork", name=profile, version=url.rpartition("/")[2])
            for url, profile in _PROFILES.items()
        ]
        versions = provenance["versions"]
        self.is_synthetic = provenance["data"]["synthetic"]
        self.workflow = self.crate.add_workflow(
            dest_path=f"{SOURCES}/workflow/Snakefile",
            main=True,
            lang="snakemake",
            lang_version=versions["snakemake"],
            cls=_Workflow,
            properties=self._about(f"{SOURCES}/workflow/Snakefile")
            | {"name": name, "version": provenance["commit"]},
        )
        self.workflow["softwareRequirements"] = [
            self._thing(f"#software-{package}", "SoftwareApplication", name=package, version=number)
            for package, number in versions.items()
        ]
        self._data(f"{SOURCES}/")

    def add_run(self, jobs: Iterable[Job], results: Iterable[str]) -> None:
        """Add the jobs, and the run that they make up, which had `results`."""
        jobs = sorted(jobs, key=lambda job: (job.start or job.end, job.outputs))
        controls = [self._add_job(number, job) for number, job in enumerate(jobs, start=1)]
        steps = {control["instrument"].id: control["instrument"] for control in controls}
        for position, step in enumerate(steps.values(), start=1):
            step["position"] = str(position)
        self.workflow["step"] = list(steps.values())
        self.workflow["hasPart"] = list(
            {tool.id: tool for step in steps.values() for tool in step["workExample"]}.values()
        )
        made = {path for job in jobs for path in job.outputs}
        given = sorted({path for job in jobs for path in job.inputs} - made)
        span = _times(min(job.start or job.end for job in jobs), max(job.end for job in jobs))
        run = self._thing(
            "#run",
            "CreateAction",
            name=f"Run of {self.workflow['name']}",
            instrument=self.workflow,
            object=[self._data(path) for path in given],
            result=[self._data(path) for path in results],
            **span,
        )
        self._thing(
            "#engine",
            "OrganizeAction",
            name="Run of Snakemake",
            instrument=self.crate.get("#software-snakemake"),
            object=controls,
            result=run,
            **span,
        )
        self.crate.root_dataset["mentions"] = [run, *(control["object"] for control in controls)]
        self.crate.datePublished = datetime.fromisoformat(span["endTime"])

    def metadata(self) -> dict[str, Any]:
        """The JSON-LD of `ro-crate-metadata.json`."""
        return self.crate.metadata.generate()

    def _add_job(self, number: int, job: Job) -> Any:
        """Add the job's two actions, and its step and its tool where they are new; the second."""
        tool = self._data(job.script, "SoftwareSourceCode")
        step = self.crate.get(f"#step-{job.rule}") or self._thing(
            f"#step-{job.rule}", "HowToStep", name=job.rule, workExample=[]
        )
        if tool not in step["workExample"]:
            step.append_to("workExample", tool)
        action = self._thing(
            f"#job-{number}",
            "CreateAction",
            name=f"{job.rule}: {job.outputs[0]}",
            instrument=tool,
            object=[self._data(path) for path in job.inputs],
            result=[self._data(path) for path in job.outputs],
            **_times(job.start, job.end),
        )
        return self._thing(
            f"#control-{number}", "ControlAction", instrument=step, object=action, name=job.rule
        )

    def _data(self, path: str, *kinds: str) -> Any:
        """The file or folder at `path`, added, as of the `kinds` too, if it is not there yet."""
        is_folder = (self.folder / path).is_dir()
        path = path.rstrip("/") + "/" * is_folder
        if found := self.crate.get(path):
            return found
        if is_folder:
            return self.crate.add_dataset(dest_path=path, properties={"name": path})
        properties = {"@type": ["File", *kinds]} if kinds else {}
        return self.crate.add_file(dest_path=path, properties=properties | self._about(path))

    def _about(self, path: str) -> dict[str, Any]:
        file = self.folder / path
        about: dict[str, Any] = {
            "name": path,
            "sha256": checksum(file),
            "contentSize": str(file.stat().st_size),
        }
        if kind := mimetypes.guess_type(path)[0]:
            about["encodingFormat"] = kind
        if path.startswith("cifar10/") and path.endswith(".npy") and not self.is_synthetic:
            about["license"] = self._thing(_IMAGES, "CreativeWork", name="CIFAR-10")
        return about

    def _thing(self, identifier: str, kind: str, **properties: Any) -> Any:
        """A contextual entity; entities among the properties are referred to."""
        entity: Any = self.crate.add(ContextEntity(self.crate, identifier, {"@type": kind}))
        for key, value in properties.items():
            entity[key] = value
        return entity


def _times(start: float | None, end: float) -> dict[str, str]:
    return {
        name: datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")
        for name, seconds in (("startTime", start), ("endTime", end))
        if seconds is not None
    }
