"""Eqs. (4), (5), (9), (10) and the formulas of Secs. IV to VI: slow mode, mixture of two states, switching, CRSS."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np
import sympy as sp

from driven_dicke.audit.equations import spins
from driven_dicke.audit.equations.finding import Check, Gap
from driven_dicke.audit.equations.formula import evaluate, expression, symbol, symbols

LONG_TIMES = "rho_t = rho_s + c_1*rho_1*exp(-lambda_1*t)"
MIXTURE = "rho_s = a_p*rho_p + a_m*rho_m; a_p + a_m = 1"
OCCUPATIONS = "rho_t = p_p*rho_p + p_m*rho_m; p_p = a_p + c_1*exp(-lambda_1*t); p_m = a_m - c_1*exp(-lambda_1*t)"


@cache
def _slow_mode() -> dict[str, Any]:
    """Steady state and the slowest mode that S_z shows, its eigenvalue of L = -(generator) and its dual; 2 atoms."""
    table = spins.operators(2)
    hamiltonian, jumps = 2 * table["S_x"], spins.jumps(2, 4.0, 1.0)
    units = np.eye(16).reshape(16, 4, 4)
    generator = np.array([spins.lindblad(hamiltonian, jumps, unit).ravel() for unit in units]).T
    values, modes = np.linalg.eig(-generator)
    shown = [k for k in range(16) if abs(np.trace(table["S_z"] @ modes[:, k].reshape(4, 4))) > 1e-6]
    steady, first = sorted((k for k in shown if abs(values[k].imag) < 1e-9), key=lambda k: values[k].real)[:2]
    state, mode = (modes[:, k].reshape(4, 4) for k in (steady, first))
    scale = max(np.diag(mode), key=abs)  # makes the mode Hermitian
    return {
        "generator": generator,
        "rho_s": state / np.trace(state),
        "rho_1": mode / scale,
        "lambda_1": values[first].real,
        "dual": np.linalg.inv(modes)[first] * scale,
    }


def _long_times(equations: sp.Tuple) -> Iterator[Gap]:
    """The expression obeys d rho/dt = -L rho, has trace 1 and starts with the overlap c_1 with the slow mode."""
    ((_, printed),) = equations
    known = {**_slow_mode(), "c_1": 0.25}
    for time in (0.0, 0.5):
        rate = evaluate(sp.diff(printed, symbol("t")), {**known, "t": time})
        state = evaluate(printed, {**known, "t": time})
        yield rate.ravel() - known["generator"] @ state.ravel()
        yield np.trace(state) - 1
    yield known["dual"] @ evaluate(printed, {**known, "t": 0.0}).ravel() - known["c_1"]


def _relaxation_of_inversion(equations: sp.Tuple) -> Iterator[Gap]:
    """tr(S_z rho(t)) - tr(S_z rho_s) by (4), with amplitude c_1 tr(S_z rho_1)."""
    known, s_z = _slow_mode(), spins.operators(2)["S_z"]
    (_, printed) = equations[0]
    for time in (0.0, 0.5):
        values = {**known, "c_1": 0.25, "t": time}
        state = evaluate(expression(LONG_TIMES.split(" = ")[1]), values)
        exact = np.trace(s_z @ (state - known["rho_s"]))
        amplitude = 0.25 * np.trace(s_z @ known["rho_1"])
        yield evaluate(printed, {**values, "amplitude": amplitude}) - exact


@cache
def _orthogonal_pair() -> dict[str, Any]:
    """Two states with orthogonal supports in a rotated basis, and a mixture of them with weights 3/8 and 5/8."""
    rng = np.random.default_rng(4)
    basis, _ = np.linalg.qr(rng.normal(size=(5, 5)) + 1j * rng.normal(size=(5, 5)))
    plus, minus = (spins.random_state(rng, size) for size in (2, 3))
    plus = basis[:, :2] @ plus @ basis[:, :2].conj().T / np.trace(plus)
    minus = basis[:, 2:] @ minus @ basis[:, 2:].conj().T / np.trace(minus)
    weights = {"a_p": 0.375, "a_m": 0.625}
    return {**weights, "rho_p": plus, "rho_m": minus, "rho_s": 0.375 * plus + 0.625 * minus, "rho_1": plus - minus}


def _parts_of_mode(equations: sp.Tuple) -> Iterator[Gap]:
    """rho_+ and rho_- as the positive and the negative part of the traceless slow mode, each divided by its trace."""
    (_, difference), (_, trace_plus), (_, trace_minus) = equations
    mode = _slow_mode()["rho_1"]
    yield mode - mode.conj().T
    energies, vectors = np.linalg.eigh(mode)
    positive = (vectors * np.maximum(energies, 0)) @ vectors.conj().T
    scale = np.trace(positive)
    parts = {"rho_p": positive / scale, "rho_m": (positive - mode) / scale}
    yield evaluate(difference, parts) - mode / scale
    yield evaluate(trace_plus, parts) - np.trace(parts["rho_p"])
    yield evaluate(trace_minus, parts) - np.trace(parts["rho_m"])


def _weights(equations: sp.Tuple) -> Iterator[Gap]:
    """a_+ and a_- of a mixture of orthogonal states."""
    pair = _orthogonal_pair()
    for left, right in equations:
        yield evaluate(right, pair) - pair[left.name]


def _mixture(equations: sp.Tuple) -> Iterator[Gap]:
    """Any mixture of two orthogonal states is given by its projections on them, and they add up to its trace."""
    pair = _orthogonal_pair()
    known = {name: np.trace(pair["rho_s"] @ pair[f"rho_{name[-1]}"]) for name in ("a_p", "a_m")}
    known = {name: value / np.trace(pair[f"rho_{name[-1]}"] @ pair[f"rho_{name[-1]}"]) for name, value in known.items()}
    (_, state), (total, one) = equations
    yield evaluate(state, {**pair, **known}) - pair["rho_s"]
    yield evaluate(total, known) - evaluate(one, known)


def _occupations(equations: sp.Tuple) -> Iterator[Gap]:
    """(4) with (5) and rho_1 = rho_+ - rho_-, in terms of rho_+ and rho_-."""
    plain = {symbol(f"rho_{name}"): sp.Symbol(f"state_{name}") for name in "pm"}
    parts = {symbol("rho_s"): expression("a_p*rho_p + a_m*rho_m"), symbol("rho_1"): expression("rho_p - rho_m")}
    state = sp.expand(expression(LONG_TIMES.split(" = ")[1]).subs(parts)).subs(plain)
    (_, printed), (_, p_plus), (_, p_minus) = equations
    known = {symbol("p_p"): p_plus, symbol("p_m"): p_minus}
    yield sp.expand(printed.xreplace(known).subs(plain) - state)
    yield p_plus - sp.expand(state).coeff(sp.Symbol("state_p"))
    yield p_minus - sp.expand(state).coeff(sp.Symbol("state_m"))


def _rates(equations: sp.Tuple) -> Iterator[Gap]:
    """The rate equations with the printed rates, on the occupations (9) with a_+ + a_- = 1."""
    (_, d_plus), (_, d_minus), (_, rate_plus), (_, rate_minus) = equations
    occupations = dict(part.strip().split(" = ") for part in OCCUPATIONS.split(";")[1:])
    normalised = {symbol("a_m"): 1 - symbol("a_p")}
    known = {symbol(name): expression(text) for name, text in occupations.items()}
    known |= {symbol("G_p"): rate_plus, symbol("G_m"): rate_minus}
    for name, printed in (("p_p", d_plus), ("p_m", d_minus)):
        exact = sp.diff(known[symbol(name)], symbol("t"))
        yield sp.expand((printed.xreplace(known) - exact).xreplace(normalised))


def _steady_eigenvalue(critical: str) -> Callable[[sp.Tuple], Iterator[Gap]]:
    """S_- rho = alpha rho put into Eq. (1) with gamma_s = 0: the terms S_+ rho and rho, with Omega_c as given."""

    def gaps(equations: sp.Tuple) -> Iterator[Gap]:
        alpha = equations[0][1].subs(symbol("Omega_c"), expression(critical))
        omega, rate = symbols("Omega gamma_c")
        yield sp.expand(-sp.I * omega - rate * alpha / 2)
        yield sp.expand(-sp.I * omega * (alpha - sp.conjugate(alpha)) + rate * alpha * sp.conjugate(alpha))

    return gaps


CHECKS = (
    Check(
        "4", "Sec. IV", "Relaxation at long times by the slowest mode, with L = -(generator).", LONG_TIMES, _long_times
    ),
    Check(
        "inline after (4), fit",
        "Sec. IV",
        "Magnetisation at long times minus its steady value, amplitude from the slow mode.",
        "dSz = amplitude*exp(-lambda_1*t)",
        _relaxation_of_inversion,
    ),
    Check(
        "inline before (5), parts of rho_1",
        "Sec. IV",
        "The slow mode is traceless, so its two parts are states of trace 1 in one normalisation.",
        "rho_1 = rho_p - rho_m; trace_p = 1; trace_m = 1",
        _parts_of_mode,
    ),
    Check(
        "5",
        "Sec. IV",
        "Steady state as a mixture of two orthogonal states, checked for a closed gap (finite N is a claim).",
        MIXTURE,
        _mixture,
    ),
    Check(
        "inline after (5), weights",
        "Sec. IV",
        "Weights of two orthogonal states in their mixture (at finite N they depend on how copies of a spin count).",
        "a_p = trace(rho_s*rho_p)/trace(rho_p**2); a_m = trace(rho_s*rho_m)/trace(rho_m**2)",
        _weights,
    ),
    Check("9", "Sec. VI", "Occupations of the two states at long times.", OCCUPATIONS, _occupations),
    Check(
        "10",
        "Sec. VI",
        "Two-state rate equations and their switching rates.",
        "dp_p = -G_p*p_p + G_m*p_m; dp_m = -G_m*p_m + G_p*p_p; G_p = lambda_1*a_m; G_m = lambda_1*a_p",
        _rates,
    ),
    Check(
        "inline Sec. V, CRSS eigenvalue (Omega_c = N gamma_c / 4)",
        "Sec. V",
        "Eigenvalue of S_- in the steady state of purely collective decay, with the critical drive of that problem.",
        "alpha = (-I*N/2)*Omega/Omega_c",
        _steady_eigenvalue("N*gamma_c/4"),
    ),
    Check(
        "inline Sec. V, CRSS eigenvalue (Omega_c of Eq. (3))",
        "Sec. V",
        "Eigenvalue of S_- with the critical drive that the paper defines and plots against: off by N/(N - 1).",
        "alpha = (-I*N/2)*Omega/Omega_c",
        _steady_eigenvalue("(N - 1)*gamma_c/4"),
        corrected="alpha = -2*I*Omega/gamma_c",
    ),
)
