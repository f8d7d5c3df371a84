"""Eqs. (F1) to (F5): the rotated frame and bosons around the mean spin.

Names: sx, sy, sz are components in the lab frame, low, low_d, inv are sigma, sigma^+, sigma^z of an atom; a 1 behind
them marks the primed frame, a d before them a rate of change. The mean spin has length s = |s| per atom and j = N s / 2
in all; a1, a1_d are the boson of one atom and its conjugate. All equations are linear in operators: plain symbols do.
"""

from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
import sympy as sp

from driven_dicke.audit.equations import formula, spins
from driven_dicke.audit.equations.finding import Check, Gap, given
from driven_dicke.audit.equations.formula import evaluate, symbol, symbols

ROTATION = "sx1 = sx; sy1 = cos(theta)*sy - sin(theta)*sz; sz1 = sin(theta)*sy + cos(theta)*sz"
TO_PRIMED = (
    "low1 = cos(theta/2)**2*low + sin(theta/2)**2*low_d + I/2*sin(theta)*inv;"
    " low1_d = sin(theta/2)**2*low + cos(theta/2)**2*low_d - I/2*sin(theta)*inv;"
    " inv1 = I*sin(theta)*low - I*sin(theta)*low_d + cos(theta)*inv"
)
TO_LAB = (
    "low = cos(theta/2)**2*low1 + sin(theta/2)**2*low1_d - I/2*sin(theta)*inv1;"
    " low_d = sin(theta/2)**2*low1 + cos(theta/2)**2*low1_d + I/2*sin(theta)*inv1;"
    " inv = -I*sin(theta)*low1 + I*sin(theta)*low1_d + cos(theta)*inv1"
)


def _rotation(equations: sp.Tuple) -> Iterator[Gap]:
    """A rotation (R R^T = 1, det = 1) about x that takes the mean spin (0, s sin theta, s cos theta) to (0, 0, s)."""
    lab = symbols("sx sy sz")
    matrix = sp.Matrix([right for _, right in equations]).jacobian(sp.Matrix(lab))
    theta = symbol("theta")
    yield from matrix * matrix.T - sp.eye(3)
    yield matrix.det() - 1
    yield from matrix * sp.Matrix([1, 0, 0]) - sp.Matrix([1, 0, 0])
    yield from matrix * sp.Matrix([0, sp.sin(theta), sp.cos(theta)]) - sp.Matrix([0, 0, 1])


def _components(lowering: str, raising: str, inversion: str) -> list[sp.Expr]:
    """x, y, z components of an atom from its sigma, sigma^+, sigma^z."""
    low, high, z = symbols(f"{lowering} {raising} {inversion}")
    return [low + high, sp.I * (low - high), z]


def _ladder(x: sp.Expr, y: sp.Expr, z: sp.Expr) -> list[sp.Expr]:
    return [(x - sp.I * y) / 2, (x + sp.I * y) / 2, z]


@cache
def rotated_ladder(*, to_primed: bool) -> list[sp.Expr]:
    """sigma', sigma'^+, sigma'^z in terms of the lab ones by (F1), or the inverse (angle -theta)."""
    names = ("low", "low_d", "inv") if to_primed else ("low1", "low1_d", "inv1")
    known = dict(zip(symbols("sx sy sz"), _components(*names), strict=True))
    theta = symbol("theta")
    turned = [right.subs(theta, theta if to_primed else -theta) for _, right in formula.equations(ROTATION)]
    return [sp.expand(value) for value in _ladder(*(side.xreplace(known) for side in turned))]


def _to_primed(equations: sp.Tuple) -> Iterator[Gap]:
    names = ("low1", "low1_d", "inv1")
    yield from given(dict(zip(names, rotated_ladder(to_primed=True), strict=True)))(equations)


def _to_lab(equations: sp.Tuple) -> Iterator[Gap]:
    yield from given(dict(zip(("low", "low_d", "inv"), rotated_ladder(to_primed=False), strict=True)))(equations)


def _holstein_primakoff(equations: sp.Tuple) -> Iterator[Gap]:
    """Exact elements of S_+, S_-, S_z in the first states below |j, m = j>, relative to their size, for j = 1e14."""
    j, levels = 1e14, np.arange(4.0)
    boson = np.diag(np.sqrt(levels[1:]), 1).astype(complex)
    raising = np.diag(np.sqrt(levels[1:] * (2 * j - levels[1:] + 1)), 1)
    exact = {"S1_p": raising, "S1_m": raising.T, "S1_z": np.diag(j - levels)}
    for name, right in equations:
        value = evaluate(right, {"b": boson, "b_d": boson.T, "j": j})
        value = value if isinstance(value, np.ndarray) else value * np.eye(4)
        yield (value - exact[name.name]) / np.abs(exact[name.name]).max()


