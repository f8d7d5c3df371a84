"""One measurement in a fresh process: its limits, and what becomes of it if it does not end by itself."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

from benchmarks import PROJECT
from benchmarks.solver import Solver


@dataclass(frozen=True)
class Limits:
    """Of one measurement.

    Args:
        repeats: runs that count.
        seconds: time after which no further run is started.
        time_limit: time after which the process is killed, s.
        memory_limit: address space that the process may have, GB (where the system knows such a limit).
    """

    repeats: int
    seconds: float
    time_limit: float
    memory_limit: float


def launch(solver: Solver, n_atoms: int, limits: Limits) -> dict[str, Any]:
    """The record of one solver at one size, whatever happens to it.

    "outcome" is "solved", "raised" (an exception) or "stopped" (time, memory, or a signal).
    """
    arguments = [solver.topic, solver.name, n_atoms, limits.repeats, limits.seconds, limits.memory_limit]
    start = time.perf_counter()
    try:
        finished = subprocess.run(
            [sys.executable, "-m", "benchmarks.worker", *map(str, arguments)],
            cwd=PROJECT,
            env=os.environ | {"PYTHONPATH": str(PROJECT)},
            capture_output=True,
            text=True,
            timeout=limits.time_limit,
        )
        code, output, errors = finished.returncode, finished.stdout, finished.stderr
    except subprocess.TimeoutExpired:
        return _stopped(solver, n_atoms, start, f"no answer within {limits.time_limit:g} s")
    if code < 0:
        return _stopped(solver, n_atoms, start, f"killed by {signal.Signals(-code).name}")
    if code > 0:
        return _stopped(solver, n_atoms, start, f"ended with {code}: {' '.join(errors.split())[-200:]}")
    record: dict[str, Any] = json.loads(output.splitlines()[-1])
    if record["outcome"] == "raised" and record["error"].startswith("MemoryError"):
        return _stopped(solver, n_atoms, start, f"needs more than {limits.memory_limit:g} GB")
    return record


def _stopped(solver: Solver, n_atoms: int, start: float, error: str) -> dict[str, Any]:
    return {
        "topic": solver.topic,
        "solver": solver.name,
        "n_atoms": n_atoms,
        "unknowns": solver.unknowns(n_atoms),
        "outcome": "stopped",
        "error": error,
        "seconds_until_error": time.perf_counter() - start,
    }
