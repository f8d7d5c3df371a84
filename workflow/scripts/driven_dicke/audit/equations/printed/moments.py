"""Eqs. (F11), (F12): noise strengths and stationary moments of the collective mode.

Names as in `fluctuations`: n = <a^+ a>, m2 = <a^2> and k = <a a^+> of the collective mode, s = |s| = 2 j / N.
"""

from collections.abc import Iterator
from functools import cache

import numpy as np
import sympy as sp

from driven_dicke.audit.equations import formula
from driven_dicke.audit.equations.finding import Check, Gap, given
from driven_dicke.audit.equations.formula import symbol, symbols
from driven_dicke.audit.equations.printed.fluctuations import drift_matrix
from driven_dicke.model.parameters import Model

MOMENTS = (
    "(gamma + Gamma)*s/4*(1/(-Gamma*s*cos(theta) + gamma*(1 + sin(theta)**2))"
    " + 2*cos(theta)/(-Gamma*s*cos(theta) + gamma*(1 + sin(theta)**2/2))"
    " + cos(theta)**2/(-Gamma*s*cos(theta) + gamma))"
)
ANOMALOUS = (
    "(gamma + Gamma)*s/4*(cos(theta)**2/(-Gamma*s*cos(theta) + gamma)"
    " - 1/(-Gamma*s*cos(theta) + gamma*(sin(theta)**2 + 1)))"
)


@cache
def stationary_moments() -> dict[str, sp.Expr]:
    """n = <a^+ a>, m2 = <a^2>, k = <a a^+> of (F7) with noise strength Gamma + gamma, from closed linear equations.

    With da = A a + B a^+ + alpha xi + beta xi^+ and <xi xi^+> = D delta:  dn = 2 A n + 2 B m2 + beta^2 D,
    dm2 = 2 A m2 + B (n + k) + alpha beta D,  dk = 2 A k + 2 B m2 + alpha^2 D.
    """
    n, m2, k = symbols("n m2 k")
    same, cross, alpha, beta, strength = names = sp.symbols("A B alpha beta strength")
    rates = (
        2 * same * n + 2 * cross * m2 + beta**2 * strength,
        2 * same * m2 + cross * (n + k) + alpha * beta * strength,
        2 * same * k + 2 * cross * m2 + alpha**2 * strength,
    )
    (solution,) = sp.solve(rates, (n, m2, k), dict=True)
    values = [c.xreplace({symbol("j"): symbol("N") * symbol("s") / 2}) for c in drift_matrix()]
    known = dict(zip(names, [*values, symbol("Gamma") + symbol("gamma")], strict=True))
    return {str(name): value.xreplace(known) for name, value in solution.items()}


def _moments(equations: sp.Tuple) -> Iterator[Gap]:
    yield from given(stationary_moments())(equations)


def _commutator(equations: sp.Tuple) -> Iterator[Gap]:
    moments = stationary_moments()
    yield from given({"commutator_a": moments["k"] - moments["n"]})(equations)


def _commutator_in_limit(equations: sp.Tuple) -> Iterator[Gap]:
    for gap in _commutator(equations):
        yield gap.xreplace({symbol("gamma"): sp.Integer(0)})


def _sizes_in_use() -> str:
    """Commutator and both variances where the paper uses them: lower branch, N = 18, gamma_c = 10 gamma_s, w = 0.73."""
    model, drive = Model(18, 10.0, 1.0), 0.73
    g = model.single_atom_rate / model.collective_rate
    s_z = np.min(np.roots([1, 1 - 2 * g, g**2 - 2 * g + drive**2 / 2, g**2]).real)
    length = np.hypot(s_z, drive * s_z / (s_z - g))
    values = {"s": length, "theta": np.arccos(s_z / length), "Gamma": 1.0, "gamma": g}
    n, m2, k = (formula.evaluate(stationary_moments()[name], values).real for name in ("n", "m2", "k"))
    direct = n + k - 2 * abs(m2)
    return (
        f"at N = 18, gamma_c = 10 gamma_s, w = 0.73 it is {k - n:.3f}; there xi2 is {1 + 2 * n - 2 * abs(m2):.3f} "
        f"by (F10), {direct:.3f} by the smallest variance itself and {direct / length:.3f} by that divided by |s|"
    )


def _noise_strengths(equations: sp.Tuple) -> Iterator[Gap]:
    """<F F^+> with F = sqrt(N) f and <eta eta^+> with eta = sum_n eta_n / sqrt(N), eta_n independent."""
    n_atoms, delta = symbols("N delta_t")
    common, single = symbols("gamma_c gamma_s")
    reference = {"corr_F": sp.sqrt(n_atoms) ** 2 * common * delta, "corr_eta": n_atoms * single * delta / n_atoms}
    yield from given(reference)(equations)


CHECKS = (
    Check(
        "inline after (F3), commutator",
        "App. F 1",
        "[a, a^+] = 1, which (7) and (F10) use, in the stationary solution (F8): it holds for gamma -> 0 only.",
        "commutator_a = 1",
        _commutator,
        detail=_sizes_in_use,
    ),
    Check(
        "inline after (F3), commutator for gamma -> 0",
        "App. F 1",
        "[a, a^+] = 1 in the stationary solution (F8) for gamma -> 0.",
        "commutator_a = 1",
        _commutator_in_limit,
    ),
    Check("F11a", "App. F 2", "Stationary <a^+ a>.", f"n = {MOMENTS}", _moments),
    Check("F11b", "App. F 2", "Stationary <a^2>.", f"m2 = {ANOMALOUS}", _moments),
    Check("F12a", "App. F 2", "Strength of the collective noise.", "corr_F = N*gamma_c*delta_t", _noise_strengths),
    Check(
        "F12b", "App. F 2", "Strength of the summed individual noise.", "corr_eta = gamma_s*delta_t", _noise_strengths
    ),
)
