"""The measurements say what Snakemake measured."""

from tests.report.texts import cells

from answerbook.report.measurements import job_variables, times_table

RULES = [
    {"name": "figures/relu_vs_tanh", "seconds": 1.0, "max_rss_mb": None},
    {"name": "train/baseline/seed0", "seconds": 155.25, "max_rss_mb": 900},
]


def test_jobs_come_longest_first_are_added_up_and_may_have_no_memory():
    rows, label, _ = cells(times_table(RULES))
    assert label == "tbl-times"
    assert rows[1:] == [
        ["train/baseline/seed0", "155.2\u202fs", "900\u202fMB"],
        ["figures/relu_vs_tanh", "1.0\u202fs", "–"],
        ["All, one after the other", "156.2\u202fs", ""],
    ]


def test_sentences_tell_how_long_the_jobs_took():
    assert job_variables({"rules": RULES, "seconds_at_work": 59.0}) == {
        "count": "2",
        "at_work": "59.0\u202fs",
        "sum": "2\u202fmin 36\u202fs",
    }
