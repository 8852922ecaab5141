"""`python -m answerbook.reproduction OURS THEIRS`: compare two runs; exit 1 if they differ."""

import argparse
import sys
from pathlib import Path

from answerbook.errors import AnswerbookError
from answerbook.reproduction.numbers import EQUAL, WITHIN, compare_numbers
from answerbook.reproduction.run import LEFT_OUT, Run, differences, read_run, write_record


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
        if options.record:
            write_record(ours, options.record)
    except (AnswerbookError, OSError) as error:
        print(f"ERROR: {error}", file=sys.stderr)
        return 2
    return 0 if agree(ours, theirs, exactly=options.bytes) else 1


def agree(ours: Run, theirs: Run, *, exactly: bool) -> bool:
    """Print what is not the same; whether verdicts and numbers agree, and `exactly` files too."""
    files = differences(ours.sums, theirs.sums)
    for path, what in files.items():
        print(f"{what}: {path}")
    print(f"{len(files)} of {len(ours.sums | theirs.sums)} files are not the same.")
    table = compare_numbers(ours.numbers, theirs.numbers)
    for row in table[table["verdict"] != EQUAL].to_dict("records"):
        print(line(row))
    counts = [f"{n} {verdict}" for verdict, n in table["verdict"].value_counts().items()]
    print(f"{len(table)} numbers: {', '.join(counts)}.")
    verdicts = differences(ours.verdicts, theirs.verdicts)
    for name, what in verdicts.items():
        print(f"{what}: {name}: {ours.verdicts.get(name)} instead of {theirs.verdicts.get(name)}")
    print(f"{len(verdicts)} of {len(ours.verdicts | theirs.verdicts)} verdicts are not the same.")
    print("Left out by design:", ", ".join(LEFT_OUT))
    print("What made each of them is in its provenance.json.")
    within = table["verdict"].isin([EQUAL, WITHIN]).all()
    return bool(within) and not verdicts and not (exactly and files)


def line(row: dict) -> str:
    """One number that is not equal, a row of what `compare_numbers` returns."""
    text = "{verdict}: {name} {quantity}: {ours:.6g} instead of {theirs:.6g}".format(**row)
    seeds = ", {errors:.1f} standard errors ({n:.0f} and {m:.0f} seeds)".format(**row)
    return text + seeds if row["spread"] > 0 else text


if __name__ == "__main__":
    sys.exit(main())
