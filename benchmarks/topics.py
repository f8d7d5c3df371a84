"""Every solver of every topic."""

from benchmarks import spectrum, steady_state, trajectories
from benchmarks.solver import Solver

SOLVERS: dict[str, tuple[Solver, ...]] = {
    "steady_state": steady_state.SOLVERS,
    "spectrum": spectrum.SOLVERS,
    "trajectories": trajectories.SOLVERS,
}


def find(topic: str, name: str) -> Solver:
    """The solver of this name.

    Raises:
        KeyError: there is none.
    """
    for solver in SOLVERS[topic]:
        if solver.name == name:
            return solver
    raise KeyError(f"topic {topic} has no solver {name!r}; there are {', '.join(s.name for s in SOLVERS[topic])}")
