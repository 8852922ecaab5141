import os
import platform
from importlib import metadata

import pytest

from answerbook.provenance import at_work, hardware, origin, record, times, versions

BENCHMARK = "s\th:m:s\tmax_rss\tmax_vms\n{seconds}\t0:00:01\t{memory}\t10\n"


def benchmark(path, seconds, memory):
    path.write_text(BENCHMARK.format(seconds=seconds, memory=memory))
    return path


def test_versions_are_those_installed():
    assert versions(["numpy"]) == {
        "python": platform.python_version(),
        "numpy": metadata.version("numpy"),
    }


def test_hardware_names_the_machine():
    machine = hardware()
    assert machine["cores"] >= 1
    assert machine["memory_gib"] >= 1
    assert machine["processor"]


def test_a_job_has_its_seconds_and_its_memory(tmp_path):
    path = benchmark(tmp_path / "job.tsv", 12.34, 567.8)
    assert times("job", path) == {"name": "job", "seconds": 12.3, "max_rss_mb": 568}


def test_a_job_too_short_to_be_measured_has_no_memory(tmp_path):
    path = benchmark(tmp_path / "job.tsv", 0.04, "-")
    assert times("job", path) == {"name": "job", "seconds": 0.0, "max_rss_mb": None}


def ended(path, seconds, at):
    benchmark(path, seconds, 1)
    os.utime(path, (at, at))
    return path


def test_jobs_side_by_side_count_once_and_the_time_between_calls_does_not(tmp_path):
    jobs = {"first": (10, 110), "within": (3, 108), "across": (6, 114), "next_day": (2, 90_000)}
    paths = [ended(tmp_path / name, *job) for name, job in jobs.items()]
    assert at_work(paths) == pytest.approx(14 + 2)  # 100 to 114, and 2 of the next day
    assert at_work([]) == 0


def made_from(config):
    return origin(commit="", config=config, data={"synthetic": True}, packages=["numpy"])


def test_the_origin_does_not_tell_where_the_results_lie():
    first, second = (
        made_from({"device": "cpu", "pathvars": {"results": folder}}) for folder in ("a", "b")
    )
    assert first == second
    assert first["config"] == {"device": "cpu"}
    assert first["commit"].startswith("unknown")
    assert first["data"] == {"synthetic": True}


def test_the_record_leaves_out_jobs_without_a_measurement(tmp_path):
    benchmarks = {
        "here": benchmark(tmp_path / "here.tsv", 1, 2),
        "gone": tmp_path / "gone.tsv",
    }
    provenance = record(
        made_from({"device": "cpu"}),
        places={"results": "elsewhere"},
        runs={name: {"device": "cuda", "name": "GPU"} for name in "ab"},
        benchmarks=benchmarks,
    )
    assert [rule["name"] for rule in provenance["rules"]] == ["here"]
    assert provenance["hardware"]["training"] == ["cuda (GPU)"]
    assert provenance["config"] == {"device": "cpu", "pathvars": {"results": "elsewhere"}}
    assert provenance["commit"].startswith("unknown")
    assert provenance["seconds_at_work"] == 1
