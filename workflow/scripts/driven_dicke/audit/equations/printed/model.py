"""Eqs. (1) to (3) and the formulas beside them: master equation, cubic, limit and region of bistability."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import sympy as sp

from driven_dicke.audit.equations import formula, spins
from driven_dicke.audit.equations.finding import Check, Gap, given, on_matrices
from driven_dicke.audit.equations.formula import evaluate, symbol, symbols
from driven_dicke.audit.equations.printed.mean_field import CUBIC, drift_of_product_state, edges, steady_drive_squared

RATES = "gamma = gamma_s + gamma_c; Gamma = (N - 1)*gamma_c"
MASTER_EQUATION = (
    "drho = -I*commutator(2*Omega*S_x, rho) + gamma_c/2*(2*S_m*rho*S_p - rho*S_p*S_m - S_p*S_m*rho)"
    " + gamma_s/2*each_atom(2*sigma*rho*sigma_d - rho*sigma_d*sigma - sigma_d*sigma*rho)"
)


def _generator_samples() -> Iterator[dict[str, Any]]:
    for values in spins.samples():
        drho = spins.lindblad(values["hamiltonian"], values["jumps"], values["rho"])
        yield {**values, "drho": drho}


def _parameters(equations: sp.Tuple) -> Iterator[Gap]:
    """Decay and gain of <sigma_n> in product states of 2, 3 and 4 atoms against gamma and Gamma as printed."""
    gamma, big_gamma = (right for _, right in equations)
    for n_atoms in (2, 3, 4):
        rates = {"N": n_atoms, "gamma_c": 9.0, "gamma_s": 4.0}
        bloch = (0.5, 0.25, -0.5)
        rate, gain = (evaluate(right, rates) for right in (gamma, big_gamma))
        drift = drift_of_product_state(n_atoms, rates["gamma_c"], rates["gamma_s"], 0.0, bloch)
        yield drift[0] - (-rate / 2 + gain / 2 * bloch[2]) * bloch[0]


def _rate_ratio(equations: sp.Tuple) -> Iterator[Gap]:
    (_, gamma), (_, big_gamma) = formula.equations(RATES)
    yield from given({"ratio": big_gamma / gamma})(equations)


def _solves_cubic(equations: sp.Tuple) -> Iterator[Gap]:
    """Omega^2 of a steady state with given s_z, from the flow, put into the printed cubic."""
    ((left, right),) = equations
    yield sp.expand(left - right).xreplace({symbol("Omega") ** 2: steady_drive_squared()})


def _zeroth_order(equations: sp.Tuple) -> Iterator[Gap]:
    """Roots of the cubic at gamma = 0: which they are (sum, product) and that the upper sign is the lower one."""
    gamma, big_gamma, omega_c, pm = symbols("gamma Gamma Omega_c pm")
    (_, pair), (_, third), (_, critical) = equations
    cubic = sp.Poly(CUBIC.xreplace({gamma: sp.Integer(0)}), symbol("s_z"))
    leading, *_ = cubic.all_coeffs()
    upper, lower = (pair.xreplace({pm: sp.Integer(sign)}) for sign in (1, -1))
    roots = {omega_c: critical}
    coefficients = [coefficient / leading for coefficient in cubic.all_coeffs()]
    yield (upper + lower + third + coefficients[1]).xreplace(roots)
    yield (upper * lower + (upper + lower) * third - coefficients[2]).xreplace(roots)
    yield (upper * lower * third + coefficients[3]).xreplace(roots)
    yield (lower - upper - sp.sqrt(coefficients[1] ** 2 - 4 * coefficients[2])).xreplace(roots)
    yield critical - big_gamma / 4


def _region(equations: sp.Tuple) -> Iterator[Gap]:
    """Edges of the bistable region at gamma / Gamma = 0."""
    low, high = (edge.xreplace({symbol("g"): sp.Integer(0)}) for edge in edges())
    yield from given({"w_low": low, "w_high": high})(equations)


def _threshold(equations: sp.Tuple) -> Iterator[Gap]:
    """Both edges meet at the threshold; 10 % above it there are three steady states between them, 10 % below it one."""
    ((_, right),) = equations
    ratio = right / symbol("gamma")
    low, high = edges()
    yield (high - low).xreplace({symbol("g"): 1 / ratio})
    for scale, expected in ((1.1, 3), (0.9, 1)):
        g = 1 / (float(ratio) * scale)
        drive = float(sp.re(((low + high) / 2).evalf(subs={symbol("g"): g})))
        roots = np.roots([1, 1 - 2 * g, g**2 - 2 * g + drive**2 / 2, g**2])
        yield float(np.sum(abs(roots.imag) < 1e-9) - expected)


CHECKS = (
    Check(
        "1",
        "Sec. II",
        "Master equation: Lindblad form with H = 2 Omega S_x and jumps sqrt(gamma_c) S_-, sqrt(gamma_s) sigma_n.",
        MASTER_EQUATION,
        on_matrices(_generator_samples),
    ),
    Check(
        "2",
        "Sec. III A",
        "Cubic equation of the mean-field steady states.",
        "(1 + s_z)*(gamma - s_z*Gamma)**2 + 8*s_z*Omega**2 = 0",
        _solves_cubic,
    ),
    Check(
        "2 parameters",
        "Sec. III A",
        "Single-atom and collective mean-field rates.",
        RATES,
        _parameters,
    ),
    Check(
        "caption of Fig. 1, Gamma / gamma",
        "caption of Fig. 1",
        "Ratio of the mean-field rates, which decides about bistability.",
        "ratio = gamma_c*(N - 1)/(gamma_c + gamma_s)",
        _rate_ratio,
        detail=lambda: f"at N = 18, gamma_c = 10 gamma_s (Sec. III A) it is {10 * 17 / 11:.2f}, above 8",
    ),
    Check(
        "inline after (2), threshold",
        "Sec. III A",
        "Bistability needs Gamma above this multiple of gamma.",
        "Gamma = 8*gamma",
        _threshold,
    ),
    Check(
        "3",
        "Sec. III A",
        "Zeroth-order branches for Gamma >> gamma; upper sign lower branch (a), lower sign middle branch (b).",
        "s_ab = -1/2 - pm/2*sqrt(1 - 2*Omega**2/Omega_c**2); s_c = 0; Omega_c = Gamma/4",
        _zeroth_order,
    ),
    Check(
        "inline after (3), region",
        "Sec. III A",
        "Bistable drives in the limit Gamma >> gamma, in units of Omega_c.",
        "w_low = 0; w_high = 1/sqrt(2)",
        _region,
    ),
)