def _order_of_correction(*, relative: bool) -> Callable[[sp.Tuple], Iterator[Gap]]:
    """Powers of j in S_+ - sqrt(2j) b and S_z - j, from exact elements at j = 1e4 and 1e6 two states below m = j."""

    def gaps(equations: sp.Tuple) -> Iterator[Gap]:
        ladder, inversion = [], []
        for j in (1e4, 1e6):
            kept = np.sqrt(2 * j) * np.sqrt(2)
            ladder.append((kept - np.sqrt(2 * (2 * j - 1))) / (kept if relative else 1))
            inversion.append((j - (j - 2)) / (j if relative else 1))
        for (_, right), (small, large) in zip(equations, (ladder, inversion), strict=True):
            yield complex(right) - np.log(large / small) / np.log(100)

    return gaps


def _commutator(left: sp.Expr, right: sp.Expr) -> sp.Expr:
    """[left, right] of expressions linear in a1, a1_d with [a1, a1_d] = 1."""
    a, a_d = symbols("a1 a1_d")
    return sp.expand(left.coeff(a) * right.coeff(a_d) - left.coeff(a_d) * right.coeff(a))


def _atomic_bosons(equations: sp.Tuple) -> Iterator[Gap]:
    """[sigma'^+, sigma'] = sigma'^z = 2 j / N (F4a), both linear in the bosons and each other's conjugate."""
    (_, lowering), (_, raising) = equations
    a, a_d = symbols("a1 a1_d")
    yield _commutator(raising, lowering) - 2 * symbol("j") / symbol("N")
    yield raising - lowering.xreplace({a: a_d, a_d: a})


def _local_inversion(equations: sp.Tuple) -> Iterator[Gap]:
    """N sigma'^z / 2 is the collective S'_z = j."""
    yield symbol("N") * equations[0][1] / 2 - symbol("j")


def _spin_commutator(equations: sp.Tuple) -> Iterator[Gap]:
    table = spins.operators(1)
    yield evaluate(equations[0][1], table) - (
        table["sigma_d"][0] @ table["sigma"][0] - table["sigma"][0] @ table["sigma_d"][0]
    )


def _second_row(equations: sp.Tuple) -> Iterator[Gap]:
    rates = dict(zip(symbols("low low_d inv"), symbols("dlow dlow_d dinv"), strict=True))
    yield from given({"dlow1_d": rotated_ladder(to_primed=True)[1].xreplace(rates)})(equations)


CHECKS = (
    Check("F1", "App. F 1", "Rotation about x that puts z' along the mean spin.", ROTATION, _rotation),
    Check(
        "F2 to the primed frame",
        "App. F 1",
        "Rotation of one atom's operators into the primed frame.",
        TO_PRIMED,
        _to_primed,
    ),
    Check(
        "F2 to the lab frame", "App. F 1", "Rotation of one atom's operators back to the lab frame.", TO_LAB, _to_lab
    ),
    Check(
        "F3a",
        "App. F 1",
        "Raising operator near the state m = +j: it removes a boson, so b and b^+ are exchanged.",
        "S1_p = sqrt(2*j)*b_d",
        _holstein_primakoff,
        corrected="S1_p = sqrt(2*j)*b",
    ),
    Check(
        "F3b",
        "App. F 1",
        "Lowering operator near the state m = +j: it creates a boson, so b and b^+ are exchanged.",
        "S1_m = sqrt(2*j)*b",
        _holstein_primakoff,
        corrected="S1_m = sqrt(2*j)*b_d",
    ),
    Check("F3c", "App. F 1", "S'_z to leading order.", "S1_z = j", _holstein_primakoff),
    Check(
        "F3 correction terms (absolute)",
        "App. F 1",
        "Powers of j in the terms neglected in S'_+ (and S'_-) and in S'_z.",
        "order_ladder = -1; order_z = -1",
        _order_of_correction(relative=False),
        corrected="order_ladder = -1/2; order_z = 0",
        tolerance=1e-3,
    ),
    Check(
        "F3 correction terms (relative)",
        "App. F 1",
        "Powers of j in the terms neglected in S'_+ (and S'_-) and in S'_z, relative to the terms kept.",
        "order_ladder = -1; order_z = -1",
        _order_of_correction(relative=True),
        tolerance=1e-3,
    ),
    Check(
        "F4a",
        "App. F 1",
        "Inversion of one atom in the primed frame.",
        "inv1 = 2*j/N",
        _local_inversion,
        definition=True,
    ),
    Check(
        "inline before (F4b)",
        "App. F 1",
        "Commutator of one atom's raising and lowering operator.",
        "commutator_value = sigma_z",
        _spin_commutator,
    ),
    Check(
        "F4b",
        "App. F 1",
        "Bosons of one atom.",
        "low1 = sqrt(2*j/N)*a1_d; low1_d = sqrt(2*j/N)*a1",
        _atomic_bosons,
    ),
    Check(
        "F5",
        "App. F 1",
        "Rate of change of sigma'^+.",
        "dlow1_d = sin(theta/2)**2*dlow + cos(theta/2)**2*dlow_d - I/2*sin(theta)*dinv",
        _second_row,
    ),
)
