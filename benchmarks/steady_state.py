"""How long a steady state takes: closed form, sparse solve, PIQS and the full master equation, side by side in one run.

    python benchmarks/steady_state.py

Prints median and spread over several runs, and how far each alternative is from the closed form. Nothing is asserted.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parents[1] / "workflow/scripts"))

import numpy as np

from driven_dicke import absorber, qutip_reference, stationary
from driven_dicke.model import Model

DRIVE = 0.6


def measured(work: Callable[[], object], runs: int = 5) -> tuple[list[float], object]:
    """Wall seconds of `runs` runs after one that is not counted, and the result."""
    result = work()
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return seconds, result


def report(label: str, seconds: list[float], deviation: float | None = None) -> None:
    """One line of the table."""
    difference = "" if deviation is None else f"{deviation:.1e}"
    median, low, high = statistics.median(seconds), min(seconds), max(seconds)
    print(f"| {label} | {1e3 * median:.3g} ms | {1e3 * low:.3g} … {1e3 * high:.3g} ms | {difference} |", flush=True)


def main() -> None:
    """Run every comparison."""
    print("| steady state at 0.6 Omega_c, gamma_c = 10 gamma_s | median | spread | deviation |\n|---|---|---|---|")
    for n_atoms in (18, 64, 1000, 1_000_000):
        model = Model(n_atoms, 10.0)
        work = lambda model=model: absorber.steady_state_moments(model, model.rabi_frequency(DRIVE))  # noqa: E731
        report(f"closed form, observables, N = {n_atoms}", measured(work)[0])
    for n_atoms, alternatives in ((6, ("full", "piqs", "sparse")), (18, ("piqs", "sparse")), (64, ("sparse",))):
        model = Model(n_atoms, 10.0)
        rabi_frequency = model.rabi_frequency(DRIVE)
        seconds, exact = measured(lambda m=model, r=rabi_frequency: absorber.density_blocks(m, r))
        report(f"closed form, density matrix, N = {n_atoms}", seconds)
        solvers = {
            "sparse": lambda m=model, r=rabi_frequency: stationary.steady_state(m, r).blocks,
            "piqs": lambda m=model, r=rabi_frequency: qutip_reference.piqs_steady_state(m, r)[0],
            "full": lambda m=model, r=rabi_frequency: qutip_reference.full_steady_state(m, r)[0],
        }
        for name in alternatives:
            seconds, blocks = measured(solvers[name], runs=3)
            reference, other = ([qutip_reference.embed(exact)], [blocks]) if name == "full" else (exact, blocks)
            deviation = max(np.abs(a - b).max() for a, b in zip(reference, other, strict=True))
            report(f"{name}, density matrix, N = {n_atoms}", seconds, deviation)


if __name__ == "__main__":
    main()
