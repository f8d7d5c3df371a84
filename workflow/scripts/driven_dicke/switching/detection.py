"""Which phase is it? What counts at two detectors tell of it, and how often the best filter is wrong.

In either phase the detectors click like independent Poisson processes: photons are correlated for 1/(N gamma_c) only,
much shorter than any window considered here. The phases follow each other as a two-state Markov process.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize_scalar

from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import FloatArray
from driven_dicke.switching.switching_law import OfPhases

LARGEST_SIMULATED = 100.0  # information per mean dwell time up to which the filter is simulated
_TRAJECTORIES, _DWELLS = 200, 40


class FilterError(NamedTuple):
    """How often the most likely phase, given all counts so far, is not the phase."""

    probability: float
    standard_error: float  # 0 for an estimate
    simulated: bool


def _rates(plus: ArrayLike, minus: ArrayLike) -> tuple[FloatArray, FloatArray]:
    pair = np.atleast_1d(np.asarray(plus, dtype=float)), np.atleast_1d(np.asarray(minus, dtype=float))
    if pair[0].shape != pair[1].shape or not all(np.isfinite(p).all() and (p >= 0).all() for p in pair):
        raise checks.ParameterError(f"arguments plus and minus must be rates >= 0 of as many detectors, but are {pair}")
    return pair


def chernoff_rate(plus: ArrayLike, minus: ArrayLike) -> float:
    """C: the least error in telling the phases apart after a time t is at most exp(-C t) / 2, and falls as exp(-C t).

    C = max_s sum [s r_+ + (1 - s) r_- - r_+^s r_-^(1-s)] over 0 < s < 1, of Poisson counts at independent detectors.

    Args:
        plus, minus: count rates of every detector in either phase, shape (n_detectors,), any unit.

    Raises:
        checks.ParameterError: the shapes differ, or a rate is negative or not finite.
    """
    r_plus, r_minus = _rates(plus, minus)

    def lost(s: float) -> float:
        return -float((s * r_plus + (1 - s) * r_minus - r_plus**s * r_minus ** (1 - s)).sum())

    found = minimize_scalar(lost, bounds=(1e-6, 1 - 1e-6), method="bounded", options={"xatol": 1e-9})
    # Of equal rates only rounding is left.
    return -float(found.fun) if -found.fun > 1e-14 * float((r_plus + r_minus).sum()) else 0.0


def distinguishing_time(plus: ArrayLike, minus: ArrayLike, error: float) -> float:
    """Time after which the phases, equally likely before, are told apart with at most `error`: ln(1 / 2 error) / C.

    Raises:
        checks.ParameterError: as `chernoff_rate`; or `error` is not between 0 and 1/2.
    """
    if checks.real("error", error, 0.0, exclusive=True) >= 0.5:
        raise checks.ParameterError(f"argument error must be below 1/2, but is {error!r}")
    rate = chernoff_rate(plus, minus)
    return float(np.log(0.5 / error) / rate) if rate > 0 else float("inf")


def relative_entropy_rate(first: ArrayLike, second: ArrayLike) -> float:
    """Kullback-Leibler information per time, sum [r ln(r / r') - r + r'], of counts of `first` against `second`."""
    r, other = _rates(first, second)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(r > 0, r * np.log(r / other), 0.0) - r + other
    return float(terms.sum())


def filter_error(plus: ArrayLike, minus: ArrayLike, leave: OfPhases, seed: int = 1) -> FilterError:
    """Error of the Bayesian filter of the two-state hidden Markov process on the counts.

    Simulated where the counts of a mean dwell time hold up to LARGEST_SIMULATED times the information for an error of
    1/e; beyond, the filter is wrong only for as long as a switch takes to show, ln(K / Gamma) / K with K the
    `relative_entropy_rate` of the new phase against the old one (Lorden's delay), which overestimates somewhat.

    Args:
        plus, minus: count rates of every detector in either phase, shape (n_detectors,).
        leave: rates of leaving rho_+ and rho_-, > 0, same unit.
        seed: of the simulation.

    Raises:
        checks.ParameterError: an argument is out of range.
    """
    r_plus, r_minus = _rates(plus, minus)
    out = [checks.real(f"leave.{name}", rate, 0.0, exclusive=True) for name, rate in leave._asdict().items()]
    total, information = sum(out), chernoff_rate(r_plus, r_minus)
    share_plus = out[1] / total
    blind = min(share_plus, 1 - share_plus)  # always to guess the likelier phase
    if information == 0:
        return FilterError(blind, 0.0, False)
    if information / total > LARGEST_SIMULATED:
        wrong = 0.0
        for share, rate, new, old in (
            (share_plus, out[0], r_minus, r_plus),
            (1 - share_plus, out[1], r_plus, r_minus),
        ):
            gain = relative_entropy_rate(new, old)
            wrong += share * rate * np.log(max(gain / rate, np.e)) / gain
        return FilterError(float(min(wrong, blind)), 0.0, False)
    random = np.random.default_rng(checks.seed("seed", seed))
    step = min(0.2 / information, 0.02 / total)
    steps, settle = int(np.ceil(_DWELLS / total / step)), int(np.ceil(5 / total / step))
    decay = np.exp(-total * step)
    stay_plus, come_plus = share_plus + (1 - share_plus) * decay, share_plus * (1 - decay)
    is_plus = random.random(_TRAJECTORIES) < share_plus
    belief = np.full(_TRAJECTORIES, share_plus)
    log_ratio = np.log(np.maximum(r_plus, 1e-300) / np.maximum(r_minus, 1e-300))
    drift = float((r_plus - r_minus).sum()) * step
    wrong_of = np.zeros(_TRAJECTORIES)
    for number in range(settle + steps):
        is_plus = random.random(_TRAJECTORIES) < np.where(is_plus, stay_plus, come_plus)
        counts = random.poisson(np.where(is_plus[:, None], r_plus, r_minus) * step)
        belief = come_plus + (stay_plus - come_plus) * belief
        odds = np.log(belief / (1 - belief)) + counts @ log_ratio - drift
        belief = np.clip(1 / (1 + np.exp(-np.clip(odds, -700, 700))), 1e-300, 1 - 1e-16)
        if number >= settle:
            wrong_of += (belief > 0.5) != is_plus
    error = wrong_of / steps
    return FilterError(float(error.mean()), float(error.std(ddof=1) / np.sqrt(_TRAJECTORIES)), True)
