"""The machine that computes: what its processor calls itself, and what else it has."""

import os
import platform
import re
from pathlib import Path

import psutil


def processor() -> str:
    """The processor's own name, e.g. "AMD EPYC 9V74 80-Core Processor"; else its architecture."""
    cpuinfo = Path("/proc/cpuinfo")  # has the name, where there is such a file
    text = cpuinfo.read_text(encoding="utf-8") if cpuinfo.exists() else ""
    named = re.search(r"model name\s*: (.*)", text)
    return named[1] if named else platform.processor() or platform.machine()


def hardware() -> dict[str, str | int]:
    """System, processor, cores, memory in GiB."""
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "processor": processor(),
        "cores": os.cpu_count() or 1,
        "memory_gib": round(psutil.virtual_memory().total / 2**30),
    }
