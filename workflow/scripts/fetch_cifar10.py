"""Fetch CIFAR-10 from the first source that has it, and keep it as verified arrays."""

import os
from pathlib import Path

from answerbook.cifar10.arrays import save
from answerbook.cifar10.sources import fetch
from answerbook.jobs.logs import logged_to


def places(names: list[str], *roots: Path) -> list[Path]:
    """Each file or folder as seen from each of the roots, without repeats, in their order.

    `~` and `$VARIABLES` in the names are expanded.
    """
    expanded = [os.path.expanduser(os.path.expandvars(name)) for name in names]
    return list(dict.fromkeys((root / name).resolve() for name in expanded for root in roots))


if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        here, checkout = Path.cwd(), Path(snakemake.scriptdir).resolve().parents[1]
        data, folder = snakemake.config["data"], Path(snakemake.output.source).parent
        archives = places(data["archives"], here, checkout)
        dataset, source = fetch(archives, data["mirrors"], here / "resources")
        save(dataset, folder, source=source, synthetic=False)
