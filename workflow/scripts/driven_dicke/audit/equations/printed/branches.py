"""Eqs. (B6) to (B10) and the formulas between them: perturbation theory of the branches in gamma / Gamma."""

from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
import sympy as sp

from driven_dicke.audit.equations.finding import Check, Gap
from driven_dicke.audit.equations.formula import evaluate, expression, symbol, symbols
from driven_dicke.audit.equations.printed.mean_field import CUBIC

ROOT = "sqrt(Omega_c**2 - 2*Omega**2)"
SECOND_ORDER = (
    f"pm*({ROOT} - pm*Omega_c)/(Omega_c*(pm*{ROOT} + Omega_c) - 2*Omega**2)"
    f"*(Gamma**2*(Omega_c*(pm*{ROOT} + Omega_c) - Omega**2) + 16*Omega**2*Omega_c**2 - 8*Omega_c**4)"
    "/(128*Omega_c**3*(Omega_c**2 - 2*Omega**2))"
)


@cache
def order_by_order() -> list[sp.Expr]:
    """Coefficients of gamma^0 ... gamma^2 in the cubic, s_z = s_0 + s_1 gamma + s_2 gamma^2 and Gamma = 4 Omega_c."""
    gamma = symbol("gamma")
    series = expression("s_0 + s_1*gamma + s_2*gamma**2")
    expanded = sp.Poly(CUBIC.subs({symbol("s_z"): series, symbol("Gamma"): 4 * symbol("Omega_c")}), gamma)
    return [expanded.coeff_monomial(gamma**k) for k in range(3)]


@cache
def coefficients() -> tuple[sp.Expr, sp.Expr, sp.Expr]:
    """s_0, s_1, s_2 of branch (a) for pm = +1 and of branch (b) for pm = -1, from the orders one after the other."""
    s_0, s_1, s_2 = symbols("s_0 s_1 s_2")
    zeroth, first, second = order_by_order()
    roots = sp.solve(zeroth, s_0)
    point = {symbol("Omega"): 0.3, symbol("Omega_c"): 1.0}
    lower, middle = sorted((root for root in roots if root != 0), key=lambda root: float(root.subs(point)))
    start = (lower + middle) / 2 + symbol("pm") * (lower - middle) / 2
    s_first = sp.solve(first, s_1)[0]
    s_second = sp.solve(second, s_2)[0].subs(s_1, s_first)
    return start, s_first.subs(s_0, start), s_second.subs(s_0, start)


def _upper_branch(k: int) -> sp.Expr:
    """s_k of branch (c), where s_0 = s_1 = 0."""
    known = dict.fromkeys(symbols("s_0 s_1 s_2")[:k], sp.Integer(0))
    return sp.solve(order_by_order()[k].subs(known), symbols("s_0 s_1 s_2")[k])[0]


def _order(k: int) -> Callable[[sp.Tuple], Iterator[Gap]]:
    """The printed equation is the k-th order of the cubic."""

    def gaps(equations: sp.Tuple) -> Iterator[Gap]:
        ((left, right),) = equations
        printed = (left - right).xreplace({symbol("Gamma"): 4 * symbol("Omega_c")})
        yield sp.expand(printed - order_by_order()[k])

    return gaps


def _correction(k: int) -> Callable[[sp.Tuple], Iterator[Gap]]:
    """The k-th coefficient, named s_ab on branches (a) and (b), s_c on branch (c)."""

    def gaps(equations: sp.Tuple) -> Iterator[Gap]:
        for left, right in equations:
            known = {symbol("s_ab"): coefficients()[k]} if left == symbol("s_ab") else {left: _upper_branch(k)}
            gap = (left - right).xreplace(known).xreplace({symbol("Gamma"): 4 * symbol("Omega_c")})
            # Omega in terms of r = sqrt(1 - 2 Omega^2 / Omega_c^2) makes every square root rational.
            yield gap.subs(symbol("Omega"), symbol("Omega_c") * sp.sqrt((1 - symbol("r") ** 2) / 2))

    return gaps


