"""What made a book is written down, and from where each part of it is known."""

import platform
from importlib import metadata

from answerbook import machine
from answerbook.reproduction.provenance import measurements, origin, trained_on

RUNS = [
    {"device": "cuda", "name": "GPU", "versions": {"torch": "2.15.0", "numpy": "2.4.6"}},
    {"device": "cuda", "name": "GPU", "versions": {"torch": "2.15.0", "numpy": "2.5.0"}},
]


def made_from(**config):
    packages = {"pyyaml": "0", "torch": "0", "elsewhere": "1.2"}
    return origin(config=config, data={"synthetic": True}, packages=packages, runs=RUNS)


def test_the_origin_does_not_tell_where_the_results_lie():
    first, second = (made_from(device="cpu", pathvars={"results": at}) for at in ("a", "b"))
    assert first == second
    assert first == {
        "config": {"device": "cpu"},
        "data": {"synthetic": True},
        "versions": first["versions"],
    }


def test_versions_are_those_that_trained_else_those_installed_else_those_pinned():
    assert made_from()["versions"] == {
        "python": platform.python_version(),
        "pyyaml": metadata.version("pyyaml"),
        "torch": "2.15.0",
        "elsewhere": "1.2",
        "numpy": "2.4.6, 2.5.0",
    }


def test_hardware_names_the_machine_and_an_unknown_processor_by_its_architecture(monkeypatch):
    found = machine.hardware()
    assert found["cores"] >= 1
    assert found["memory_gib"] >= 1
    cpuinfo = "flags\t\t: fpu\nmodel name\t: AMD EPYC 9V74 80-Core Processor\nstepping\t: 1\n"
    monkeypatch.setattr(machine.Path, "exists", lambda path: True)
    monkeypatch.setattr(machine.Path, "read_text", lambda path, encoding: cpuinfo)
    assert machine.hardware()["processor"] == "AMD EPYC 9V74 80-Core Processor"
    monkeypatch.setattr(machine.Path, "exists", lambda path: False)
    monkeypatch.setattr(machine.platform, "processor", lambda: "")
    monkeypatch.setattr(machine.platform, "machine", lambda: "riscv64")
    assert machine.processor() == "riscv64"


def test_what_trained_the_runs_is_told():
    assert trained_on(RUNS) == ["cuda (GPU)"]


def test_jobs_come_longest_first_and_may_have_no_memory(tmp_path):
    jobs = {
        "figures/short": (0.04, "-"),
        "train/long": (12.34, "567.8"),
        "render_report/pdf": (9, 9),
    }
    for name, (seconds, memory) in jobs.items():
        path = tmp_path / f"{name}.tsv"
        path.parent.mkdir()
        path.write_text(f"s\th:m:s\tmax_rss\tmax_vms\n{seconds}\t0:00:01\t{memory}\t10\n")
    table = measurements(tmp_path).to_csv(index=False)
    assert table == "job,seconds,max_rss_mb\ntrain/long,12.3,568\nfigures/short,0.0,\n"
