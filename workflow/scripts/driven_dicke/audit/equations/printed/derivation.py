"""Eqs. (A1), (A2), (A4) to (A6), (A8), (A9): the driven cavity, its reservoir and its elimination."""

from collections.abc import Callable, Iterator
from functools import cache

import sympy as sp

from driven_dicke.audit.equations import cavity, formula
from driven_dicke.audit.equations.finding import Check, Gap, given
from driven_dicke.audit.equations.formula import expression, symbol, symbols

REAL_COUPLING = sp.Symbol("g_real", real=True)  # (A4) to (A9) take g real
CAVITY_HAMILTONIAN = (
    "H_S = omega_0*each_atom(sigma_d*sigma) + each_atom(conj(g)*c_d*sigma + g*sigma_d*c) + omega_c*c_d*c"
    " + Omega_L*c_d*exp(-I*omega_L*t) + conj(Omega_L)*c*exp(I*omega_L*t)"
)
CONTINUUM = "H_R = omega_k*b_d*b; H_SR = g_c*b_d*c + conj(g_c)*c_d*b"
CAVITY_FIELD = "dc = I*delta_c*c - varkappa/2*c - I*g*sum_sigma + E - I*Omega_L"
CONTINUUM_NOISE = "E = -I*conj(g_c)*b*exp(-I*(omega_k - omega_L)*t)"
CONTINUUM_CORRELATION = "corr_E = varkappa*delta_t"
FIELD, DIPOLE = sp.symbols("field dipole")  # (A4) is linear, so c and sum_sigma may be plain symbols


def _plain(expr: sp.Expr) -> sp.Expr:
    return expr.xreplace({symbol("c"): FIELD, symbol("sum_sigma"): DIPOLE, symbol("g"): REAL_COUPLING})


@cache
def _emitted() -> dict[str, sp.Expr]:
    """i g c at the field where (A4) vanishes: its parts proportional to the dipoles, to the drive and to the noise."""
    ((_, right),) = formula.equations(CAVITY_FIELD)
    field = sp.expand(sp.I * REAL_COUPLING * sp.solve(_plain(right), FIELD)[0])
    return {str(name): sp.together(field.coeff(name)) for name in (DIPOLE, *symbols("Omega_L E"))}


def _stationary_field(equations: sp.Tuple) -> Iterator[Gap]:
    ((_, field),) = equations
    ((_, right),) = formula.equations(CAVITY_FIELD)
    yield _plain(right).xreplace({FIELD: _plain(field)})


def _damping(equations: sp.Tuple) -> Iterator[Gap]:
    """(A4) without damping is the Heisenberg equation of (A1); the damping keeps [c, c^+] = 1 with the noise (A5)."""
    ((_, hamiltonian),) = formula.equations(CAVITY_HAMILTONIAN)
    yield cavity.field_equation(hamiltonian, equations[0][1])
    ((_, strength),) = formula.equations(CONTINUUM_CORRELATION)
    damping = sp.re(sp.expand(equations[0][1]).coeff(symbol("c")))
    yield 2 * damping + strength / symbol("delta_t")
    yield sp.diff(equations[0][1], symbol("E")) - 1


def _complex_coupling(equations: sp.Tuple) -> Iterator[Gap]:
    ((_, hamiltonian),) = formula.equations(CAVITY_HAMILTONIAN)
    yield cavity.field_equation(hamiltonian, equations[0][1], coupling=0.5 + 0.25j)


def _noise_strength(equations: sp.Tuple) -> Iterator[Gap]:
    ((_, right),) = equations
    ((_, field),) = formula.equations(CAVITY_FIELD)
    yield right / symbol("delta_t") + 2 * sp.re(sp.expand(field).coeff(symbol("c")))


def _cavity_hamiltonian(equations: sp.Tuple) -> Iterator[Gap]:
    ((_, hamiltonian),) = equations
    ((_, field),) = formula.equations(CAVITY_FIELD)
    yield cavity.field_equation(hamiltonian, field)
    yield from cavity.atom_equations(hamiltonian, expression("I*delta*sigma + I*g*sigma_z*c"))
    yield from cavity.hermiticity(hamiltonian)


def _detunings(equations: sp.Tuple) -> Iterator[Gap]:
    """Precession of sigma_n and c in the laser frame by (A1)."""
    ((_, hamiltonian),) = formula.equations(CAVITY_HAMILTONIAN)
    ((_, field),) = formula.equations(CAVITY_FIELD)
    (_, atomic), (_, cavity_detuning) = equations
    printed = expression("I*delta*sigma + I*g*sigma_z*c").subs(symbol("delta"), atomic)
    yield from cavity.atom_equations(hamiltonian, printed)
    yield cavity.field_equation(hamiltonian, field.subs(symbol("delta_c"), cavity_detuning))


def _continuum(equations: sp.Tuple) -> Iterator[Gap]:
    (_, free), (_, coupling) = equations
    ((_, noise),) = formula.equations(CONTINUUM_NOISE)
    yield from cavity.noise_on_field(free, coupling, noise)


def _continuum_noise(equations: sp.Tuple) -> Iterator[Gap]:
    (_, free), (_, coupling) = formula.equations(CONTINUUM)
    yield from cavity.noise_on_field(free, coupling, equations[0][1])