def _error_exponent() -> str:
    """How the error of the series scales with gamma, from exact roots on branch (a) at Omega = 0.3 Omega_c."""
    errors = []
    for gamma in (0.01, 0.02):
        values = {"Omega": 0.3 + 0j, "Omega_c": 1.0 + 0j, "pm": 1}
        series = sum(evaluate(value, values).real * gamma**k for k, value in enumerate(coefficients()))
        root = np.min(np.roots([16.0, 16.0 - 8 * gamma, gamma**2 - 8 * gamma + 8 * 0.09, gamma**2]).real)
        errors.append(abs(series - root))
    exponent = np.log2(errors[1] / errors[0])
    return f"the error of the series with this coefficient scales as gamma^{exponent:.2f} against the exact root"


def _taylor(equations: sp.Tuple) -> Iterator[Gap]:
    """The coefficients are those of the Taylor series, and nothing else is kept."""
    gamma = symbol("gamma")
    ((_, right),) = equations
    for k, coefficient in enumerate((*symbols("s_0 s_1 s_2"), sp.Integer(0))):
        yield sp.diff(right, gamma, k).subs(gamma, 0) / sp.factorial(k) - coefficient


def _largest_drive(equations: sp.Tuple) -> Iterator[Gap]:
    """Drive at which branches (a) and (b) meet and become complex."""
    ((_, right),) = equations
    meeting = sp.numer(sp.together(coefficients()[0].coeff(symbol("pm")) ** 2))
    yield sp.expand(meeting.subs(symbol("Omega"), right))
    yield right - abs(right)


def _divergence(equations: sp.Tuple) -> Iterator[Gap]:
    """1 / s_2 of each branch for Omega -> 0: the equation says on which branches s_2 diverges (1 yes, 0 no)."""
    values = {"Omega": 1e-7 + 0j, "Omega_c": 1.0 + 0j}
    second = {"a": evaluate(coefficients()[2], {**values, "pm": 1}), "c": evaluate(_upper_branch(2), values)}
    for left, right in equations:
        yield complex(right) - float(abs(second[left.name[-1]]) > 1e6)


CHECKS = (
    Check(
        "B6",
        "App. B",
        "Expansion of s_z in gamma, up to and including second order.",
        "s_z = s_0 + s_1*gamma + s_2*gamma**2",
        _taylor,
        definition=True,
    ),
    Check(
        "B7",
        "App. B",
        "Order gamma^0 of the cubic: Omega_c^2 is missing in the second term.",
        "8*s_0*Omega**2 + 16*s_0**2 + 16*s_0**3*Omega_c**2 = 0",
        _order(0),
        corrected="8*s_0*Omega**2 + 16*s_0**2*Omega_c**2 + 16*s_0**3*Omega_c**2 = 0",
    ),
    Check(
        "inline after (B7)",
        "App. B",
        "Largest drive at which branches (a) and (b) are real: the factor sqrt 2 divides.",
        "Omega_max = sqrt(2)*Omega_c",
        _largest_drive,
        corrected="Omega_max = Omega_c/sqrt(2)",
    ),
    Check(
        "B8",
        "App. B",
        "Order gamma^1 of the cubic.",
        "-2*s_0*Gamma - 2*s_0**2*Gamma + 8*s_1*Omega**2 + 32*s_0*s_1*Omega_c**2 + 48*s_0**2*s_1*Omega_c**2 = 0",
        _order(1),
    ),
    Check(
        "B9",
        "App. B",
        "First-order coefficients; upper sign branch (a), lower sign branch (b).",
        "s_c = 0; s_ab = Gamma/(16*Omega_c**2)*(1 - pm*sqrt(1/(1 - 2*Omega**2/Omega_c**2)))",
        _correction(1),
    ),
    Check(
        "B10a",
        "App. B",
        "Second-order coefficient; upper sign branch (a), lower sign branch (b): the overall sign is reversed.",
        f"s_ab = {SECOND_ORDER}",
        _correction(2),
        corrected=f"s_ab = -({SECOND_ORDER})",
        detail=_error_exponent,
    ),
    Check("B10b", "App. B", "Second-order coefficient of branch (c).", "s_c = -1/(8*Omega**2)", _correction(2)),
    Check(
        "inline after (B10b), branch (c)",
        "App. B",
        "The second-order coefficient of branch (c) diverges for small drives.",
        "diverges_c = 1",
        _divergence,
    ),
    Check(
        "inline after (B10b), branch (a)",
        "App. B",
        "The sentence is repeated for branch (a), whose second-order coefficient stays finite.",
        "diverges_a = 1",
        _divergence,
        corrected="diverges_a = 0",
    ),
)
