"""Fetch CIFAR-10 from the first source that has it, and keep it as verified arrays."""

from pathlib import Path

from answerbook.cifar10.archive import RECORD
from answerbook.cifar10.arrays import save
from answerbook.cifar10.checksums import CIFAR10
from answerbook.cifar10.sources import fetch
from answerbook.jobs.logs import logged_to
from answerbook.jobs.system_errors import check_room


def places(folders: list[str], *roots: Path) -> list[Path]:
    """Each folder as seen from each of the roots, without repeats, the folders' order first."""
    return list(dict.fromkeys((root / folder).resolve() for folder in folders for root in roots))


def fetch_to(folder: Path, *, archives: list[Path], mirrors: list[str], resources: Path) -> None:
    """Write the arrays and `source.json` into `folder`; a downloaded archive into `resources`."""
    check_room(folder, 6 * RECORD * CIFAR10.records)  # before an hour of downloading, not after it
    dataset, source = fetch(archives, mirrors, resources)
    save(dataset, folder, source=source, synthetic=False)


if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        here, checkout = Path.cwd(), Path(snakemake.scriptdir).resolve().parents[1]
        fetch_to(
            Path(snakemake.output.source).parent,
            archives=places(snakemake.config["data"]["archives"], here, checkout),
            mirrors=snakemake.config["data"]["mirrors"],
            resources=here / "resources",
        )
