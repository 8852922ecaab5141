"""The tables of the measurements say what was measured, and say so where nothing was."""

import pandas as pd
import pytest
from tests.report.texts import cells

from answerbook.report.content import measurements

RULES = [
    {"name": "figures/relu_vs_tanh", "seconds": 1.0, "max_rss_mb": None},
    {"name": "train/baseline/seed0", "seconds": 155.25, "max_rss_mb": 900},
]
BASELINE = "epoch: baseline against its products"
AUGMENT = "one batch: augment against torchvision (PIL)"
BENCHMARKS = pd.DataFrame(
    [
        ["epoch", "baseline", "its products", 1.62, 1.5, 1.08, "≤ 1.15", "yes", 5, ""],
        ["one batch", "augment", "torchvision", 0.00041, 0.0312, 76.1, "≥ 80", "no", 5, "PIL"],
        ["no-op", "snakemake", None, 1.93, None, None, "≤ 3 s", "yes", 5, None],
        ["whole book", None, None, None, None, None, None, None, None, "not measured: no book"],
    ],
    columns=[
        *("name", "ours", "peer", "ours_seconds", "peer_seconds"),
        *("ratio", "goal", "met", "trials", "note"),
    ],
)
GROWTH = pd.DataFrame(
    [["batch_size", 4096, 1.38, 1.22, 1.131]],
    columns=["axis", "value", "seconds", "floor_seconds", "ratio"],
)


def test_jobs_come_longest_first_are_added_up_and_may_have_no_memory():
    rows, label, _ = cells(measurements.times_table(RULES))
    assert label == "tbl-times"
    assert rows[1:] == [
        ["train/baseline/seed0", "155.2\u202fs", "900\u202fMB"],
        ["figures/relu_vs_tanh", "1.0\u202fs", "–"],
        ["All, one after the other", "156.2\u202fs", ""],
    ]


def test_sentences_tell_how_long_the_jobs_took():
    assert measurements.job_variables({"rules": RULES, "seconds_at_work": 59.0}) == {
        "count": "2",
        "at_work": "59.0\u202fs",
        "sum": "2\u202fmin 36\u202fs",
    }


def test_each_run_has_its_seconds_per_epoch():
    run = {"experiment": "baseline", "epoch": [1, 2, 3], "seconds": [4.0, 1.0, 1.5]}
    runs = [pd.DataFrame(run).assign(seed=seed) for seed in (2, 0)]
    rows, label, _ = cells(measurements.epochs_table(pd.concat(runs)))
    assert label == "tbl-epochs"
    seconds = ["1.50\u202fs", "1.00\u202fs", "4.00\u202fs"]
    assert rows[1:] == [["baseline", seed, "3", *seconds] for seed in ("2", "0")]


def test_each_claim_has_its_time_the_longest_first():
    times = pd.DataFrame({"id": ["q7b-a", "q8b-b_c"], "seconds": [0.25, 1.5]})
    rows, label, _ = cells(measurements.claim_times_table(times))
    assert label == "tbl-claim-times"
    assert rows[1:] == [
        ["`q8b-b_c`", "1.500\u202fs"],
        ["`q7b-a`", "0.250\u202fs"],
        ["All", "1.750\u202fs"],
    ]


def test_benchmarks_have_their_times_ratios_and_goals():
    rows, label, _ = cells(measurements.benchmarks_table(BENCHMARKS))
    assert label == "tbl-benchmarks"
    assert rows[1:] == [
        [BASELINE, "1.62\u202fs", "1.50\u202fs", "1.08", "≤ 1.15, met"],
        [AUGMENT, "0.41\u202fms", "31.2\u202fms", "76.1", "≥ 80, not met"],
        ["no-op: snakemake", "1.93\u202fs", "–", "–", "≤ 3 s, met"],
        ["whole book (not measured: no book)", "–", "–", "–", ""],
    ]


def test_threads_are_counted_where_they_are_known():
    known = BENCHMARKS.assign(threads=[2.0, 1.0, None, 21.0])
    rows = [row[0] for row in cells(measurements.benchmarks_table(known))[0][1:]]
    assert rows[0].endswith("(2 threads)")
    assert rows[1].endswith("(1 thread; PIL)")
    assert rows[2] == "no-op: snakemake"
    assert rows[3].endswith("(21 threads; not measured: no book)")
    rows = cells(measurements.benchmarks_table(BENCHMARKS.assign(threads=11.0)))[0]
    assert rows[1][0].endswith("(11 threads)")


def test_memory_is_told_in_gigabytes():
    known = BENCHMARKS.assign(gigabytes=[None, None, None, 1.2345])
    assert cells(measurements.benchmarks_table(known))[0][-1][1:3] == ["1.23\u202fGB", "–"]


def test_growth_has_a_figure_and_a_row_for_each_size():
    figure, _, table = measurements.growth_part(GROWTH).partition("\n\n")
    assert "figures/growth_of_an_epoch.svg" in figure
    rows, label, _ = cells(table)
    assert label == "tbl-growth"
    assert rows[1:] == [["batch size", "4,096", "1.38\u202fs", "1.22\u202fs", "1.13"]]


def test_planning_has_a_row_for_each_size_and_state():
    columns = ["runs", "state", "jobs", "seconds", "mb", "bare_seconds", "bare_mb", "bare_jobs"]
    planning = pd.DataFrame([[1000, "nothing there", 2003, 10.27, 244.1, 7.57, 223.3, 2001]])
    rows, label, _ = cells(measurements.planning_table(planning.set_axis(columns, axis=1)))
    assert label == "tbl-planning"
    ours, bare = ["10.3\u202fs", "244\u202fMB"], ["7.57\u202fs", "223\u202fMB"]
    assert rows[1:] == [["1,000", "nothing there", "2,003", *ours, *bare]]


@pytest.mark.parametrize(
    "part",
    [measurements.benchmarks_table, measurements.growth_part, measurements.planning_table],
)
def test_what_was_not_measured_is_a_sentence_that_says_how_to(part):
    assert part(None) == measurements.ABSENT
    assert "`make bench`" in measurements.ABSENT
