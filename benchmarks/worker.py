"""One measurement in the process that runs it: `python -m benchmarks.worker TOPIC SOLVER N REPEATS SECONDS GIGABYTES`.

Prints one line of JSON. An exception is a result like any other: it is recorded, with the time it took.
"""

import json
import re
import resource
import sys
import time
import warnings
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.solver import Solver
from benchmarks.topics import find

WARM_UP = 0.5  # seconds: a first run quicker than this is not counted, so that caches and lazy imports are not
PHASES = ("set_up", "solve", "validation")


def peak_megabytes() -> float:
    """Largest resident memory of this process so far."""
    status = Path("/proc/self/status")
    if status.exists():  # Linux; ru_maxrss would contain what the parent held when it started this process
        return int(re.search(r"VmHWM:\s+(\d+) kB", status.read_text()).group(1)) / 1024  # type: ignore[union-attr]
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def limit_memory(gigabytes: float) -> None:
    """Let allocations beyond `gigabytes` of address space fail, rather than the machine."""
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (int(gigabytes * 2**30), resource.getrlimit(resource.RLIMIT_AS)[1]))


@contextmanager
def clocked(solver: Solver) -> Iterator[defaultdict[str, float]]:
    """Seconds spent, by phase, in the calls that `solver.inside` names."""
    seconds: defaultdict[str, float] = defaultdict(float)

    def clock(phase: str, original: Any) -> Any:
        def timed(*arguments: Any, **keywords: Any) -> Any:
            start = time.perf_counter()
            try:
                return original(*arguments, **keywords)
            finally:
                seconds[phase] += time.perf_counter() - start

        return timed

    originals = [(owner, name, getattr(owner, name)) for calls in solver.inside.values() for owner, name in calls]
    phases = [phase for phase, calls in solver.inside.items() for _ in calls]
    for (owner, name, original), phase in zip(originals, phases, strict=True):
        setattr(owner, name, clock(phase, original))
    try:
        yield seconds
    finally:
        for owner, name, original in originals:
            setattr(owner, name, original)


def run_once(solver: Solver, n_atoms: int, run: int) -> tuple[dict[str, float], Any, float | None]:
    """Seconds of each phase, the result, and its relative residual."""
    ticks = [time.perf_counter()]
    problem = solver.set_up(n_atoms, run)
    ticks.append(time.perf_counter())
    with clocked(solver) as inside:
        result = solver.solve(problem)
    ticks.append(time.perf_counter())
    residual = solver.check(problem, result)
    ticks.append(time.perf_counter())
    seconds = {phase: ticks[i + 1] - ticks[i] + inside[phase] for i, phase in enumerate(PHASES)}
    seconds["solve"] -= sum(inside.values())
    return seconds, result, residual


def measure(solver: Solver, n_atoms: int, repeats: int, budget: float) -> dict[str, Any]:
    """The record of one solver at one size.

    Args:
        solver: what to measure.
        n_atoms: number of atoms.
        repeats: runs that count.
        budget: seconds after which no further run is started; the first one always counts if it was slow.
    """
    record: dict[str, Any] = {
        "topic": solver.topic,
        "solver": solver.name,
        "n_atoms": n_atoms,
        "unknowns": solver.unknowns(n_atoms),
        "amount": solver.amount(n_atoms),
    }
    before, start = peak_megabytes(), time.perf_counter()
    runs: list[dict[str, float]] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            seconds, result, residual = run_once(solver, n_atoms, 0)
            if repeats == 1 or sum(seconds.values()) > WARM_UP:
                runs.append(seconds)
            while len(runs) < repeats and (not runs or time.perf_counter() - start < budget):
                seconds, result, residual = run_once(solver, n_atoms, len(runs))
                runs.append(seconds)
            record["peak_megabytes"] = peak_megabytes()
            record["residual"] = residual
            record |= {name: float(value) for name, value in solver.compare(n_atoms, result).items()}
            record["outcome"] = "solved"
        except Exception as error:  # whatever an alternative raises is what the benchmark is to tell
            text = " ".join(str(error).split())
            record |= {
                "outcome": "raised",
                "error": f"{type(error).__name__}: {text[:200]}" if text else type(error).__name__,
            }
            record["seconds_until_error"] = time.perf_counter() - start
            record["peak_megabytes"] = peak_megabytes()
    record["megabytes_before"] = before
    record |= {phase: [run[phase] for run in runs] for phase in PHASES}
    record["warnings"] = sorted({f"{w.category.__name__}: {str(w.message).splitlines()[0][:100]}" for w in caught})
    return record


def main() -> None:
    """Measure what the command line names."""
    topic, name, n_atoms, repeats, budget, gigabytes = sys.argv[1:]
    limit_memory(float(gigabytes))
    print("\n" + json.dumps(measure(find(topic, name), int(n_atoms), int(repeats), float(budget))), flush=True)


if __name__ == "__main__":
    main()
