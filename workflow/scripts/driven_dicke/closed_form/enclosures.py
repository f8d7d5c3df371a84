"""The closed-form steady state in ball arithmetic: every number with a bound that is proven (FLINT's arb).

A second way to all that `absorber` says, at any N. No sum made free of cancellation, nothing of its code but a guess at
where p_k is not negligible: p_k from the recursion, c_k = +-sqrt(p_k), and (Roberts and Clerk, PRL 131, 190403, in the
real frame of `dicke_basis`, n = N - k)

    <S_z> = -<n>/2,    <S_z^2> = N/4 + <n (n-1)>/4,    <S_+S_-> = <k (n+1)>/2,
    <S_+S_+S_-S_-> = <k (k-1) (n+1) (n+2)>/4,          <S_-> = sum_k c_k c_{k-1} sqrt(k (n+1) / 2),
    <S_-^2> = sum_k c_k c_{k-2} sqrt(k (k-1) (n+1) (n+2)) / 2,
    <S_+S_z> = -sum_k c_{k+1} c_k n sqrt((k+1) n / 8).

Some are differences of numbers of order N^2 where the result is of order N; a ball keeps account of what that loses.
Only windows around the largest p_k are summed. What is left out is bounded: it is nowhere larger than at the ends of
the windows, at k = 0 or N, or where p_{k+1} - p_k, whose sign is that of a cubic in k, turns negative (FLINT isolates
its roots). A drive or rate in double precision is taken as the exact number that it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from flint import acb, arb, arb_poly, ctx, fmpq, fmpq_poly

from driven_dicke.closed_form import absorber
from driven_dicke.model import checks
from driven_dicke.model.parameters import Model

PRECISION = 192  # bits
CUTOFF = 120.0  # ln(largest p_k / p_k) beyond which p_k is bounded, not summed
FIRST_WIDTH = fmpq(1, 2**34)  # half a bracket around a guessed root, relative to it
LAST_WIDTH = fmpq(1, 2**70)  # the same of the last bracket
SHRINKING = 2**10  # of a bracket around the secant's root

Exact = float | fmpq


class EnclosedObservables(NamedTuple):
    """Balls that hold the exact expectation values; the fields of `observables.Observables`."""

    s_z: arb
    s_squared: arb
    intensity: arb
    g2: arb
    xi2: arb
    s_minus: arb


@dataclass(frozen=True, eq=False)
class PairWeights:
    """p_k within windows of k, relative to the largest.

    Args:
        windows: (first k, [p_k, ...]) of every window, k rising.
        outside: upper bound of all p_k outside, and of the two outermost within at each end that is cut; 0 if all k
            are within.
        n_atoms: N.
    """

    windows: list[tuple[int, list[arb]]]
    outside: arb
    n_atoms: int

    def rest(self, largest: float) -> arb:
        """Ball around 0 that holds what windows leave out of a sum over k of terms up to `largest` times p_k."""
        return arb(0, (self.n_atoms + 1) * largest * self.outside.abs_upper())

    def total(self, first: int, last: int) -> arb:
        """Sum of p_k over first <= k <= last."""
        within = (weights[max(first - start, 0) : max(last + 1 - start, 0)] for start, weights in self.windows)
        return sum((weight for part in within for weight in part), self.rest(1.0))


def exact(value: Exact) -> fmpq:
    """The rational number that a float is."""
    return value if isinstance(value, fmpq) else fmpq(*float(value).as_integer_ratio())


def ball(value: Exact) -> arb:
    """A ball around an exact number, as narrow as the working precision allows."""
    return arb(exact(value))


def rabi_frequency(model: Model, drive: Exact) -> fmpq:
    """Omega = drive (N - 1) gamma_c / 4 without rounding; `drive` > 0 in units of Omega_c."""
    return exact(drive) * (model.n_atoms - 1) * exact(model.gamma_c) / 4


def _positive(omega: Exact) -> fmpq:
    if not isinstance(omega, fmpq):
        return exact(checks.real("rabi_frequency", omega, 0.0, exclusive=True))
    if omega <= 0:
        raise checks.ParameterError(f"argument rabi_frequency must be a finite number > 0, but is {omega}")
    return omega


def _growth(model: Model, omega: fmpq) -> fmpq_poly:
    """Cubic in k with the sign of p_{k+1} - p_k: 8 Omega^2 n - (k+1) (gamma_c n + gamma_s)^2, n = N - k."""
    k = fmpq_poly([0, 1])
    n = model.n_atoms - k
    return 8 * omega**2 * n - (k + 1) * (exact(model.gamma_c) * n + exact(model.gamma_s)) ** 2


def _real_roots(polynomial: fmpq_poly) -> list[arb]:
    """Isolated real roots, rising."""
    found: list[tuple[acb, int]] = polynomial.complex_roots()  # type: ignore[assignment]  # the stub forgets multiplicities
    roots = [root.real for root, _ in found if root.imag.is_zero()]
    return sorted(roots, key=lambda root: float(root))


def _log_weight(model: Model, omega: fmpq, k: int) -> arb:
    """ln(p_k / p_0) from Gamma functions: the recursion, solved."""
    n_atoms, n = model.n_atoms, model.n_atoms - k
    combinations = arb(n_atoms + 1).lgamma() - arb(n + 1).lgamma() - arb(k + 1).lgamma()
    if model.gamma_c == 0:
        return combinations + k * ball(8 * omega**2 / exact(model.gamma_s) ** 2).log()
    ratio = exact(model.gamma_s) / exact(model.gamma_c)
    decay = ball(n_atoms + 1 + ratio).lgamma() - ball(n + 1 + ratio).lgamma()
    return combinations + k * ball(8 * omega**2 / exact(model.gamma_c) ** 2).log() - 2 * decay


def pair_weights(model: Model, omega: Exact, cutoff: float | None = None) -> PairWeights:
    """p_k around its maxima, relative to the largest; the number of terms grows as sqrt(N).

    Args:
        model: rates and number of atoms.
        omega: Omega > 0, in the unit of the rates.
        cutoff: ln(largest p_k / p_k) beyond which p_k is not summed; `CUTOFF` unless given.

    Raises:
        checks.ParameterError: Omega is not positive and finite.
    """
    rabi = _positive(omega)
    with ctx.workprec(PRECISION):
        guess = absorber.pair_distribution(model, float(ball(rabi))).log_weight
        reach = CUTOFF if cutoff is None else cutoff
        peak, inside = int(guess.argmax()), np.flatnonzero(guess >= guess.max() - reach)
        runs = [(int(run[0]), int(run[-1])) for run in np.split(inside, np.flatnonzero(np.diff(inside) > 1) + 1)]
        log_largest, drive = _log_weight(model, rabi, peak), ball(8 * rabi**2)
        gamma_c, gamma_s = ball(model.gamma_c), ball(model.gamma_s)
        windows = []
        for first, last in runs:
            weight = (_log_weight(model, rabi, first) - log_largest).exp()
            weights = [weight]
            for k in range(first, last):
                n = model.n_atoms - k
                rate = gamma_c * n + gamma_s
                weight = weight * (drive * n) / (rate * rate * (k + 1))
                weights.append(weight)
            windows.append((first, weights))
        return PairWeights(windows, _outside(model, rabi, windows, log_largest), model.n_atoms)


def _outside(model: Model, omega: fmpq, windows: list[tuple[int, list[arb]]], log_largest: arb) -> arb:
    """`PairWeights.outside`: p_k of 0 and N, of both ends of every window, and of maxima that no window holds."""
    if sum(len(weights) for _, weights in windows) == model.n_atoms + 1:
        return arb(0)
    growth = _growth(model, omega)
    slope = arb_poly(growth.derivative())
    tops = [int(float(root)) for root in _real_roots(growth) if not slope(root) > 0]
    spans = [range(first, first + len(weights)) for first, weights in windows]
    beside = {k for top in tops for k in range(top - 1, top + 3) if 0 <= k <= model.n_atoms}
    single = {k for k in beside | {0, model.n_atoms} if not any(k in span for span in spans)}
    ends = [(_log_weight(model, omega, k) - log_largest).exp() for k in sorted(single)]
    for span, (_, weights) in zip(spans, windows, strict=True):
        ends += weights[:2] if span[0] > 0 else []
        ends += weights[-2:] if span[-1] < model.n_atoms else []
    return max((weight.abs_upper() for weight in ends), key=float)


def mean_s_z(model: Model, omega: Exact) -> arb:
    """<S_z> of the steady state, with the arguments and errors of `pair_weights`."""
    with ctx.workprec(PRECISION):
        pairs = pair_weights(model, omega)
        n_atoms = model.n_atoms
        lowered = sum(
            (weight * (n_atoms - k) for first, weights in pairs.windows for k, weight in enumerate(weights, first)),
            pairs.rest(n_atoms),
        )
        return -lowered / pairs.total(0, n_atoms) / 2


def moments(model: Model, omega: Exact) -> EnclosedObservables:
    """Expectation values in the steady state by the sums above; at N = 10^6 some 10^4 terms.

    Arguments and errors are those of `pair_weights`.
    """
    return _moments_and_covariance(model, omega)[0]


def covariance(model: Model, omega: Exact) -> list[list[arb]]:
    """Symmetrised covariance of (S_x', S_y', S_z), 3 by 3, with the arguments and errors of `pair_weights`."""
    return _moments_and_covariance(model, omega)[1]


def _moments_and_covariance(model: Model, omega: Exact) -> tuple[EnclosedObservables, list[list[arb]]]:
    with ctx.workprec(PRECISION):
        pairs, n_atoms = pair_weights(model, omega), model.n_atoms
        size = float(n_atoms + 2)
        sums = [pairs.rest(largest) for largest in (1.0, size, size**2, size**2, size**4, size, size**2, size**2)]
        for first, weights in pairs.windows:
            k = range(first, first + len(weights))
            n = [n_atoms - each for each in k]
            c = [weight.sqrt() if each % 2 == 0 else -weight.sqrt() for each, weight in zip(k, weights, strict=True)]
            root = [arb(each * (n_atoms - each + 1)).sqrt() for each in k]
            light = [each * (n_atoms - each + 1) for each in k]
            twice = [each * (each - 1) * (n_atoms - each + 1) * (n_atoms - each + 2) for each in k]
            steps = [c[i] * c[i - 1] * root[i] for i in range(1, len(c))]
            for place, terms in enumerate(
                (
                    weights,
                    map(arb.__mul__, weights, map(arb, n)),
                    map(arb.__mul__, weights, (arb(each * (each - 1)) for each in n)),
                    map(arb.__mul__, weights, map(arb, light)),
                    map(arb.__mul__, weights, map(arb, twice)),
                    steps,
                    (c[i] * c[i - 2] * (root[i] * root[i - 1]) for i in range(2, len(c))),
                    (step * each for step, each in zip(steps, n, strict=False)),
                )
            ):
                sums[place] = sum(terms, sums[place])
        _, n_mean, n_squared, light_mean, pairs_mean, step, two_steps, step_z = (each / sums[0] for each in sums)
        s_z, s_z_squared = -n_mean / 2, (n_atoms + n_squared) / 4
        intensity, photon_pairs = light_mean / 2, pairs_mean / 4
        s_minus, s_minus_squared, plus_z = step / arb(2).sqrt(), two_steps / 2, -step_z / arb(8).sqrt()
        planar = intensity - s_z
        # <S_+ S_z> is real, so that its mean with <S_z S_+> = <S_+ S_z> + <S_+> symmetrises S_x and S_z.
        xx, yy = (planar + s_minus_squared) / 2 - s_minus**2, (planar - s_minus_squared) / 2
        zz, xz = s_z_squared - s_z**2, plus_z + s_minus / 2 - s_minus * s_z
        length_squared = s_minus**2 + s_z**2
        # Across the mean spin, in the plane of x' and z, and along y': the principal axes.
        across = (s_z**2 * xx - 2 * s_z * s_minus * xz + s_minus**2 * zz) / length_squared
        expectation = EnclosedObservables(
            s_z=s_z,
            s_squared=planar + s_z_squared,
            intensity=intensity,
            g2=photon_pairs / intensity**2,
            xi2=n_atoms * across.min(yy) / length_squared,
            s_minus=abs(s_minus),
        )
        return expectation, [[xx, arb(0), xz], [arb(0), yy, arb(0)], [xz, arb(0), zz]]


def magnetization_distribution(model: Model, omega: Exact) -> list[arb]:
    """P_m = sum_k p_k C(k, m + N/2) / 2^k, m rising from -N/2, with the errors of `pair_weights`; O(N^2)."""
    with ctx.workprec(PRECISION):
        pairs, n_atoms = pair_weights(model, omega, np.inf), model.n_atoms
        ((_, weights),) = pairs.windows
        row, probability = [arb(1)], [arb(0)] * (n_atoms + 1)
        for k, weight in enumerate(weights):
            probability[: k + 1] = map(lambda so_far, share: so_far + weight * share, probability, row)
            row = [(left + right) / 2 for left, right in zip([arb(0), *row], [*row, arb(0)], strict=True)]
        total = pairs.total(0, n_atoms)
        return [each / total for each in probability]


def log_weight_ratio(model: Model, omega: Exact) -> arb:
    """ln(W_+ / W_-): what lies below over what lies above the least p_k between the two maxima.

    Raises:
        checks.ParameterError: p_k has one maximum only, or Omega is not positive.
    """
    rabi = _positive(omega)
    with ctx.workprec(PRECISION):
        growth, last = _growth(model, rabi), model.n_atoms - 1
        candidates = [float(root) for root in reversed(_real_roots(growth)) if 0 <= float(root) <= last]
        falls = [k for root in candidates for k in (int(root) + 1, int(root)) if k <= last and growth(fmpq(k)) < 0]
        if not falls or growth(fmpq(last)) < 0:
            raise checks.ParameterError(f"p_k has one maximum only at rabi_frequency {float(ball(rabi))!r}")
        pairs, lowest = pair_weights(model, rabi), max(falls) + 1
        return (pairs.total(0, lowest) / pairs.total(lowest + 1, model.n_atoms)).log()


def mid_branch_excess(model: Model, drive: Exact) -> arb:
    """<S_z> minus the middle of the stable mean-field branches, whose sign changes at Omega_PT of Eq. (C2).

    Raises:
        checks.ParameterError: there is one branch only.
    """
    with ctx.workprec(PRECISION):
        inverse = (exact(model.gamma_c) + exact(model.gamma_s)) / (exact(model.gamma_c) * (model.n_atoms - 1))
        s = fmpq_poly([0, 1])
        branches = _real_roots(2 * (1 + s) * (s - inverse) ** 2 + exact(drive) ** 2 * s)  # Eq. (2)
        if len(branches) < 3:
            raise checks.ParameterError(f"the mean field has one branch only at {float(ball(drive)):g} Omega_c")
        middle = (branches[0] + branches[-1]) / 2
        return mean_s_z(model, rabi_frequency(model, drive)) - middle * model.n_atoms / 2


def critical_drive(model: Model, guess: float) -> arb:
    """A ball around `guess` in which the exact <S_z> passes the middle of the branches, Eq. (C2): a sign change."""
    return _sign_change(lambda drive: mid_branch_excess(model, drive), guess)


def equal_weight_drive(model: Model, guess: float) -> arb:
    """A ball around `guess` in which ln(W_+ / W_-) passes 0; it falls with the drive at a fixed barrier."""
    return _sign_change(lambda drive: -log_weight_ratio(model, rabi_frequency(model, drive)), guess)


def _sign_change(excess: Callable[[fmpq], arb], guess: float) -> arb:
    """A ball within 6e-11 of `guess` at whose ends a function that rises has opposite signs, by secants.

    Raises:
        checks.CertificateError: there is no sign change so close to the guess.
    """
    with ctx.workprec(PRECISION):
        centre, half = exact(guess), exact(guess) * FIRST_WIDTH
        bracket: tuple[fmpq, fmpq] | None = None
        while bracket is None or half > exact(guess) * LAST_WIDTH:
            lower, upper = centre - half, centre + half
            below, above = excess(lower), excess(upper)
            if not (below < 0 and above > 0):
                break
            bracket = lower, upper
            centre = (ball(lower) - below * ball(upper - lower) / (above - below)).mid().fmpq()
            half /= SHRINKING
        if bracket is None:
            raise checks.CertificateError(f"no sign change was proven within 6e-11 of {guess!r}")
        return ball(bracket[0]).union(ball(bracket[1]))


class EnclosedLaw(NamedTuple):
    """Limit w and a, b of Omega_PT / Omega_c = w + (a ln N + b) / N, see `phase_balance`."""

    limit: arb
    logarithm: arb
    constant: arb


def approach_law(model: Model) -> EnclosedLaw:
    """The law of approach at the rates of `model`, by Lambert's function; its number of atoms does not enter.

    Raises:
        checks.ParameterError: gamma_c = 0, where no transition exists.
    """
    if model.gamma_c == 0:
        raise checks.ParameterError("argument model must have gamma_c > 0: without collective decay nothing changes")
    with ctx.workprec(PRECISION):
        r = ball(exact(model.gamma_s) / exact(model.gamma_c))
        x = -(-2 * arb(-2).exp()).lambertw() / 2
        y = 1 - x
        w = (2 * x * y).sqrt()
        constant = (1 + 2 * r) * y.log() + 2 * y + (2 * arb.pi()).log() - (1 - 2 * x).log() / 2 - 2 * (1 + r).lgamma()
        return EnclosedLaw(w, (1 + 2 * r) * w / (2 * y), constant * w / (2 * y))


def relative_radius(enclosure: arb) -> float:
    """Radius of a ball relative to the number that it holds."""
    with ctx.workprec(PRECISION):
        return float(enclosure.rad() / enclosure.abs_lower())


def deviation(value: float, enclosure: arb) -> float:
    """Upper bound of |value - x| / |x| for the exact number x that a ball holds; of |value - x| where x may be 0.

    Infinite for a value that is none.
    """
    if not np.isfinite(value):
        return float(np.inf)
    with ctx.workprec(PRECISION):
        distance, least = (ball(value) - enclosure).abs_upper(), enclosure.abs_lower()
        return float(distance / least) if least > 0 else float(distance)
