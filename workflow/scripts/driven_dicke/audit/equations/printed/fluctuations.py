"""Eqs. (6) and (F6) to (F8): the linear Langevin equation of the fluctuations and its stationary solution.

Names as in `rotation`. `A` is the sum of the other atoms' bosons; `xi`, `xi_d` are the noise f + eta_n on the atom, or
F + eta on the collective mode, and its conjugate; a1 is the boson of the atom or of the collective mode.
"""

from collections.abc import Iterator
from functools import cache

import numpy as np
import sympy as sp

from driven_dicke.audit.equations import formula
from driven_dicke.audit.equations.finding import Check, Gap, given
from driven_dicke.audit.equations.formula import expression, symbol, symbols
from driven_dicke.audit.equations.printed.rotation import TO_LAB, rotated_ladder

NOISE = "sqrt(j/(2*N))*(cos(theta)*(xi + xi_d) + (xi_d - xi))"
SINGLE = "da = gamma_c*j/N*cos(theta)*A - gamma/2*a1 - gamma/4*sin(theta)**2*(a1 - a1_d) + " + NOISE
COLLECTIVE = "da = (Gamma*j*cos(theta)/N - gamma/2)*a1 - gamma/4*sin(theta)**2*(a1 - a1_d) + " + NOISE
KERNEL = (
    "k = sqrt(j/(2*N))*exp((-Gamma*j*cos(theta)/N + gamma/2)*u)*(cos(theta) - exp(gamma/2*sin(theta)**2*u));"
    " k_d = sqrt(j/(2*N))*exp((-Gamma*j*cos(theta)/N + gamma/2)*u)*(cos(theta) + exp(gamma/2*sin(theta)**2*u))"
)


@cache
def linearised() -> sp.Expr:
    """d a_n / dt to first order in the bosons and the noise, from (A11) and (A12) in (F5) with (F2) and (F4).

    sigma_n^z sigma_n = -sigma_n takes the term m = n out of the sums, so that gamma appears and the rest is a sum over
    the N - 1 other atoms; their mean spins are equal.
    """
    small, length, omega, gamma, gamma_c = symbols("small s Omega gamma gamma_c")
    a, a_d, others, others_d, xi, xi_d = symbols("a1 a1_d A A_d xi xi_d")
    primed = dict(
        zip(
            symbols("low1 low1_d inv1"),
            (sp.sqrt(length) * small * a_d, sp.sqrt(length) * small * a, length),
            strict=True,
        )
    )
    atom = [right.xreplace(primed) for _, right in formula.equations(TO_LAB)]
    mean = [side.xreplace({small: sp.Integer(0)}) for side in atom]
    fluctuation = [
        side.xreplace({a: others, a_d: others_d}) - at_rest for side, at_rest in zip(atom, mean, strict=True)
    ]
    total, total_d = ((symbol("N") - 1) * mean[k] + fluctuation[k] for k in (0, 1))
    field = small * xi + sp.I * omega + gamma_c / 2 * total
    field_d = small * xi_d - sp.I * omega + gamma_c / 2 * total_d
    lowering, raising, inversion = atom
    rates = (
        -gamma / 2 * lowering + inversion * field,
        -gamma / 2 * raising + inversion * field_d,
        -gamma * (1 + inversion) - 2 * (raising * field + field_d * lowering),
    )
    turned = rotated_ladder(to_primed=True)[1].xreplace(dict(zip(symbols("low low_d inv"), rates, strict=True)))
    return _half_angle(sp.diff(turned, small).xreplace({small: sp.Integer(0)}) / sp.sqrt(length))


def _half_angle(expr: sp.Expr) -> sp.Expr:
    """Sines and cosines of theta and theta/2 in terms of tau = tan(theta/2)."""
    theta, tau = symbols("theta tau")
    length = sp.sqrt(1 + tau**2)
    return expr.xreplace(
        {
            sp.sin(theta): 2 * tau / (1 + tau**2),
            sp.cos(theta): (1 - tau**2) / (1 + tau**2),
            sp.sin(theta / 2): tau / length,
            sp.cos(theta / 2): 1 / length,
        }
    )


def _single_atom(equations: sp.Tuple) -> Iterator[Gap]:
    printed = equations[0][1].xreplace({symbol("j"): symbol("N") * symbol("s") / 2})
    yield _half_angle(printed) - linearised()


