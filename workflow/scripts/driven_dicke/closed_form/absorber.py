"""The exact steady state of Eq. (1) at any N as one sum: the coherent quantum absorber.

Roberts and Clerk, PRL 131, 190403 (2023), after Stannigel, Rabl and Zoller, NJP 14, 063014 (2012). A second, identical
register B absorbs all that the atoms A emit: rho = tr_B |Psi><Psi| with (sigma_n^A - sigma_n^B)|Psi> = 0 for every n.
Each pair (A_n, B_n) is then in |gg> or |t> = (|eg> + |ge>) / sqrt 2, and with |D_k> the symmetric state of N pairs of
which k are |t> and n = N - k are |gg>, in the real frame of `dicke_basis`,

    |Psi> = sum_k c_k |D_k>,    c_{k+1} / c_k = -2 Omega h(n) sqrt(2 / ((k+1) n)),    h(n) = n / (gamma_c n + gamma_s).

With p_k = c_k^2 this relation between neighbours turns every moment into an average over p of positive terms,

    <S_-^q> = (-2 Omega)^q < h(n) h(n-1) ... h(n-q+1) >,    <S_+^q S_-^q> = (2 Omega)^2q < [h(n) ... h(n-q+1)]^2 >,

and the variances needed for xi^2 into sums without the cancellation of N^2 against N (see `moments`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.special import gammaln, lambertw

from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import Blocks, FloatArray, doubled_spins, log_degeneracy
from driven_dicke.model.fisher_information import NEGLECTED, Part, with_neighbours
from driven_dicke.model.observables import Observables, SpinMoments, spin_squeezing
from driven_dicke.model.operators import magnetization
from driven_dicke.model.parameters import Model


@dataclass(frozen=True, eq=False)
class PairDistribution:
    """Weights p_k of the absorber state, k = first ... last, or of a part of it.

    Args:
        model: rates and number of atoms.
        rabi_frequency: Omega, in the unit of the rates.
        log_weight: ln p_k with sum p_k = 1, shape (N+1,); -inf outside first ... last.
        first: lowest k, 0 for the whole state.
        last: highest k, N for the whole state.
    """

    model: Model
    rabi_frequency: float
    log_weight: FloatArray
    first: int
    last: int


class RestrictedPhases(NamedTuple):
    """Absorber states restricted to either side of the barrier, and ln of their weights in the steady state."""

    plus: PairDistribution
    minus: PairDistribution
    log_weight_plus: float
    log_weight_minus: float


def _log_ratios(model: Model, rabi_frequency: float) -> FloatArray:
    """ln(p_{k+1} / p_k), k = 0 ... N-1, shape (N,), in extended precision where the platform has it.

    N = 10^6 ratios add up to ln p of order 10^6: double precision would lose 10 digits of p.
    """
    n = np.arange(model.n_atoms, 0, -1, dtype=np.longdouble)
    k_plus_1 = n[::-1]
    with np.errstate(divide="ignore"):  # Omega = 0: ln p = -inf but for p_0
        drive = np.log(np.longdouble(8)) + 2 * np.log(np.longdouble(rabi_frequency))
    ratios: FloatArray = drive + np.log(n / k_plus_1 / (model.gamma_c * n + model.gamma_s) ** 2)
    return ratios


def pair_distribution(model: Model, rabi_frequency: float) -> PairDistribution:
    """ln p_k from p_{k+1} / p_k = 8 Omega^2 n / ((k+1) (gamma_c n + gamma_s)^2), n = N - k.

    O(N), to N = 10^6 and beyond. Omega = 0 gives p_0 = 1 exactly. gamma_s = 0 gives the limit gamma_s -> 0+ of the
    unique steady state, in which every spin j is in its own Dicke state, `crss.dicke_steady_state`.

    Args:
        model: rates and number of atoms.
        rabi_frequency: Omega >= 0, in the unit of the rates.

    Raises:
        checks.ParameterError: `rabi_frequency` is negative or not finite.
    """
    omega = checks.real("rabi_frequency", rabi_frequency, 0.0)
    ratios = _log_ratios(model, omega)
    logs = np.concatenate([np.zeros(1, dtype=ratios.dtype), np.cumsum(ratios)])
    return PairDistribution(model, omega, _normalised(logs), 0, model.n_atoms)


def _log_total(logs: FloatArray) -> float:
    """ln sum exp(logs), logs not all -inf."""
    highest = logs.max()
    return float(highest + np.log(np.exp(logs - highest).sum()))


def _normalised(logs: FloatArray) -> FloatArray:
    """ln p in double precision, shifted to sum p = 1."""
    shifted = np.asarray(logs - logs.max(), dtype=float)
    return shifted - _log_total(shifted)


def moments(pairs: PairDistribution) -> Observables:
    """Expectation values in the state |Psi> of `pairs`, whole or restricted, see `_moments`."""
    return _moments(pairs)[0]


def spin_moments(pairs: PairDistribution) -> SpinMoments:
    """Mean and covariance of the collective spin in the state |Psi> of `pairs`, whole or restricted, see `_moments`."""
    return _moments(pairs)[1]


def _moments(pairs: PairDistribution) -> tuple[Observables, SpinMoments]:
    """Expectation values in the state |Psi> of `pairs`, whole or restricted: O(N), to 1e-12 relative at N = 10^6.

    With averages over p, h(n) as above (0 at k = last, which has no upper neighbour), d(n) = h(n) - h(n-1) >= 0 in
    closed form and b = p_k k (n+1) / 2 at k = first, a term that the restriction adds and which is 0 for the whole:

        <S_z> = -<n>/2,    |<S_->| = 2 Omega <h>,    <S_+S_-> = 4 Omega^2 <h^2> + b,
        <S^2> = <S_+S_-> + N/4 + <n (n-1)>/4 + <n>/2,
        Var S_z = (<k> + Var k)/4,    Var S_y' = 2 Omega^2 <h d> + <n>/4 + b/2,
        Var S_x' = 4 Omega^2 Var h - 2 Omega^2 <h d> + <n>/4 + b/2,
        Cov(S_x', S_z) = -Omega (<h> - Cov(h, n)).

    At Omega = 0 the ratios take their limits Omega -> 0: xi^2 = 1 and g2 = [h(N-1) / h(N)]^2, which is 1 only for
    gamma_s = 0 (one atom: 0; gamma_c = 0: (1 - 1/N)^2).
    """
    model, omega = pairs.model, pairs.rabi_frequency
    p = np.exp(pairs.log_weight[pairs.first : pairs.last + 1])
    k = np.arange(pairs.first, pairs.last + 1.0)
    n = model.n_atoms - k

    def average(values: FloatArray) -> float:
        return float((p * values).sum())

    h, d, h_next = np.zeros((3, p.size))
    rate = model.gamma_c * n + model.gamma_s
    h[:-1] = n[:-1] / rate[:-1]
    h_next[:-1] = h[1:]
    d[:-2] = model.gamma_s / (rate[:-2] * rate[1:-1])
    d[-2:-1] = h[-2:-1]

    photons, photon_pairs, boundary = average(h**2), average((h * h_next) ** 2), 0.0
    if pairs.first > 0:  # k has no lower neighbours inside the part
        boundary = float(p[0] * k[0] * (n[0] + 1) / 2)
        photons += boundary / (2 * omega) ** 2
        edge = p[:2] * k[:2] * (k[:2] - 1) * (n[:2] + 1) * (n[:2] + 2) / 4
        photon_pairs += float(edge.sum()) / (2 * omega) ** 4

    n_mean, h_mean = average(n), average(h)
    intensity = (2 * omega) ** 2 * photons
    planar = n_mean / 4 + boundary / 2
    narrow = 2 * omega**2 * average(h * d)
    covariance = np.zeros((3, 3))
    covariance[0, 0] = planar + (2 * omega) ** 2 * average((h - h_mean) ** 2) - narrow
    covariance[1, 1] = planar + narrow
    covariance[2, 2] = (average(k) + average((n - n_mean) ** 2)) / 4
    covariance[0, 2] = covariance[2, 0] = -omega * (h_mean - average((h - h_mean) * (n - n_mean)))
    spin = SpinMoments(np.array([-2 * omega * h_mean, 0.0, -n_mean / 2]), covariance)
    expectation = Observables(
        s_z=-n_mean / 2,
        s_squared=intensity + model.n_atoms / 4 + average(n * (n - 1)) / 4 + n_mean / 2,
        intensity=intensity,
        g2=photon_pairs / photons**2,
        xi2=spin_squeezing(model.n_atoms, *spin),
        s_minus=2 * omega * h_mean,
    )
    return expectation, spin


def steady_state_moments(model: Model, rabi_frequency: float) -> Observables:
    """Expectation values in the steady state: `moments` of `pair_distribution`, with its arguments and errors."""
    return moments(pair_distribution(model, rabi_frequency))


def magnetization_distribution(pairs: PairDistribution) -> tuple[FloatArray, FloatArray]:
    """P_m = sum_k p_k C(k, a) / 2^k, a = m + N/2, as (m, P_m), both of shape (N+1,), m rising from -N/2.

    Horner's rule for the generating function sum_k p_k ((1 + z)/2)^k: additions of positive numbers only, hence
    neither logarithms nor cancellation. O(N^2): 0.1 s at N = 10^4, some 5 s at N = 10^5.
    """
    weight = np.exp(pairs.log_weight)
    probability = np.zeros(weight.size)
    for k in range(int(np.flatnonzero(weight)[-1]), -1, -1):
        probability *= 0.5
        probability[1:] += probability[:-1].copy()
        probability[0] += weight[k]
    return magnetization(pairs.model.n_atoms), probability


def blocks(pairs: PairDistribution) -> Blocks:
    """Weighted blocks d_j M_j M_j^T, j falling, of the state |Psi> of `pairs`, whole or restricted.

    With i = N/2 - j, a = j + m, b = j + m' and k = 2i + a + b <= N,

        M_j[a, b] = (c_k / sqrt(2^k C(N, k))) sqrt((2j-a)! (2j-b)! / (a! b!)) / (2j-a-b)!.

    All M_j[a, b] have the sign (-1)^(a+b): no sum cancels. Exponents are taken of logarithms, so that N is limited
    by memory alone.
    """
    result = []
    for _, amplitudes in _amplitudes(pairs):
        signs = (-1.0) ** np.arange(len(amplitudes))
        result.append(signs[:, None] * signs * (amplitudes @ amplitudes.T))
    return result


def parts(pairs: PairDistribution) -> Iterator[Part]:
    """The same blocks one after the other, each where it is populated: little memory, and to N = 1000 in seconds."""
    for doubled_spin, amplitudes in _amplitudes(pairs):
        populated = np.flatnonzero((amplitudes**2).sum(axis=1) > NEGLECTED)
        if populated.size:
            rows = with_neighbours(populated, doubled_spin)
            inside = amplitudes[rows, rows]  # M_j is symmetric
            signs = (-1.0) ** np.arange(len(inside))
            yield Part(doubled_spin, rows.start, signs[:, None] * signs * (inside @ inside.T))


def _amplitudes(pairs: PairDistribution) -> Iterator[tuple[int, FloatArray]]:
    """2j and sqrt(d_j) |M_j|, j falling."""
    n_atoms = pairs.model.n_atoms
    log_factorial = gammaln(np.arange(n_atoms + 1) + 1.0)
    log_binomial = log_factorial[-1] - log_factorial - log_factorial[::-1]
    log_c = (pairs.log_weight - np.arange(n_atoms + 1) * np.log(2) - log_binomial) / 2
    for lowered, (doubled_spin, log_copies) in enumerate(
        zip(doubled_spins(n_atoms), log_degeneracy(n_atoms), strict=True)
    ):
        a = np.arange(doubled_spin + 1)
        rest = doubled_spin - a[:, None] - a
        edge = (log_factorial[doubled_spin - a] - log_factorial[a] + log_copies / 2) / 2
        logs = edge[:, None] + edge + log_c[np.minimum(2 * lowered + a[:, None] + a, n_atoms)]
        yield int(doubled_spin), np.where(rest >= 0, np.exp(logs - log_factorial[np.maximum(rest, 0)]), 0.0)


def density_blocks(model: Model, rabi_frequency: float) -> Blocks:
    """Weighted blocks of the steady state: `blocks` of `pair_distribution`, with its arguments and errors."""
    return blocks(pair_distribution(model, rabi_frequency))


def barrier(pairs: PairDistribution) -> int | None:
    """k at the minimum of p_k between its two maxima; None if p_k has one maximum only.

    p_{k+1} / p_k = 1 is a cubic in k, so that there are two maxima at most: one near x_- N of
    `mean_field_pair_fractions`, one near N, where all pairs |t> make the totally mixed state.
    """
    ratios = _log_ratios(pairs.model, pairs.rabi_frequency)[pairs.first : pairs.last]
    falls = np.flatnonzero(ratios < 0)
    if falls.size == 0 or falls[-1] == ratios.size - 1:
        return None
    return pairs.first + int(falls[-1]) + 1


def restricted(pairs: PairDistribution) -> RestrictedPhases:
    """Closed-form approximations of rho_+ (k up to the barrier) and rho_- (k above it), with their weights.

    Each is the state of A that goes with the normalised projection of |Psi> on one side: a positive matrix of trace 1.
    Coherences c_k c_{k+1} across the barrier belong to neither, where p_k is smallest.

    Raises:
        checks.ParameterError: p_k has one maximum only.
    """
    top = barrier(pairs)
    if top is None:
        raise checks.ParameterError(
            f"argument pairs must have two maxima, but there is one at rabi_frequency {pairs.rabi_frequency!r}"
        )
    lower, upper = _part(pairs, pairs.first, top), _part(pairs, top + 1, pairs.last)
    return RestrictedPhases(lower[0], upper[0], lower[1], upper[1])


def _part(pairs: PairDistribution, first: int, last: int) -> tuple[PairDistribution, float]:
    """The part k = first ... last of `pairs`, normalised, and ln of its weight."""
    logs = np.full_like(pairs.log_weight, -np.inf)
    total = _log_total(pairs.log_weight[first : last + 1])
    logs[first : last + 1] = pairs.log_weight[first : last + 1] - total
    return PairDistribution(pairs.model, pairs.rabi_frequency, logs, first, last), total


def mean_field_pair_fractions(drive: float) -> tuple[float, float]:
    """(x_-, x_+) = (1 -+ sqrt(1 - 2 w^2)) / 2, w = Omega / Omega_c <= 1 / sqrt 2: Eq. (3) with s_z = x - 1.

    For N -> infinity and gamma_s << N gamma_c, p_{k+1} / p_k -> w^2 / (2 x (1 - x)) with x = k/N: a maximum of p_k at
    x_- (the lower branch), the barrier at x_+ (the middle branch) and a second maximum at x = 1 (the upper branch).

    Raises:
        checks.ParameterError: `drive` is negative or above 1 / sqrt 2.
    """
    if checks.real("drive", drive, 0.0) > np.sqrt(0.5):
        raise checks.ParameterError(f"argument drive must be at most 1/sqrt(2), but is {drive!r}")
    root = float(np.sqrt(max(1 - 2 * drive**2, 0.0)))  # the square of 1/sqrt(2) may round to above 1/2
    return (1 - root) / 2, (1 + root) / 2


def limit_critical_drive() -> float:
    """Omega_PT / Omega_c -> sqrt(2 x (1 - x)) = 0.56904 for N -> infinity, with x = -W_0(-2 e^-2) / 2 = 0.20319.

    Both maxima of p_k weigh the same, to exponential order in N, where

        integral_{x_-}^1 ln[w^2 / (2 x (1 - x))] dx = ln x_- + 2 (1 - x_-) = 0,    w^2 = 2 x_- (1 - x_-).

    Hence x e^(-2x) = e^-2, solved by Lambert's function W_0 (the other branch is x = 1). The drive of equal weights
    approaches it algebraically: Stirling's formula for p_k gives (1 + 2 gamma_s / gamma_c) (w / (2 - 2x)) ln N / N.
    """
    x = -float(lambertw(-2 * np.exp(-2.0)).real) / 2
    return float(np.sqrt(2 * x * (1 - x)))
