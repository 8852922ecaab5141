"""`python -m answerbook.reproduction OURS THEIRS`: compare two runs; exit 1 if they differ."""

import argparse
import sys
from pathlib import Path

from answerbook.errors import AnswerbookError
from answerbook.reproduction.comparison import compare_runs
from answerbook.reproduction.files import LEFT_OUT, compare_files
from answerbook.reproduction.run import read_run, write_record


def main(arguments: list[str] | None = None) -> int:
    """Print what differs; return 0 if nothing does, 1 if something, 2 if it cannot be said.

    Numbers may differ within their spread over seeds; with --bytes no file may differ.
    """
    parser = argparse.ArgumentParser(prog="python -m answerbook.reproduction")
    parser.add_argument("ours", type=Path, help="a folder of results, or of a record")
    parser.add_argument("theirs", type=Path, help="the same of the other run")
    parser.add_argument("--bytes", action="store_true", help="no file may differ")
    parser.add_argument("--record", type=Path, help="write our record to this folder")
    options = parser.parse_args(arguments)
    try:
        ours, theirs = read_run(options.ours), read_run(options.theirs)
        runs, files = compare_runs(ours, theirs), compare_files(ours.sums, theirs.sums)
        print(f"{options.ours} against {options.theirs}\n{files}\n{runs}")
        print("Left out by design:", ", ".join(LEFT_OUT))
        if options.record:
            write_record(ours, options.record)
            print("Recorded:", options.record)
    except (AnswerbookError, OSError) as error:
        print(f"ERROR: {error}", file=sys.stderr)
        return 2
    return 0 if runs.confirmed and (files.same or not options.bytes) else 1


if __name__ == "__main__":
    sys.exit(main())
