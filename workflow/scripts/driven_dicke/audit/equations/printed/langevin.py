"""Eqs. (A3), (A7), (A10) to (A13): off-axis modes, Langevin equations with ordered noise, quantum-jump form."""

from collections.abc import Callable, Iterator
from functools import partial, reduce
from typing import Any

import numpy as np
import sympy as sp

from driven_dicke.audit.equations import cavity, formula, spins
from driven_dicke.audit.equations.finding import Check, Gap
from driven_dicke.audit.equations.formula import evaluate
from driven_dicke.audit.equations.printed.model import MASTER_EQUATION
from driven_dicke.audit.equations.spins import Matrix

FREE_SPACE = "H_F = omega_k*a_d*a; H_SF = each_atom(conj(g_k)*a_d*sigma + g_k*sigma_d*a)"
SIDE_NOISE = "eta = I*g_k*a*exp(-I*(omega_k - omega_L)*t)"
ATOM = (
    "dsigma = I*delta*sigma + I*Delta*sigma_z*sum_sigma + gamma_c/2*sigma_z*sum_sigma + sigma_z*sum_D"
    " + I*Omega*sigma_z + "
)
LOWERING = "dsigma = -gamma_s/2*sigma + I*Omega*sigma_z + gamma_c/2*sigma_z*sum_sigma + sigma_z*(f + eta)"
INVERSION = "dsigma_z = -gamma_s*(1 + sigma_z) - 2*plus_hc(sigma_d*(f + eta + I*Omega + gamma_c/2*sum_sigma))"
JUMP_FORM = (
    "drho = -I*(H_eff*rho - rho*dagger(H_eff)) + each_jump(C*rho*dagger(C));"
    " H_eff = 2*Omega*S_x - I/2*each_jump(dagger(C)*C); C_c = sqrt(gamma_c)*S_m; C_s = sqrt(gamma_s)*sigma"
)


def _samples(*, general: bool) -> Iterator[tuple[dict[str, Any], Matrix, Matrix]]:
    """Values for a Langevin equation of the first atom; the Hamiltonian and the matrix of decay rates it stands for.

    The coherent part of the input field has amplitude f (cavity) and eta_n (side): it adds -i (f + eta_n) to Omega of
    atom n. With `general` there are detuning, collective shift and decay shared between atoms; else neither.
    """
    rng = np.random.default_rng(3)
    for n_atoms in (2, 3):
        table = spins.operators(n_atoms)
        gamma_c, gamma_s, omega = 4.0, 3.0, 2.0
        delta, shift = (1.5, -0.5) if general else (0.0, 0.0)
        shared = rng.integers(1, 4, (n_atoms, n_atoms)).astype(float) if general else np.zeros((n_atoms, n_atoms))
        side = shared + shared.T + gamma_s * np.eye(n_atoms)
        amplitude = complex(*rng.integers(-3, 4, 2))
        side_amplitudes = [complex(*rng.integers(-3, 4, 2)) for _ in range(n_atoms)]
        hamiltonian = shift * table["S_p"] @ table["S_m"]
        for n, (lowering, raising) in enumerate(zip(table["sigma"], table["sigma_d"], strict=True)):
            drive = (omega - 1j * (amplitude + side_amplitudes[n])) * raising
            hamiltonian = hamiltonian - delta * raising @ lowering + drive + drive.conj().T
        values = {**table, "gamma_c": gamma_c, "gamma_s": gamma_s, "Omega": omega, "delta": delta, "Delta": shift}
        values |= {"sum_sigma": table["S_m"], "f": amplitude, "eta": side_amplitudes[0]}
        values["sum_D"] = sum(rate / 2 * lowering for rate, lowering in zip(side[0], table["sigma"], strict=True))
        values["sources"] = {"f": gamma_c / 2 * table["S_m"], "eta": values["sum_D"]}
        yield values, hamiltonian, side + gamma_c


def _adjoint(hamiltonian: Matrix, rates: Matrix, observable: Matrix) -> Matrix:
    """i [H, O] + sum_nm gamma_nm (sigma_n^+ O sigma_m - {sigma_n^+ sigma_m, O} / 2) with decay rates gamma_nm."""
    lowering = spins.operators(len(rates))["sigma"]
    total = spins.adjoint(hamiltonian, [], observable)
    for n, m in np.ndindex(*rates.shape):
        pair = lowering[n].T @ lowering[m]
        total = total + rates[n, m] * (
            lowering[n].T @ observable @ lowering[m] - (pair @ observable + observable @ pair) / 2
        )
    return total


def _drift(printed: sp.Expr, values: dict[str, Any]) -> Matrix:
    """Mean of a Langevin right-hand side over vacuum noise on top of a coherent field.

    Noise on the right of everything vanishes in vacuum. Elsewhere it is moved there with [f, X] = -[source, X]: the
    whole field, f + gamma_c S_- / 2, commutes with every atomic operator X, and likewise for eta.
    """
    total = np.zeros_like(values["one"])
    for term in sp.Add.make_args(sp.expand(printed)):
        scalars, factors = term.args_cnc()
        weight = evaluate(sp.Mul(*scalars), values)
        if len(factors) == 1 and factors[0].func.__name__ == "plus_hc":
            inner = _drift(factors[0].args[0], values)
            total = total + weight * (inner + inner.conj().T)
            continue
        total = total + weight * _ordered(factors, values)
    return total


