"""Eqs. (G1), (G2): mean numbers of recorded jumps."""

from collections.abc import Callable, Iterator

import numpy as np
import sympy as sp

from driven_dicke.audit.equations import spins
from driven_dicke.audit.equations.finding import Check, Gap
from driven_dicke.audit.equations.formula import evaluate


def _counts(*, collective: bool) -> Callable[[sp.Tuple], Iterator[Gap]]:
    """tr(C^+ C rho) dt summed over the jump operators of one port, in random states of 2 and 3 atoms."""

    def gaps(equations: sp.Tuple) -> Iterator[Gap]:
        for values in spins.samples():
            state = values["rho"] / np.trace(values["rho"])
            jumps = values["jumps"][:1] if collective else values["jumps"][1:]
            rate = sum(np.trace(jump.conj().T @ jump @ state) for jump in jumps)
            means = {"Sz": np.trace(values["S_z"] @ state), "SpSm": np.trace(values["S_p"] @ values["S_m"] @ state)}
            yield evaluate(equations[0][1], {**values, **means, "dt": 0.25}) - rate * 0.25

    return gaps


CHECKS = (
    Check(
        "G1", "App. G", "Individual jumps in a time dt.", "counts = (N/2 + Sz)*gamma_s*dt", _counts(collective=False)
    ),
    Check("G2", "App. G", "Collective jumps in a time dt.", "counts = SpSm*gamma_c*dt", _counts(collective=True)),
)
