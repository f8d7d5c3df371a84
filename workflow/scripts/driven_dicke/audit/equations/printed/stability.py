"""Eqs. (B11), (B12) and the formulas around them: stability of the mean-field branches."""

from collections.abc import Iterator
from functools import cache

import numpy as np
import sympy as sp

from driven_dicke.audit.equations.finding import Check, Gap, given
from driven_dicke.audit.equations.formula import symbol, symbols
from driven_dicke.audit.equations.printed.mean_field import flow

JACOBIAN = (
    "J_xx = -gamma/2 + Gamma/2*s_z; J_xy = 0; J_xz = Gamma/2*s_x;"
    " J_yx = 0; J_yy = -gamma/2 + Gamma/2*s_z; J_yz = -2*Omega + Gamma/2*s_y;"
    " J_zx = -Gamma*s_x; J_zy = 2*Omega - Gamma*s_y; J_zz = -gamma"
)
EIGENVALUES = (
    "l_2 = s_z*Gamma/2 - gamma*(1/2 + 8*Omega**2/(s_z**2*Gamma**2)); l_3 = -gamma*(1 - 8*Omega**2/(s_z**2*Gamma**2))"
)


def _jacobian(equations: sp.Tuple) -> Iterator[Gap]:
    derivatives = sp.Matrix(flow()).jacobian(sp.Matrix(symbols("s_x s_y s_z")))
    for (_, right), entry in zip(equations, derivatives, strict=True):
        yield sp.expand(right - entry)


@cache
def _linearised() -> tuple[sp.Expr, sp.Matrix]:
    """Jacobian at a steady state with inversion s_z: its s_x entry and the block of s_y and s_z."""
    s_x, s_y, s_z = symbols("s_x s_y s_z")
    matrix = sp.Matrix(flow()).jacobian(sp.Matrix((s_x, s_y, s_z)))
    matrix = matrix.subs({s_x: 0, s_y: sp.solve(flow()[1], s_y)[0]})
    return matrix[0, 0], matrix[1:, 1:]


def _upper_eigenvalues(equations: sp.Tuple) -> Iterator[Gap]:
    """Eigenvalues on branch (c), where s_x = s_y = s_z = 0 to leading order."""
    single, block = _linearised()
    pm = symbol("pm")
    (_, first), (_, pair) = equations
    block = block.subs(symbol("s_z"), 0)
    yield first - single.subs(symbol("s_z"), 0)
    yield sp.expand((block - pair * sp.eye(2)).det())  # for both signs
    yield pair.xreplace({pm: sp.Integer(1)}) + pair.xreplace({pm: sp.Integer(-1)}) - block.trace()


def _other_eigenvalues(equations: sp.Tuple) -> Iterator[Gap]:
    """l_2 and l_3 to first order in gamma: sum and product against trace and determinant of the exact block."""
    _, block = _linearised()
    gamma = symbol("gamma")
    (_, second), (_, third) = equations
    for difference in (second + third - block.trace(), second * third - block.det()):
        for order in (0, 1):
            yield sp.simplify(sp.diff(difference, gamma, order).subs(gamma, 0))
    yield third.subs(gamma, 0)


def _sign_of_slow_eigenvalue(equations: sp.Tuple) -> Iterator[Gap]:
    """Sign of the largest real part of the exact Jacobian's eigenvalues on (a), (b), (c), at Gamma / gamma = 1000."""
    big_gamma, gamma = 4.0, 0.004
    single, block = _linearised()
    for omega in (0.2, 0.4, 0.6):
        cubic = [
            big_gamma**2,
            big_gamma**2 - 2 * gamma * big_gamma,
            gamma**2 - 2 * gamma * big_gamma + 8 * omega**2,
            gamma**2,
        ]
        for (_, right), s_z in zip(equations, np.sort(np.roots(cubic).real), strict=True):
            values = {"Gamma": big_gamma, "gamma": gamma, "Omega": omega, "s_z": s_z}
            numbers = {symbol(name): value for name, value in values.items()}
            rates = np.linalg.eigvals(np.array(block.subs(numbers), dtype=float)).real
            yield complex(right) - np.sign(max(*rates, float(single.subs(numbers))))


CHECKS = (
    Check("B11", "App. B", "Jacobian of the mean-field equations, row by row.", JACOBIAN, _jacobian),
    Check(
        "inline after (B11), branch (c)",
        "App. B",
        "Eigenvalues on branch (c), the upper one.",
        "l_1 = -gamma/2; l_23 = -(3*gamma + pm*sqrt(gamma**2 - 64*Omega**2))/4",
        _upper_eigenvalues,
        either_sign=True,
    ),
    Check(
        "B12 l_1",
        "App. B",
        "First eigenvalue on branches (a) and (b).",
        "l_1 = -gamma/2 + s_z*Gamma",
        lambda equations: given({"l_1": _linearised()[0]})(equations),
        corrected="l_1 = -gamma/2 + s_z*Gamma/2",
    ),
    Check(
        "B12 l_2, l_3",
        "App. B",
        "Second and third eigenvalue on branches (a) and (b) to first order in gamma, with the branch's own s_z.",
        EIGENVALUES,
        _other_eigenvalues,
    ),
    Check(
        "inline after (B12), signs",
        "App. B",
        "Sign of the largest real part of the eigenvalues: negative on branches (a) and (c), positive on (b).",
        "sign_a = -1; sign_b = 1; sign_c = -1",
        _sign_of_slow_eigenvalue,
    ),
)
