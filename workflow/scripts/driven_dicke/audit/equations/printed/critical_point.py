"""Eqs. (C1), (C2)."""

from collections.abc import Iterator

import numpy as np
import sympy as sp

from driven_dicke.audit.equations import formula, spins
from driven_dicke.audit.equations.finding import Check, Gap
from driven_dicke.audit.equations.formula import evaluate, symbols
from driven_dicke.audit.equations.printed.spectrum import MIXTURE

EQUAL_PARTS = "rho_s = (rho_p + rho_m)/2"


def _equal_weights(equations: sp.Tuple) -> Iterator[Gap]:
    """(5) with a_+ = a_- and a_+ + a_- = 1."""
    (_, state), (total, one) = formula.equations(MIXTURE)
    a_p, a_m = symbols("a_p a_m")
    half = sp.solve([total - one, a_p - a_m], (a_p, a_m), dict=True)[0]
    yield sp.expand(equations[0][1] - state.subs(half))


def _equal_magnetisations(equations: sp.Tuple) -> Iterator[Gap]:
    """tr(S_z rho_s) by (C1), for two random states of 2 atoms."""
    rng, s_z = np.random.default_rng(5), spins.operators(2)["S_z"]
    states = {name: spins.random_state(rng, 4) for name in ("rho_p", "rho_m")}
    means = {name: np.trace(s_z @ state) / np.trace(state) for name, state in states.items()}
    states = {name: state / np.trace(state) for name, state in states.items()}
    ((_, equal_parts),) = formula.equations(EQUAL_PARTS)
    steady = evaluate(equal_parts, states)
    values = {"Sz_p": means["rho_p"], "Sz_m": means["rho_m"]}
    yield evaluate(equations[0][1], values) - np.trace(s_z @ steady)


def _units(equations: sp.Tuple) -> Iterator[Gap]:
    """<S_z> of a product state with inversion s_z per atom."""
    for n_atoms in (2, 3):
        state = spins.product_state((0.5, 0.25, -0.75), n_atoms)
        yield evaluate(equations[0][1], {"N": n_atoms, "s_z": -0.75}) - np.trace(
            spins.operators(n_atoms)["S_z"] @ state
        )


CHECKS = (
    Check(
        "C1",
        "App. C",
        "Steady state at the transition: (5) with equal weights.",
        EQUAL_PARTS,
        _equal_weights,
    ),
    Check(
        "C2",
        "App. C",
        "Magnetisation at the transition: the middle of both branches.",
        "Sz = (Sz_p + Sz_m)/2",
        _equal_magnetisations,
    ),
    Check(
        "inline after (C2)",
        "App. C and Sec. III B",
        "Mean-field value of <S_z> on a branch (the paper writes it out in Sec. III B only).",
        "Sz = N*s_z/2",
        _units,
    ),
)
