"""What the runner needs to know of one way to solve one problem."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Phase = str  # "set_up" or "validation"


def one(n_atoms: int) -> float:
    """The amount of work of a problem that is solved once."""
    return 1.0


def no_check(problem: Any, result: Any) -> None:
    """The validation of a solver that offers none, or has it inside."""


@dataclass(frozen=True)
class Solver:
    """One way to solve one problem at several numbers of atoms.

    Args:
        topic: the problem: "steady_state", "spectrum" or "trajectories".
        name: its name in the record.
        label: its name in tables.
        ours: True for this library.
        sizes: numbers of atoms that can be asked for, rising.
        cap: the largest of them that is measured by default.
        set_up: (n_atoms, run) -> problem; `run` counts the repetitions and serves as seed.
        solve: problem -> result.
        compare: (n_atoms, result) -> numbers by name, not timed: "deviation" from the reference and "value".
        tolerance: deviation up to which the result counts as right; None where there is nothing to compare.
        unknowns: numbers that the method solves for or evolves.
        check: (problem, result) -> relative residual or None; timed as validation.
        inside: calls within `solve` that belong to another phase, as (owner, name of the attribute).
        amount: what the times are divided by: simulated time of all trajectories; 1 elsewhere.
        growth: "power" for t ~ N^p, "exponential" for t ~ b^N, None to fit nothing.
        fit_from: smallest number of atoms in the fit.
    """

    topic: str
    name: str
    label: str
    ours: bool
    sizes: tuple[int, ...]
    cap: int
    set_up: Callable[[int, int], Any]
    solve: Callable[[Any], Any]
    compare: Callable[[int, Any], Mapping[str, float]]
    tolerance: float | None
    unknowns: Callable[[int], int]
    check: Callable[[Any, Any], float | None] = no_check
    inside: Mapping[Phase, Sequence[tuple[Any, str]]] = field(default_factory=dict)
    amount: Callable[[int], float] = one
    growth: str | None = None
    fit_from: int = 0
