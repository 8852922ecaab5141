"""`python -m answerbook.reproduction OURS THEIRS`: compare two runs; exit 1 if they differ."""

import argparse
import sys
from pathlib import Path

from answerbook.errors import AnswerbookError
from answerbook.reproduction.comparison import causes, compare_results, report
from answerbook.reproduction.record import write_record
from answerbook.reproduction.results import LEFT_OUT, read_results


def main(arguments: list[str] | None = None) -> int:
    """Print what differs; return 0 if nothing does, 1 if something, 2 if it cannot be said."""
    options = _parser().parse_args(arguments)
    try:
        ours, theirs = read_results(options.ours), read_results(options.theirs)
        comparison = compare_results(ours, theirs)
        print(f"{options.ours} against {options.theirs}")
        print(report(comparison, causes(ours.folder, theirs.folder)))
        print("Left out by design:", ", ".join(LEFT_OUT))
        if options.record:
            print("Recorded:", write_record(ours, options.record))
    except (AnswerbookError, OSError) as error:
        print(f"ERROR: {error}", file=sys.stderr)
        return 2
    return 0 if comparison.same else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m answerbook.reproduction",
        description="Compare two runs byte by byte, and their numbers by how much they differ.",
    )
    parser.add_argument("ours", type=Path, help="a folder of results")
    parser.add_argument("theirs", type=Path, help="a manifest, or a folder of results")
    parser.add_argument("--record", type=Path, help="write our manifest and tables to this folder")
    return parser


if __name__ == "__main__":
    sys.exit(main())
