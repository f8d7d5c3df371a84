"""One quantum trajectory with the paper's jump operators: this library against QuTiP's mcsolve, in one run.

    python benchmarks/trajectories.py [LARGEST_N]

Seconds per unit of gamma_s t at 0.73 Omega_c from all atoms down, gamma_c = 10 gamma_s, one process, one thread.
mcsolve is given the same jump operators on 2^N states, its default integrator and one saved observable. Above the
largest N (default 12) only this library runs. Both draw their own random numbers, so the comparison is of cost, not of
one and the same path; the tests compare the distributions.
"""

import os
import sys
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parents[1] / "workflow/scripts"))

import numpy as np
import qutip

from driven_dicke import qutip_reference
from driven_dicke.model import Model
from driven_dicke.trajectories import atom_resolved, initial_states
from driven_dicke.trajectories.drive_schedule import DriveSchedule

DRIVE, SEED = 0.73, 1


def ours(n_atoms: int, stop: float) -> float:
    """Wall seconds per unit of time of this library's atom-resolved trajectory."""
    model = Model(n_atoms, 10.0)
    schedule = DriveSchedule((model.rabi_frequency(DRIVE),))
    times = np.linspace(0.0, stop, 101)
    start = time.perf_counter()
    atom_resolved.trajectory(model, schedule, initial_states.all_down(n_atoms), times, SEED)
    return (time.perf_counter() - start) / stop


def mcsolve(n_atoms: int, stop: float) -> float:
    """Wall seconds per unit of time of QuTiP's mcsolve."""
    model = Model(n_atoms, 10.0)
    hamiltonian = qutip_reference.hamiltonian(n_atoms, model.rabi_frequency(DRIVE))
    operators = qutip_reference.collapse_operators(n_atoms, model.gamma_c, model.gamma_s)
    lowering = qutip_reference.collective_lowering(n_atoms)
    down = qutip.tensor([qutip_reference.GROUND] * n_atoms)
    options = {"progress_bar": "", "map": "serial"}
    start = time.perf_counter()
    qutip.mcsolve(
        hamiltonian,
        down,
        np.linspace(0.0, stop, 11),
        operators,
        e_ops=[lowering.dag() * lowering],
        ntraj=1,
        seeds=SEED,
        options=options,
    )
    return (time.perf_counter() - start) / stop


def main() -> None:
    """Print the table."""
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    print("| N | this library, s per unit time | mcsolve, s per unit time | ratio |\n|---|---|---|---|")
    for n_atoms, stop in ((6, 20.0), (8, 20.0), (10, 5.0), (12, 2.0), (18, 10.0)):
        seconds = ours(n_atoms, max(stop, 10.0))
        if n_atoms <= largest:
            other = mcsolve(n_atoms, stop)
            print(f"| {n_atoms} | {seconds:.3g} | {other:.3g} | {other / seconds:.0f} |", flush=True)
        else:
            print(f"| {n_atoms} | {seconds:.3g} | not run | |", flush=True)


if __name__ == "__main__":
    main()
