"""What a measurement depends on beside the code: processor, threads, versions."""

import os
import platform
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from driven_dicke import __version__

PACKAGES = ("numpy", "scipy", "qutip", "snakemake")


def processor() -> str:
    """The processor's own name, where the system tells it."""
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def environment() -> dict[str, Any]:
    """Processor, memory, threads and versions, by name."""
    blas = np.__config__.CONFIG["Build Dependencies"]["blas"]
    return {
        "processor": processor(),
        "cores": os.cpu_count(),
        "memory_gigabytes": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": f"{platform.system()} on {platform.machine()}",
        "threads": 1,
        "python": platform.python_version(),
        "driven_dicke": __version__,
        **{package: metadata.version(package) for package in PACKAGES},
        "blas": f"{blas['name']} {blas['version']}",
    }
