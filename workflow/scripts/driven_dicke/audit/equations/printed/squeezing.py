"""Eqs. (7), (8) and (F9) to (F14): moments of the collective mode and the spin-squeezing parameter.

Names as in `fluctuations`: n = <a^+ a>, m2 = <a^2>, mean_a = <a>, V the smallest variance of e^{i phi} a^+ + h.c.,
w = Omega / Omega_c and s = |s| = 2 j / N. The atoms are N spins 1/2, the mean spin has length j = N s / 2 < N / 2.
"""

from collections.abc import Callable, Iterator
from functools import cache

import sympy as sp

from driven_dicke.audit.equations.finding import Check, Gap
from driven_dicke.audit.equations.formula import expression, symbol, symbols
from driven_dicke.audit.equations.printed.moments import stationary_moments
from driven_dicke.closed_form import absorber
from driven_dicke.model.parameters import Model

LIMIT = "(1 + sqrt(1 - 2*w**2))/(sqrt(2)*sqrt(1 + w**2 + sqrt(1 - 2*w**2)))"
UNNESTED = "(1 + sqrt(1 - 2*w**2))/(sqrt(2)*sqrt(1 + w**2) + sqrt(1 - 2*w**2))"
LOWER_BRANCH = "-1/2 - sqrt(1 - 2*w**2)/2"
FULL_LIMIT = "(1 + sqrt(1 - 2*w**2))/(1 + w**2 + sqrt(1 - 2*w**2))"


def _quadrature(equations: sp.Tuple) -> Iterator[Gap]:
    """cos phi S'_x + sin phi S'_y of all atoms, with S'_- = sum_n sigma'_n = sqrt(2 j) a^+ from (F4b)."""
    phi, j, a, a_d = symbols("phi j a1 a1_d")
    lowering, raising = sp.sqrt(2 * j) * a_d, sp.sqrt(2 * j) * a
    component = sp.cos(phi) * (raising + lowering) / 2 + sp.sin(phi) * (raising - lowering) / (2 * sp.I)
    yield sp.expand(equations[0][1].rewrite(sp.cos) - component)


def _length(equations: sp.Tuple) -> Iterator[Gap]:
    s_y, s_z, n_atoms, j = symbols("s_y s_z N j")
    for _, right in equations:
        yield right.xreplace({j: n_atoms * sp.sqrt(s_y**2 + s_z**2) / 2}) - n_atoms**2 / 4 * (s_y**2 + s_z**2)


def _from_definition(equations: sp.Tuple) -> Iterator[Gap]:
    """xi^2 = N Var / |<S>|^2 with S'_phi = sqrt(j / 2) (e^{i phi} a^+ + h.c.), |<S>| = j and V = 1 + 2 (n - |m2|)."""
    n_atoms, j, n, m2 = symbols("N j n m2")
    smallest = 1 + 2 * (n - abs(m2))
    for _, right in equations:
        variance = symbol("V") if right.has(symbol("V")) else smallest
        yield right - n_atoms * (j / 2) * variance / j**2


def _smallest_variance(equations: sp.Tuple) -> Iterator[Gap]:
    """Var = 1 + 2 n + 2 Re(e^{-2 i phi} m2) at <a> = 0 and m2 = r e^{i chi}, smallest at phi = (chi + pi) / 2."""
    n, m2, r, chi = symbols("n m2 r chi")
    moments = {m2: r * sp.exp(sp.I * chi), symbol("mean_a"): sp.Integer(0)}
    phase = sp.exp(-sp.I * (chi + sp.pi))
    for _, right in equations:
        yield right.subs(moments) - sp.expand(1 + 2 * n + 2 * r * sp.re(phase * sp.exp(sp.I * chi)))


def _quasi_classical(inversion: str) -> tuple[sp.Expr, sp.Expr]:
    """cos theta and s for gamma -> 0 at inversion s_z and s_y = w."""
    s_z, s_y = expression(inversion), symbol("w")
    length = sp.sqrt(s_z**2 + s_y**2)
    return s_z / length, length


@cache
def _mode_limit() -> sp.Expr:
    """1 + 2 (n - |m2|) for gamma -> 0 from the moments, in terms of cos theta = -c < 0."""
    gamma, theta, c = symbols("gamma theta c")
    angle = {gamma: sp.Integer(0), sp.cos(theta): -c, sp.sin(theta): sp.sqrt(1 - c**2)}
    n, m2 = (sp.cancel(stationary_moments()[name].xreplace(angle)) for name in ("n", "m2"))
    return sp.cancel(1 + 2 * n + 2 * m2)  # m2 = -(1 - c^2) / 4c < 0


