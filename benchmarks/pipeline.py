"""The whole pipeline, from nothing, in a private copy of the project: wall time against cores, and the same bytes."""

import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import PROJECT

TOPIC = "pipeline"
PARTS = ("Snakefile", "config", "envs", "workflow")


def copy(folder: Path) -> None:
    """Everything that a build needs, and nothing that one has made."""
    for part in PARTS:
        source = PROJECT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, folder / part)


def build(folder: Path, target: str, cores: int, options: Sequence[str] = ()) -> dict[str, Any]:
    """Run Snakemake in `folder` and measure it.

    Args:
        folder: a copy of the project.
        target: what to build, such as "all"; jobs that an earlier target has run are not counted again.
        cores: for `--cores`.
        options: further arguments of Snakemake.
    """
    command = [sys.executable, "-m", "snakemake", target, "--cores", str(cores), "--quiet", "host", *options]
    before, finished_before = set(_jobs(folder)), checksum(folder) is not None
    start = time.perf_counter()
    finished = subprocess.run(command, cwd=folder, env=_environment(), capture_output=True, text=True)
    seconds = time.perf_counter() - start
    # `n_atoms` is the place of the cores, so that every measurement of the record has the same key.
    record: dict[str, Any] = {"topic": TOPIC, "solver": target, "n_atoms": cores, "seconds": seconds}
    if finished.returncode:
        last = ["", *(finished.stdout + finished.stderr).strip().splitlines()][-1]
        return record | {"outcome": "raised", "error": f"Snakemake ended with {finished.returncode}: {last[:200]}"}
    jobs = [_job(path) for path in set(_jobs(folder)) - before]
    return record | {
        "outcome": "solved",
        "jobs": len(jobs),
        "job_seconds": sum(job[0] for job in jobs),
        "peak_megabytes": max((job[1] for job in jobs), default=0.0),
        "checksum": None if finished_before else checksum(folder),
    }


def checksum(folder: Path) -> str | None:
    """One checksum of all tables and figures that the manifest of a build lists; None where there is no manifest."""
    manifests = sorted(folder.glob("**/results/manifest.json"))
    if not manifests:
        return None
    files = json.loads(manifests[0].read_text())["files"]
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:16]


def _jobs(folder: Path) -> list[Path]:
    """Snakemake's benchmark file of every job that has run."""
    return sorted(folder.glob("**/logs/benchmarks/**/*.tsv"))


def _job(path: Path) -> tuple[float, float]:
    """Wall seconds and peak megabytes of one job; Snakemake writes NA for what ended before it could look."""
    with path.open() as file:
        row = next(csv.DictReader(file, delimiter="\t"))
    return float(row["s"]), float(row["max_rss"]) if row["max_rss"] not in ("NA", "-") else 0.0


def _environment() -> dict[str, str]:
    """This process's environment, in which the copy's own code is imported."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