def _ordered(factors: list[sp.Expr], values: dict[str, Any]) -> Matrix:
    """Mean of one product of operators that contains noise at most once."""
    values_in_order = [evaluate(factor, values) for factor in factors]
    matrices = [value if isinstance(value, np.ndarray) else value * values["one"] for value in values_in_order]
    product = reduce(np.matmul, matrices, values["one"])
    noisy = [place for place, factor in enumerate(factors) if str(factor) in values["sources"]]
    if not noisy:
        return product
    place = noisy[0]
    left, right = (reduce(np.matmul, part, values["one"]) for part in (matrices[:place], matrices[place + 1 :]))
    source = values["sources"][str(factors[place])]
    return product - left @ (source @ right - right @ source)


def _drift_gaps(observable: str, *, general: bool) -> Callable[[sp.Tuple], Iterator[Gap]]:
    """Mean rate of change by the printed equation and by the generator, in vacuum and with a coherent input field."""

    def gaps(equations: sp.Tuple) -> Iterator[Gap]:
        for values, hamiltonian, rates in _samples(general=general):
            exact = _adjoint(hamiltonian, rates, values[observable][0])
            yield _drift(equations[0][1], values) - exact

    return gaps


def _free_space(equations: sp.Tuple) -> Iterator[Gap]:
    (_, free), (_, coupling) = equations
    ((_, noise),) = formula.equations(SIDE_NOISE)
    yield from cavity.noise_on_atoms(free, coupling, noise)


def _side_noise(equations: sp.Tuple) -> Iterator[Gap]:
    (_, free), (_, coupling) = formula.equations(FREE_SPACE)
    yield from cavity.noise_on_atoms(free, coupling, equations[0][1])


def _side_correlation(equations: sp.Tuple) -> Iterator[Gap]:
    """Products obey Leibniz only with the noise: G(sigma_n sigma_m^+) - G(sigma_n) sigma_m^+ - ... is its strength."""
    same, other = (evaluate(right, {"gamma_s": 9.0, "delta_t": 1.0}) for _, right in equations)
    table, still = spins.operators(2), np.zeros((4, 4))
    rate = partial(spins.adjoint, still, spins.jumps(2, 0.0, 9.0))
    for n, m in np.ndindex(2, 2):
        first, second = table["sigma"][n], table["sigma_d"][m]
        excess = rate(first @ second) - rate(first) @ second - first @ rate(second)
        yield excess - (same if n == m else other) * table["sigma_z"][n] @ table["sigma_z"][m]


def _jump_form(equations: sp.Tuple) -> Iterator[Gap]:
    (_, total), (_, effective), (_, collective), (_, individual) = equations
    ((_, master),) = formula.equations(MASTER_EQUATION)
    for values in spins.samples():
        n_atoms = values["N"]
        jumps = [evaluate(collective, values), *(evaluate(individual, {**values, "atom": n}) for n in range(n_atoms))]
        yield from (printed - jump for printed, jump in zip(jumps, values["jumps"], strict=True))
        known = {**values, "jumps": jumps}
        known["H_eff"] = evaluate(effective, known)
        yield evaluate(total, known) - evaluate(master, values)


def _resonant_atom(equations: sp.Tuple) -> Iterator[Gap]:
    """sigma^z D sigma of one atom is its decay at gamma_s / 2."""
    table = spins.operators(1)
    ((_, right),) = equations
    decay = spins.adjoint(np.zeros((2, 2)), spins.jumps(1, 0.0, 9.0), table["sigma"][0])
    yield evaluate(right, {"gamma_s": 9.0}) * table["sigma_z"][0] @ table["sigma"][0] - decay


CHECKS = (
    Check(
        "A3",
        "App. A",
        "One off-axis mode (hbar = 1): gives the noise (A10) on every atom.",
        FREE_SPACE,
        _free_space,
        definition=True,
    ),
    Check(
        "A7",
        "App. A",
        "Langevin equation of sigma_n: the noise must stand right of sigma_n^z, as the field it is part of does.",
        ATOM + "(f + eta)*sigma_z",
        _drift_gaps("sigma", general=True),
        corrected=ATOM + "sigma_z*(f + eta)",
    ),
    Check(
        "inline after (A9), D",
        "App. A",
        "Single-atom value of the dipole-dipole coupling.",
        "D_nn = gamma_s/2",
        _resonant_atom,
    ),
    Check("A10 noise", "App. A", "Noise of the off-axis modes, one mode.", SIDE_NOISE, _side_noise),
    Check(
        "A10 correlation",
        "App. A",
        "Strength of the off-axis noise: with the damping gamma_s / 2 it keeps the algebra of each atom.",
        "corr_nn = gamma_s*delta_t; corr_nm = 0",
        _side_correlation,
    ),
    Check("A11", "App. A", "Langevin equation of sigma_n on resonance.", LOWERING, _drift_gaps("sigma", general=False)),
    Check(
        "A12",
        "App. A",
        "Langevin equation of sigma_n^z on resonance.",
        INVERSION,
        _drift_gaps("sigma_z", general=False),
    ),
    Check("A13", "App. A", "Quantum-jump form of Eq. (1).", JUMP_FORM, _jump_form),
)
