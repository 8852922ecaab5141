"""The rows of benchmarks.csv: two times side by side, and the goal set for their ratio."""

from dataclasses import dataclass
from statistics import median

FASTER = "peer/ours"  # a peer does the same work: how many times faster ours is
OF_FLOOR = "ours/peer"  # a floor does less work: how many times the floor's time ours takes

COLUMNS = [
    "group",
    "name",
    "ours",
    "peer",
    "ours_seconds",  # medians over the trials
    "peer_seconds",
    "ratio",  # of the medians
    "ratio_of",
    "goal",
    "met",
    "trials",
    "ours_min",
    "ours_max",
    "peer_min",
    "peer_max",
    "ratio_min",  # over the trials: of times taken one right after the other
    "ratio_max",
    "gigabytes",
    "device",
    "threads",
    "note",
]


@dataclass(frozen=True)
class Comparison:
    """What one row compares: the names of two contestants, or of ours alone.

    goal: the least ratio where `ratio_of` is `FASTER`, the largest where it is `OF_FLOOR`, the
    most seconds where ours is alone. None where nothing was promised.
    """

    name: str
    ours: str
    peer: str = ""
    ratio_of: str = ""
    goal: float | None = None
    note: str = ""


def faster(name: str, ours: str, peer: str, least: float | None = None, note: str = ""):
    """Ours against a peer that does the same work; the goal is to be `least` times faster."""
    return Comparison(name, ours, peer, FASTER, least, note)


def floor(name: str, ours: str, bare: str, most: float | None = None, note: str = ""):
    """Ours against a floor; the goal is to take at most `most` times as long."""
    return Comparison(name, ours, bare, OF_FLOOR, most, note)


def alone(name: str, ours: str, most: float | None = None, note: str = ""):
    """Ours, with nothing beside it; the goal is to take at most `most` seconds."""
    return Comparison(name, ours, goal=most, note=note)


def timed_row(comparison: Comparison, seconds: dict[str, list[float]]) -> dict:
    """The row's columns that follow from the contestants' seconds, a list of trials for each."""
    ours = seconds[comparison.ours]
    columns = vars(comparison) | _spread("ours", ours) | {"trials": len(ours)}
    if not comparison.peer:
        return columns | _judged(columns["ours_seconds"], comparison, at_least=False)
    peer = seconds[comparison.peer]
    columns |= _spread("peer", peer)
    inverted = comparison.ratio_of == FASTER
    pairs = zip(peer, ours, strict=True) if inverted else zip(ours, peer, strict=True)
    ratios = [above / below for above, below in pairs]
    ratio = columns["ours_seconds"] / columns["peer_seconds"]
    columns |= {"ratio": 1 / ratio if inverted else ratio}
    columns |= {"ratio_min": min(ratios), "ratio_max": max(ratios)}
    return columns | _judged(columns["ratio"], comparison, at_least=inverted)


def _spread(side: str, seconds: list[float]) -> dict[str, float]:
    return {
        f"{side}_seconds": median(seconds),
        f"{side}_min": min(seconds),
        f"{side}_max": max(seconds),
    }


def _judged(value: float, comparison: Comparison, *, at_least: bool) -> dict[str, str]:
    """The goal in words, and whether the value meets it; both empty without a goal."""
    if comparison.goal is None:
        return {"goal": "", "met": ""}
    met = value >= comparison.goal if at_least else value <= comparison.goal
    unit = "" if comparison.peer else " s"
    return {
        "goal": f"{'≥' if at_least else '≤'} {comparison.goal:g}{unit}",
        "met": "yes" if met else "no",
    }


LINE = "  {:<84} {:>9} {:>9} {:>9} {:>8} {}"
HEADER = LINE.format("ours | peer or floor", "ours", "peer", "ratio", "goal", "").rstrip()


def as_line(row: dict) -> str:
    """The row as a line of the table on the terminal; a goal that is not met is called so."""
    ratio = f"{row['ratio']:.3g} ×" if "ratio" in row else ""
    if "gigabytes" in row:
        ratio = f"{row['gigabytes']:.2f} GB"
    sides = " | ".join(filter(None, (row["ours"], row.get("peer"))))
    times = [as_time(row.get(f"{side}_seconds")) for side in ("ours", "peer")]
    met = {"yes": "met", "no": "NOT MET"}.get(row.get("met"), "")
    return LINE.format(f"{row['name']}: {sides}", *times, ratio, row["goal"], met).rstrip()


def as_time(seconds: float | None) -> str:
    """Three digits or so, in the unit that suits them; empty for None."""
    if seconds is None:
        return ""
    if seconds < 1e-3:
        return f"{1e6 * seconds:.0f} µs"
    if seconds < 1:
        return f"{1e3 * seconds:.1f} ms"
    return f"{seconds:.2f} s"
