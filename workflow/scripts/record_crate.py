"""Describe the run as a Provenance Run Crate, from what Snakemake recorded of its jobs."""

import json
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from snakemake.io import IOFile
from snakemake.persistence import MetadataRecord
from snakemake.persistence.file import FilePersistence

from answerbook.jobs.files import replacing
from answerbook.jobs.logs import logged_to
from answerbook.reproduction.crate import SOURCES, Job, RunCrate


def recorded(memory: Path, results: Path) -> dict[str, MetadataRecord]:
    """What Snakemake's `memory` has of each output in `results`, by path."""
    persistence = FilePersistence(nolock=True, path=memory)
    records = {str(path): persistence.metadata(IOFile(str(path))) for path in results.rglob("*")}
    return {path: record for path, record in records.items() if record and not record.incomplete}


def needed(records: Mapping[str, MetadataRecord], targets: Iterable[str]) -> Iterator[list[str]]:
    """The outputs of each job that the targets need: a job of old settings is none of them."""
    outputs = defaultdict(list)
    for path, record in records.items():
        outputs[record.rule, record.job_hash].append(path)
    waiting, seen = list(targets), set()
    while waiting:
        record = records.get(waiting.pop())
        if record and (job := (record.rule, record.job_hash)) not in seen:
            seen.add(job)
            waiting += record.input or []
            yield sorted(outputs[job])


def in_crate(path: str, results: Path, checkout: Path) -> str | None:
    """The path in the crate of a file of the results or of the checkout; None for any other."""
    whole = Path(path).absolute()
    if whole.is_relative_to(results):
        return whole.relative_to(results).as_posix()
    if whole.is_relative_to(checkout):
        return f"{SOURCES}/{whole.relative_to(checkout).as_posix()}"
    return None


def copy_sources(checkout: Path, parts: Iterable[str], folder: Path) -> None:
    """Copy the code, the config and the text of the book."""
    folder.mkdir(parents=True)
    for part in parts:
        if (checkout / part).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(checkout / part, folder / part, ignore=ignored)
        else:
            shutil.copy(checkout / part, folder / part)


if __name__ == "__main__":
    with logged_to(snakemake.log[0]), replacing(snakemake.output.metadata) as metadata:
        params = snakemake.params
        results = Path(snakemake.output.metadata).parent
        places = results.absolute(), Path(params.checkout)
        shutil.rmtree(snakemake.output.sources, ignore_errors=True)
        copy_sources(Path(params.checkout), params.parts, Path(snakemake.output.sources))
        records = recorded(Path(".snakemake").absolute(), results)
        jobs = []
        for outputs in needed(records, snakemake.input):
            record = records[outputs[0]]
            inputs = [in_crate(path, *places) for path in record.input or []]
            script = params.scripts[record.rule].replace("*", Path(outputs[0]).stem)
            end = max(records[path].endtime for path in outputs)
            jobs.append(
                Job(
                    record.rule,
                    f"{SOURCES}/{script}",
                    [path for path in inputs if path],
                    [in_crate(path, *places) for path in outputs],
                    # Of a job on a node Snakemake notes, as its start, when it heard of its end.
                    record.starttime if record.starttime < end else None,
                    end,
                )
            )
        crate = RunCrate(
            results,
            name="answerbook",
            description=params.description,
            provenance=json.loads(Path(snakemake.input.provenance).read_text(encoding="utf-8")),
        )
        crate.add_run(jobs, [in_crate(path, *places) for path in snakemake.input])
        text = json.dumps(crate.metadata(), indent=1, sort_keys=True, ensure_ascii=False)
        metadata.write_text(text + "\n", encoding="utf-8")