def _golden_rule(modes_per_frequency: str) -> Callable[[sp.Tuple], Iterator[Gap]]:
    """2 pi |g_c|^2 times the number of modes per unit of angular frequency."""
    rate = 2 * sp.pi * abs(symbol("g_c")) ** 2 * expression(modes_per_frequency)
    return given({"varkappa": rate})


@cache
def _rates() -> dict[str, sp.Expr]:
    """What (A8) and (A9) name, from the emitted field: sigma_n^z times it adds to d sigma_n / dt."""
    dipole, drive, noise = (_emitted()[name] for name in ("dipole", "Omega_L", "E"))
    strength = symbol("varkappa") * symbol("delta_t")
    rates = {
        "gamma_c": 2 * sp.re(dipole),
        "Delta": sp.im(dipole),
        "Omega": -sp.I * drive * symbol("Omega_L"),
        "f": noise * symbol("E"),
        "corr_f": sp.simplify(sp.Abs(noise) ** 2) * strength,
        "corr_E": strength,
        "ratio": (2 * sp.re(dipole) / symbol("varkappa")).subs(symbol("delta_c"), 0),
    }
    return {name: value.xreplace({REAL_COUPLING: symbol("g")}) for name, value in rates.items()}


def _elimination(equations: sp.Tuple) -> Iterator[Gap]:
    yield from given(_rates())(equations)


CHECKS = (
    Check(
        "A1",
        "App. A",
        "Atoms and cavity mode (hbar = 1): gives the coherent part of (A4), the coupling of sigma_n to c, and H = H^+.",
        CAVITY_HAMILTONIAN,
        _cavity_hamiltonian,
        definition=True,
    ),
    Check(
        "A2",
        "App. A",
        "One mode of the outer continuum (hbar = 1): gives the noise that enters (A4).",
        CONTINUUM,
        _continuum,
        definition=True,
    ),
    Check(
        "A4",
        "App. A",
        "Cavity field in the laser frame, for a real coupling g; its damping keeps [c, c^+] = 1 with the noise (A5).",
        CAVITY_FIELD,
        _damping,
    ),
    Check(
        "A4 (complex g)",
        "App. A",
        "Coherent part of (A4) for the complex coupling that (A1) allows: g must be conjugated.",
        "dc = I*delta_c*c - I*g*sum_sigma - I*Omega_L",
        _complex_coupling,
        corrected="dc = I*delta_c*c - I*conj(g)*sum_sigma - I*Omega_L",
    ),
    Check(
        "inline after (A4)",
        "App. A",
        "Noise operator of the continuum, one mode.",
        CONTINUUM_NOISE,
        _continuum_noise,
    ),
    Check(
        "A5",
        "App. A",
        "Strength of the continuum's vacuum noise, tied to the damping in (A4).",
        CONTINUUM_CORRELATION,
        _noise_strength,
    ),
    Check(
        "inline after (A5), cavity decay (standing waves)",
        "App. A",
        "Cavity decay by Fermi's golden rule, v the speed of light. Standing waves: L/(pi v) modes per frequency.",
        "varkappa = 2*abs(g_c)**2*L/v",
        _golden_rule("L/(pi*v)"),
    ),
    Check(
        "inline after (A5), cavity decay (travelling waves)",
        "App. A",
        "Cavity decay into travelling waves of one direction, as the sum over k < 0 suggests: half as many modes.",
        "varkappa = 2*abs(g_c)**2*L/v",
        _golden_rule("L/(2*pi*v)"),
        corrected="varkappa = abs(g_c)**2*L/v",
        detail=lambda: f"exact decay into 201 such modes: {cavity.decay_of_discrete_modes():.3f} |g_c|^2 L/v",
    ),
    Check(
        "A6",
        "App. A",
        "Cavity field that follows the atoms.",
        "c = (I*Omega_L + I*g*sum_sigma - E)/(I*delta_c - varkappa/2)",
        _stationary_field,
    ),
    Check(
        "A8 Omega",
        "App. A",
        "Drive of the atoms.",
        "Omega = I*g*Omega_L/(I*delta_c - varkappa/2)",
        _elimination,
    ),
    Check(
        "A8 delta",
        "App. A",
        "Detunings of the laser from the atoms and, in the text after (A4), from the cavity.",
        "delta = omega_L - omega_0; delta_c = omega_L - omega_c",
        _detunings,
    ),
    Check(
        "A8 gamma_c, Delta",
        "App. A",
        "Collective decay rate and shift: real and imaginary part of the field that the dipoles emit.",
        "gamma_c = 2*g**2*varkappa/(2*delta_c**2 + varkappa**2/2); Delta = delta_c*g**2/(delta_c**2 + varkappa**2/4)",
        _elimination,
    ),
    Check(
        "A9 filter",
        "App. A",
        "Cavity-filtered noise on the atoms.",
        "f = -I*g/(I*delta_c - varkappa/2)*E",
        _elimination,
    ),
    Check(
        "A9 correlation",
        "App. A",
        "Strength of the filtered noise (corr_E in the middle form is (A5)).",
        "corr_f = g**2/(delta_c**2 + varkappa**2/4)*corr_E; corr_f = gamma_c*delta_t",
        _elimination,
    ),
    Check(
        "inline after (A9)",
        "App. A",
        "gamma_c / varkappa on resonance, small for a fast cavity.",
        "ratio = 4*g**2/varkappa**2",
        _elimination,
    ),
)
