"""Where both maxima of p_k weigh the same: exactly at any N, and how that drive approaches its limit.

With r = gamma_s / gamma_c, w = Omega / Omega_c and n = N - k the recursion of `absorber` is solved by

    ln p_k = k ln[w^2 (N-1)^2 / 2] - ln k! - ln n! + 2 ln Gamma(n + 1 + r) + constant.

Stirling's formula about the inner maximum, x = x_-(w) of `absorber.mean_field_pair_fractions`, and the last term k = N
alone at the other end, where p falls off by a factor 2 (1 + r)^2 / (w^2 N) per pair, give the weights W_+ and W_-:

    ln(W_+ / W_-) = -N [ln x + 2 (1 - x)] + (1 + 2r) ln[N (1 - x)] + 2 (1 - x) + ln(2 pi) - ln(1 - 2x) / 2
                    - 2 ln Gamma(1 + r) + O(1/N).

The bracket vanishes at the limiting drive w and falls there by 2 (1 - x) / w per unit of drive, whence

    Omega_PT / Omega_c = w + (a ln N + b) / N + O(ln^2 N / N^2),    a = (1 + 2r) w / (2 (1 - x)),
    b = w / (2 (1 - x)) [(1 + 2r) ln(1 - x) + 2 (1 - x) + ln(2 pi) - ln(1 - 2x) / 2 - 2 ln Gamma(1 + r)]:

an algebraic approach with a logarithm. docs/extensions.md has every step.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln, xlogy

from driven_dicke.closed_form import absorber
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import FloatArray
from driven_dicke.model.parameters import Model

LARGEST_NUMBER_OF_STEPS = 200
LARGEST_LOG_RATIO = 1e-9  # of W_+ / W_- at a drive of equal weights


class Balance(NamedTuple):
    """ln(W_+ / W_-) at one drive, and its derivative by Omega / Omega_c at a fixed barrier."""

    log_ratio: float
    slope: float


@dataclass(frozen=True)
class ApproachLaw:
    """Omega_PT / Omega_c = limit + (logarithm ln N + constant) / N for N -> infinity, in units of Omega_c.

    Attributes:
        limit: 0.56904.
        logarithm: a of the module's docstring.
        constant: b of the module's docstring.
        mid_branch_difference: N^2 times the drive of Eq. (C2) minus the drive of equal weights, N -> infinity.
        slope_per_atom: -(1/N) d ln(W_+ / W_-) / d drive = 2 (1 - x) / w at the limit.
    """

    limit: float
    logarithm: float
    constant: float
    mid_branch_difference: float
    slope_per_atom: float

    def __call__(self, n_atoms: ArrayLike) -> FloatArray:
        """The law at each N."""
        n = np.asarray(n_atoms, dtype=float)
        return self.limit + (self.logarithm * np.log(n) + self.constant) / n


def approach_law(model: Model) -> ApproachLaw:
    """The law of approach at the rates of `model`; its number of atoms does not enter.

    `mid_branch_difference` is D w / (1 - x)^2, the same at all rates, where D / N is the distance of <n>_+ / N from the
    mean field of N atoms: D = -h' / |phi''| - phi''' / (2 phi''^2) - 2 (1 + r) x / (1 - 2x) with the exponent phi of
    `limit_exponent` and the prefactor h = ln[(1-x)/x] / 2 + 2r ln(1-x) - 2x of p_k, or D = -x^2 (3 - 4x) / (1 - 2x)^2.

    Raises:
        checks.ParameterError: gamma_c = 0, where no transition exists.
    """
    if model.gamma_c == 0:
        raise checks.ParameterError("argument model must have gamma_c > 0: without collective decay nothing changes")
    r, w = model.gamma_s / model.gamma_c, absorber.limit_critical_drive()
    x, y = absorber.mean_field_pair_fractions(w)
    slope = 2 * y / w
    constant = (1 + 2 * r) * np.log(y) + 2 * y + np.log(2 * np.pi) - np.log(1 - 2 * x) / 2 - 2 * gammaln(1 + r)
    shift = -(x**2) * (3 - 4 * x) / (1 - 2 * x) ** 2
    return ApproachLaw(w, (1 + 2 * r) / slope, float(constant / slope), shift * w / y**2, slope)


def balance(model: Model, drive: float) -> Balance:
    """ln(W_+ / W_-) of `absorber.restricted` and its derivative 2 (<k>_+ - <k>_-) / drive, exact since p_k ~ drive^2k.

    Raises:
        checks.ParameterError: p_k has one maximum only at this drive, or an argument is out of range.
    """
    pairs = absorber.pair_distribution(model, model.rabi_frequency(drive))
    parts = absorber.restricted(pairs)
    plus, minus = (
        float(np.exp(part.log_weight[part.first : part.last + 1]) @ np.arange(part.first, part.last + 1.0))
        for part in (parts.plus, parts.minus)
    )
    return Balance(parts.log_weight_plus - parts.log_weight_minus, 2 * (plus - minus) / drive)


def equal_weight_drive(model: Model) -> float:
    """Omega / Omega_c at which ln(W_+ / W_-) passes 0, by Newton's method from the law of approach.

    The ratio falls with the drive. It also falls by a jump where the barrier moves on by one k, which for few atoms may
    leave 0 out (N = 20 at gamma_c = 5 gamma_s): then the jump is found, by bisection to the last bits.

    Raises:
        checks.ParameterError: p_k has one maximum only on the way: too few atoms for two phases.
        checks.CertificateError: neither equal weights to 1e-9 nor a jump over them was found.
    """
    drive = float(approach_law(model)(model.n_atoms))
    if not drive > 0:
        ratio = model.gamma_c / model.gamma_s
        raise checks.ParameterError(
            f"N = {model.n_atoms} has too few atoms for two phases at gamma_c = {ratio:g} gamma_s"
        )
    below, above = -np.inf, np.inf
    for _ in range(LARGEST_NUMBER_OF_STEPS):
        log_ratio, slope = balance(model, drive)
        if log_ratio > 0:
            below = drive
        else:
            above = drive
        if abs(log_ratio) <= LARGEST_LOG_RATIO or above - below <= 4 * np.finfo(float).eps:
            return drive
        drive -= log_ratio / slope
        if not below < drive < above:
            drive = (below + above) / 2
    raise checks.CertificateError(
        f"no drive of equal weights was found for N = {model.n_atoms}: ln(W_+/W_-) is {log_ratio:.1e} at {drive:.6g}"
    )


def limit_exponent(drive: float, position: ArrayLike) -> FloatArray:
    """phi(x) = lim ln(p_k) / N up to a constant, x = k / N: x ln(w^2/2) - x ln x + (1-x) ln(1-x) + 2x.

    Its derivative is ln[w^2 / (2x (1-x))]. Shape as `position`, which lies within [0, 1].
    """
    x = np.asarray(position, dtype=float)
    return x * np.log(drive**2 / 2) - xlogy(x, x) + xlogy(1 - x, 1 - x) + 2 * x