def _limit(*, wineland: bool) -> Callable[[sp.Tuple], Iterator[Gap]]:
    """Gamma >> gamma on branch (a): the mode's variance by (7) as printed, or divided by s as the definition demands.

    The optimum is the value at w = 1 / sqrt 2.
    """

    def gaps(equations: sp.Tuple) -> Iterator[Gap]:
        cosine, length = _quasi_classical(LOWER_BRANCH)
        value = _mode_limit().subs(symbol("c"), -cosine)
        exact = value / length if wineland else value
        w, r = symbols("w r")
        rational = {w: sp.sqrt((1 - r**2) / 2)}  # then sqrt(1 - 2 w^2) = r
        for left, right in equations:
            gap = right - (exact if left == symbol("xi2") else exact.subs(w, 1 / sp.sqrt(2)))
            yield gap.subs(rational)

    return gaps


def _dicke(equations: sp.Tuple) -> Iterator[Gap]:
    """gamma = 0 with the mean field (B4): unit length and cos theta = -sqrt(1 - w^2)."""
    cosine, length = _quasi_classical("-sqrt(1 - w**2)")
    for _, right in equations:
        printed = right.xreplace({sp.cos(symbol("theta")): cosine})
        yield printed - (_mode_limit() / sp.simplify(length)).subs(symbol("c"), -cosine)


def _against_closed_form() -> str:
    """xi^2 of the exact steady state (correlated phase) at N = 1e5, gamma_c = 10 gamma_s, beside both limits."""
    model, drive = Model(100_000, 10.0, 1.0), 0.5
    exact = absorber.steady_state_moments(model, model.rabi_frequency(drive)).xi2
    printed, full = (float(expression(text).subs(symbol("w"), drive)) for text in (LIMIT, FULL_LIMIT))
    return f"exact xi2 at N = 1e5, w = 0.5: {exact:.5f}; printed limit {printed:.5f}, corrected limit {full:.5f}"


def _slope(equations: sp.Tuple) -> Iterator[Gap]:
    """Sign of d xi2 / dw between 0 and the edge, at nine drives."""
    w = symbol("w")
    derivative = sp.diff(expression(LIMIT), w)
    for k in range(1, 10):
        yield complex(equations[0][1]) - float(sp.sign(derivative.subs(w, sp.Rational(7 * k, 100))))


CHECKS = (
    Check(
        "7",
        "Sec. V A",
        "Squeezing from the mode's moments: with N spins and a mean spin j < N/2 the factor N/(2j) = 1/|s| is missing.",
        "xi2 = 1 + 2*(n - abs(m2))",
        _from_definition,
        corrected="xi2 = N/(2*j)*(1 + 2*(n - abs(m2)))",
        detail=_against_closed_form,
    ),
    Check(
        "8 (from Eq. (7) as printed)",
        "Sec. V A",
        "Limit Gamma >> gamma and its optimum at the edge of the bistable region, by (7).",
        f"xi2 = {LIMIT}; xi2_edge = 1/sqrt(3)",
        _limit(wineland=False),
    ),
    Check(
        "8 (from the definition of xi2)",
        "Sec. V A",
        "Limit Gamma >> gamma of N Var/|<S>|^2 and its optimum: the mean spin is shorter than N/2, which makes it 2/3.",
        f"xi2 = {LIMIT}; xi2_edge = 1/sqrt(3)",
        _limit(wineland=True),
        corrected=f"xi2 = {FULL_LIMIT}; xi2_edge = 2/3",
        detail=_against_closed_form,
    ),
    Check(
        "F9",
        "App. F 2",
        "Spin component across the mean spin: for all N atoms the factor is sqrt(j/2).",
        "S_phi = sqrt(j/(2*N))*(exp(I*phi)*a1_d + exp(-I*phi)*a1)",
        _quadrature,
        corrected="S_phi = sqrt(j/2)*(exp(I*phi)*a1_d + exp(-I*phi)*a1)",
    ),
    Check(
        "inline after (F9)",
        "App. F 2",
        "Squared length of the mean spin.",
        "L2 = N**2*(s_z**2 + s_y**2)/4; L2 = j**2",
        _length,
    ),
    Check(
        "F10 first form",
        "App. F 2",
        "Squeezing as a variance of the mode: the factor N/(2j) = 1/|s| is missing, as in (7).",
        "xi2 = V",
        _from_definition,
        corrected="xi2 = N/(2*j)*V",
        detail=_against_closed_form,
    ),
    Check(
        "F10 second form",
        "App. F 2",
        "Smallest variance from the moments: <a> vanishes, and |<a^2>| is meant, as in (7).",
        "V = 1 + 2*n - 2*abs(mean_a)**2",
        _smallest_variance,
        corrected="V = 1 + 2*n - 2*abs(m2)",
    ),
    Check(
        "F13",
        "App. F 2",
        "Squeezing of the Dicke model below its critical drive.",
        "xi2 = -cos(theta); xi2 = sqrt(1 - w**2)",
        _dicke,
    ),
    Check(
        "F14",
        "App. F 2",
        "The limit of (8), by (7) as printed: the last square root belongs under the one before it.",
        f"xi2 = {UNNESTED}",
        _limit(wineland=False),
        corrected=f"xi2 = {LIMIT}",
    ),
    Check(
        "inline after (F14)",
        "App. F 2",
        "The limit falls with the drive up to the edge, so the optimum is there.",
        "slope_sign = -1",
        _slope,
    ),
)