def _collective_mode(equations: sp.Tuple) -> Iterator[Gap]:
    """Sum of (F6) over the atoms, divided by sqrt N: the sum over m != n becomes N - 1 times the mode itself."""
    printed = equations[0][1].xreplace({symbol("Gamma"): (symbol("N") - 1) * symbol("gamma_c")})
    summed = expression(SINGLE.split(" = ")[1]).xreplace({symbol("A"): (symbol("N") - 1) * symbol("a1")})
    yield printed - summed


def _collective_noise(equations: sp.Tuple) -> Iterator[Gap]:
    """Factors of f and of each eta_n in (1 / sqrt N) sum_n (f + eta_n), for N = 2, 3."""
    for n_atoms in (2, 3):
        common, single = (complex(right.subs(symbol("N"), n_atoms)) for _, right in equations)
        yield common - sum(1 / np.sqrt(n_atoms) for _ in range(n_atoms))
        yield single - 1 / np.sqrt(n_atoms)


def drift_matrix() -> tuple[sp.Expr, sp.Expr, sp.Expr, sp.Expr]:
    """(F7) as da/dt = A a + B a^+ + alpha xi + beta xi^+: the four real coefficients."""
    right = sp.expand(expression(COLLECTIVE.split(" = ")[1]))
    return tuple(sp.collect(right, s).coeff(s) for s in symbols("a1 a1_d xi xi_d"))


def _kernel(equations: sp.Tuple) -> Iterator[Gap]:
    """a(t) = int dt' (k(t'-t) xi(t') + k_d(t'-t) xi^+(t')) solves (F7); a^+ has the two kernels exchanged."""
    u = symbol("u")
    (_, kernel), (_, kernel_d) = equations
    same, cross, noise, noise_d = drift_matrix()
    yield kernel.subs(u, 0) - noise
    yield kernel_d.subs(u, 0) - noise_d
    yield -sp.diff(kernel, u) - same * kernel - cross * kernel_d
    yield -sp.diff(kernel_d, u) - same * kernel_d - cross * kernel


def _relaxation_time(equations: sp.Tuple) -> Iterator[Gap]:
    """Inverse of the slowest decay rate of the mode's second moments."""
    same, cross, *_ = drift_matrix()
    yield from given({"time": -1 / (2 * (same + cross).xreplace({symbol("j"): symbol("N") * symbol("s") / 2}))})(
        equations
    )


def _mean_spin(equations: sp.Tuple) -> Iterator[Gap]:
    """j and theta of the mean spin: s_z = s cos theta, s_y = s sin theta, j = N s / 2 is its length."""
    (_, half), (_, cosine) = equations
    s_x, s_y, s_z = symbols("s_x s_y s_z")
    yield half**2 - symbol("N") ** 2 * (s_x**2 + s_y**2 + s_z**2) / 4
    yield half - abs(half)
    yield cosine**2 * (s_x**2 + s_y**2) - (1 - cosine**2) * s_z**2
    yield cosine / s_z - abs(cosine / s_z)


CHECKS = (
    Check(
        "6",
        "Sec. V A",
        "Langevin equation of the collective fluctuation, the same as (F7).",
        COLLECTIVE,
        _collective_mode,
    ),
    Check(
        "inline after (6), noise",
        "Sec. V A",
        "Weights of f and of each eta_n in the collective noise F + eta.",
        "F_over_f = sqrt(N); eta_over_eta_n = 1/sqrt(N)",
        _collective_noise,
    ),
    Check(
        "inline after (6), mean spin",
        "Sec. V A",
        "Length and polar angle of the mean spin.",
        "j = N/2*sqrt(s_x**2 + s_y**2 + s_z**2); cos_theta = s_z/sqrt(s_x**2 + s_y**2 + s_z**2)",
        _mean_spin,
        definition=True,
    ),
    Check("F6", "App. F 1", "Linear Langevin equation of one atom's fluctuation.", SINGLE, _single_atom),
    Check("F7", "App. F 1", "Linear Langevin equation of the collective fluctuation.", COLLECTIVE, _collective_mode),
    Check(
        "F8",
        "App. F 1",
        "Kernels of F + eta and of its conjugate in the stationary solution, u = t' - t.",
        KERNEL,
        _kernel,
    ),
    Check(
        "inline before (F8), relaxation time",
        "App. F 1",
        "Time after which (F8) holds: with cos theta < 0 the printed sign makes it negative.",
        "time = 1/(Gamma*cos(theta) + gamma)",
        _relaxation_time,
        corrected="time = 1/(gamma - Gamma*s*cos(theta))",
    ),
)
