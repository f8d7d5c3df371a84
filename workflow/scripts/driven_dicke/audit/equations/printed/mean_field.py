"""Eqs. (B1) to (B5) and the formulas between them: the mean field, its fixed points and the bistable region."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
import sympy as sp

from driven_dicke.audit.equations import formula, spins
from driven_dicke.audit.equations.finding import Check, Gap, given, on_matrices
from driven_dicke.audit.equations.formula import evaluate, expression, symbol, symbols

FLOW = (
    "ds_x = -gamma/2*s_x + Gamma/2*s_z*s_x; ds_y = -gamma/2*s_y - 2*Omega*s_z + Gamma/2*s_z*s_y;"
    " ds_z = -gamma*(s_z + 1) + 2*Omega*s_y - Gamma/2*(s_x**2 + s_y**2)"
)
CUBIC = expression("(1 + s_z)*(gamma - s_z*Gamma)**2 + 8*s_z*Omega**2")
BLOCHS = ((0.5, 0.25, -0.75), (-0.25, 0.5, 0.125))


def drift_of_product_state(
    n_atoms: int, gamma_c: float, gamma_s: float, omega: float, bloch: Sequence[float]
) -> list[float]:
    """d<sigma_1^{x,y,z}>/dt of Eq. (1) in a product state with Bloch vector `bloch`, exact."""
    table = spins.operators(n_atoms)
    state = spins.product_state(bloch, n_atoms)
    rate = spins.lindblad(2 * omega * table["S_x"], spins.jumps(n_atoms, gamma_c, gamma_s), state)
    return [float(np.real(np.trace(table[f"sigma_{axis}"][0] @ rate))) for axis in "xyz"]


def _product_samples() -> Iterator[dict[str, Any]]:
    for n_atoms in (2, 3, 4):
        for bloch in BLOCHS:
            drift = dict(zip("xyz", drift_of_product_state(n_atoms, 9.0, 4.0, 3.0, bloch), strict=True))
            means = dict(zip(("s_x", "s_y", "s_z"), bloch, strict=True))
            rates = {"Omega": 3.0, "gamma": 13.0, "Gamma": (n_atoms - 1) * 9.0}
            yield rates | means | {f"ds_{axis}": value for axis, value in drift.items()}


def _factorisation_samples() -> Iterator[dict[str, Any]]:
    for bloch in BLOCHS:
        table, state = spins.operators(2), spins.product_state(bloch, 2)
        single = np.trace(table["sigma"][0] @ state)
        pair = np.trace(table["sigma_d"][0] @ table["sigma"][1] @ state)
        yield {"pair": pair, "s_mean": single, "s_conj": np.conj(single)}


@cache
def flow() -> tuple[sp.Expr, ...]:
    """Right-hand sides of (B2) for s_x, s_y, s_z."""
    return tuple(right for _, right in formula.equations(FLOW))


@cache
def steady_drive_squared() -> sp.Expr:
    """Omega^2 at which a given s_z is steady, from the flow with s_x = 0."""
    omega, s_x, s_y = symbols("Omega s_x s_y")
    transverse = sp.solve(flow()[1], s_y)[0]
    balance = sp.factor(flow()[2].subs({s_x: 0, s_y: transverse}))
    squared = sp.Symbol("squared", positive=True)
    return sp.solve(sp.numer(sp.together(balance)).subs(omega, sp.sqrt(squared)), squared)[0]


def _length_of_spin(equations: sp.Tuple) -> Iterator[Gap]:
    """|<S>|^2 of product states of 2 and 3 atoms."""
    ((_, right),) = equations
    for n_atoms in (2, 3):
        for bloch in BLOCHS:
            table, state = spins.operators(n_atoms), spins.product_state(bloch, n_atoms)
            squared = sum(np.trace(table[f"S_{axis}"] @ state) ** 2 for axis in "xyz")
            yield evaluate(right, dict(zip(("s_x", "s_y", "s_z"), bloch, strict=True)) | {"N": n_atoms}) - squared


def _change_of_length(equations: sp.Tuple) -> Iterator[Gap]:
    s, n_atoms = symbols("s_x s_y s_z"), symbol("N")
    rate = n_atoms**2 / 4 * sum(2 * a * b for a, b in zip(s, flow(), strict=True))
    yield from given({"dS2": rate})(equations)


def _collective_factorisation(equations: sp.Tuple) -> Iterator[Gap]:
    """Eq. (1) with gamma_s = 0 on S_-, S_z; then <A B> -> <A><B> for collective A, B and S_- = N s, S_z = N s_z / 2."""
    for values in spins.samples():
        collective = values["jumps"][:1]
        s_m, s_p, s_z = (values[name] for name in ("S_m", "S_p", "S_z"))
        rate, omega = values["gamma_c"], values["Omega"]
        yield spins.adjoint(values["hamiltonian"], collective, s_m) - (2j * omega * s_z + rate * s_z @ s_m)
        yield spins.adjoint(values["hamiltonian"], collective, s_z) - (1j * omega * (s_m - s_p) - rate * s_p @ s_m)
    n, rate, omega, s_x, s_y, s_z = symbols("N gamma_c Omega s_x s_y s_z")
    lowering = n * (s_x - sp.I * s_y) / 2
    d_lowering = 2 * sp.I * omega * n * s_z / 2 + rate * n * s_z / 2 * lowering
    d_inversion = sp.I * omega * (lowering - sp.conjugate(lowering)) - rate * sp.conjugate(lowering) * lowering
    printed = dict(zip(symbols("gamma Gamma"), (right for _, right in equations), strict=True))
    d_x, d_y, d_z = (side.xreplace(printed) for side in flow())
    yield sp.expand(d_x - sp.I * d_y - 2 * d_lowering / n)
    yield sp.expand(d_z - 2 * d_inversion / n)


def _dicke(equations: sp.Tuple) -> Iterator[Gap]:
    """Fixed point of the flow at gamma = 0, of unit length, with the stable (negative) inversion."""
    s_x, s_y, s_z, critical = (right for _, right in equations)
    at_zero = {symbol("gamma"): sp.Integer(0), symbol("Omega_c"): critical}
    state = {name: value.xreplace(at_zero) for name, value in zip(symbols("s_x s_y s_z"), (s_x, s_y, s_z), strict=True)}
    for side in flow():
        yield side.xreplace(state).xreplace(at_zero)
    s_x, s_y, s_z = state.values()
    yield s_x**2 + s_y**2 + s_z**2 - 1
    yield s_z + sp.sqrt(1 - s_y**2)


@cache
def edges() -> tuple[sp.Expr, sp.Expr]:
    """Omega / Omega_c of the two folds as functions of g = gamma / Gamma, from the discriminant of the cubic."""
    omega, gamma, big_gamma, g = symbols("Omega gamma Gamma g")
    squared = sp.Symbol("squared", positive=True)
    scaled = CUBIC.subs({omega: sp.sqrt(squared) * big_gamma / 4, gamma: g * big_gamma})
    discriminant = sp.discriminant(sp.expand(sp.cancel(scaled / big_gamma**2)), symbol("s_z"))
    quadratic = sp.Poly(sp.cancel(discriminant / squared), squared)
    second, first, zeroth = quadratic.all_coeffs()
    middle, spread = -first / (2 * second), sp.sqrt(sp.factor(first**2 - 4 * second * zeroth)) / (2 * abs(second))
    return sp.sqrt(sp.expand(middle) - spread), sp.sqrt(sp.expand(middle) + spread)


def _edges(equations: sp.Tuple) -> Iterator[Gap]:
    ratio = {symbol("g"): symbol("gamma") / symbol("Gamma")}
    for (_, right), edge in zip(equations, edges(), strict=True):
        yield right - edge.xreplace(ratio)


CHECKS = (
    Check(
        "B1",
        "App. B",
        "Pair averages factorise for different atoms (the mean-field assumption; exact in a product state).",
        "pair = s_conj*s_mean; pair = abs(s_mean)**2",
        on_matrices(_factorisation_samples),
        definition=True,
    ),
    Check("B2", "App. B", "Mean-field equations of motion.", FLOW, on_matrices(_product_samples)),
    Check(
        "inline before (B3), length",
        "App. B",
        "Squared mean spin; <S^2> of a product state is (N - 1)/N of it plus 3N/4, so this is its leading order.",
        "S2 = N**2*(s_x**2 + s_y**2 + s_z**2)/4",
        _length_of_spin,
        definition=True,
    ),
    Check(
        "B3",
        "App. B",
        "The squared mean spin is not conserved.",
        "dS2 = -gamma*N**2/2*(s_z**2 + s_z + (s_x**2 + s_y**2)/2)",
        _change_of_length,
    ),
    Check(
        "inline before (B4), parameters",
        "App. B",
        "Factorising collective products at gamma_s = 0 gives (B2) with these parameters.",
        "gamma = 0; Gamma = N*gamma_c",
        _collective_factorisation,
    ),
    Check(
        "B4",
        "App. B",
        "Stable Dicke mean field (gamma_s = 0) below the critical drive.",
        "s_x = 0; s_y = Omega/Omega_c; s_z = -sqrt(1 - Omega**2/Omega_c**2); Omega_c = Gamma/4",
        _dicke,
    ),
    Check(
        "B5",
        "App. B",
        "Edges of the bistable region, Omega / Omega_c.",
        "w_low = sqrt(1 + 20*gamma/Gamma - 8*gamma**2/Gamma**2 - sqrt((1 - 8*gamma/Gamma)**3))/2;"
        " w_high = sqrt(1 + 20*gamma/Gamma - 8*gamma**2/Gamma**2 + sqrt((1 - 8*gamma/Gamma)**3))/2",
        _edges,
    ),
)
