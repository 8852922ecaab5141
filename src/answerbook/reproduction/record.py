"""A record of a run, against which others can hold theirs."""

import shutil
from pathlib import Path

from answerbook.jobs.files import replacing
from answerbook.reproduction.results import MANIFEST, Results, manifest_text

# With these beside the manifest a comparison can say by how much numbers differ.
TABLES = (".csv", ".json", ".yml")
LARGEST = 200_000  # bytes of a table that is kept


def write_record(results: Results, folder: Path) -> Path:
    """Write the manifest of the results, their small tables and their provenance to `folder`.

    What was in the folder goes. Returns the manifest's path.
    """
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    for path in ["provenance.json", *filter(is_table, results.sums)]:
        file = results.folder / path
        if file.is_file() and file.stat().st_size <= LARGEST:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, folder / path)
    with replacing(folder / MANIFEST) as manifest:
        manifest.write_text(manifest_text(results.sums), encoding="utf-8")
    return folder / MANIFEST


def is_table(path: str) -> bool:
    """Whether the file holds values in text."""
    return path.endswith(TABLES)
