"""Spin squeezing around a mean-field state in closed form (Sec. V A, Appendix F).

Small fluctuations of the collective spin about its mean are a boson a with d<a>/dt and vacuum noise of Eq. (F7).
Everything follows from `gamma_ratio` = Gamma / gamma (see mean_field) and the mean-field values per atom s_y, s_z of
the lower branch, |s|^2 = s_y^2 + s_z^2, cos theta = s_z / |s|. All functions broadcast; NaN (no such branch) stays.

Two readings of xi^2 = min Var[S_phi] N / |<S>|^2 (Kitagawa & Ueda; Wineland et al., PRA 50, 67) are kept:

* `xi2`, what the paper plots: Eq. (F10) sets it equal to the variance of e^{i phi} a^+ + h.c. With the transformation
  (F4) that variance still has to be multiplied by N / (2 j_MF) = 1 / |s| > 1, and (F7) does not keep [a, a^+] = 1.
* `xi2_pair_correlation`, which keeps both and tends to the exact steady state of Eq. (1) for N -> infinity.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from driven_dicke.mean_field.branches import dicke_mean_field, zeroth_order_spread
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import FloatArray


class Correlators(NamedTuple):
    """Steady second moments of the collective fluctuation a; both are real."""

    number: FloatArray  # <a^+ a>
    anomalous: FloatArray  # <a^2>


class _MeanSpin(NamedTuple):
    gamma: float  # gamma / Gamma
    length: FloatArray
    cosine: FloatArray


def _mean_spin(gamma_ratio: float, s_y: ArrayLike, s_z: ArrayLike) -> _MeanSpin:
    ratio = checks.real("gamma_ratio", gamma_ratio, 0.0, exclusive=True)
    s_y, s_z = np.broadcast_arrays(np.asarray(s_y, dtype=float), np.asarray(s_z, dtype=float))
    length = np.hypot(s_y, s_z)
    # The noise damps the fluctuations, and x is the squeezed direction, only if the mean spin points downwards.
    if np.any((length > 1 + 1e-9) | (length == 0) | (s_z > 0)):
        raise checks.ParameterError(
            f"arguments s_y, s_z must be a mean spin with 0 < s_y^2 + s_z^2 <= 1 and s_z <= 0, but are {s_y!r}, {s_z!r}"
        )
    return _MeanSpin(1 / ratio, length, s_z / length)


def correlators(gamma_ratio: float, s_y: ArrayLike, s_z: ArrayLike) -> Correlators:
    """<a^+ a> and <a^2> in the steady state of Eq. (F7), Eqs. (F11)."""
    g, length, cosine = _mean_spin(gamma_ratio, s_y, s_z)
    sine_squared = 1 - cosine**2
    noise = (1 + g) * length / 4
    damping = g - length * cosine  # twice the rate of a + a^+, in units of Gamma
    sum_part = cosine**2 / damping
    difference_part = 1 / (damping + g * sine_squared)
    mixed_part = 2 * cosine / (damping + g * sine_squared / 2)
    return Correlators(noise * (sum_part + mixed_part + difference_part), noise * (sum_part - difference_part))


def xi2(gamma_ratio: float, s_y: ArrayLike, s_z: ArrayLike) -> FloatArray:
    """1 + 2 (<a^+ a> - |<a^2>|), Eqs. (7) and (F10) with (F11): the curve of the paper's figures.

    Args:
        gamma_ratio: Gamma / gamma > 0.
        s_y: mean-field values per atom on the lower branch, any shape.
        s_z: mean-field values per atom on the lower branch, any shape.

    Raises:
        checks.ParameterError: gamma_ratio <= 0, or a mean spin that vanishes, points upwards or is longer than 1.
    """
    number, anomalous = correlators(gamma_ratio, s_y, s_z)
    return 1 + 2 * (number - abs(anomalous))


def xi2_quadrature(gamma_ratio: float, s_y: ArrayLike, s_z: ArrayLike) -> FloatArray:
    """Var[a + a^+] = |s| (Gamma + gamma) cos^2 theta / (gamma - Gamma |s| cos theta).

    The least variance min Var[e^{i phi} a^+ + h.c.] in the steady state of Eq. (F7). It equals `xi2` only as far as
    [a, a^+] = 1 holds, that is up to O(gamma / Gamma). Arguments and errors as `xi2`.
    """
    g, length, cosine = _mean_spin(gamma_ratio, s_y, s_z)
    return length * (1 + g) * cosine**2 / (g - length * cosine)


def xi2_pair_correlation(gamma_ratio: float, s_y: ArrayLike, s_z: ArrayLike) -> FloatArray:
    """(Gamma s_z^2 + gamma) / (|s|^2 (gamma - Gamma s_z)): N Var[S_x] / |<S>|^2 from the pair correlation.

    With c = <sigma_n^x sigma_m^x>, n != m, Eq. (1) gives, exactly and whatever the drive,
    dc/dt = -gamma c + gamma_c <(1 + sigma_n^z) sigma_m^z> + (N - 2) gamma_c <sigma_n^x sigma_m^x sigma_l^z>; factorise
    off sigma^z, put N - 2 ~ N - 1 and use 4 Var[S_x] / N = 1 + (N - 1) c. Arguments and errors as `xi2`.
    """
    g, length, cosine = _mean_spin(gamma_ratio, s_y, s_z)
    s_z = length * cosine
    return (s_z**2 + g) / (length**2 * (g - s_z))


def xi2_collective_limit(drive: ArrayLike) -> FloatArray:
    """-cos theta = (1 + r) / sqrt(2 (1 + w^2 + r)), w = drive, r = sqrt(1 - 2 w^2): `xi2` for Gamma >> gamma, Eq. (8).

    Eq. (F14) prints the root over the first two terms only. Falls to 1/sqrt(3) at w = 1/sqrt(2); NaN beyond.
    """
    r = zeroth_order_spread(drive)
    return (1 + r) / np.sqrt(2 * (1 + np.asarray(drive, dtype=float) ** 2 + r))


def xi2_pair_correlation_limit(drive: ArrayLike) -> FloatArray:
    """|s_z| / |s|^2 = 2 / (3 - r), r = sqrt(1 - 2 drive^2): `xi2_pair_correlation` for Gamma >> gamma.

    Eq. (8) divided by |s|. Falls to 2/3 at drive = 1/sqrt(2); NaN beyond.
    """
    return 2 / (3 - zeroth_order_spread(drive))


def xi2_dicke(drive: ArrayLike) -> FloatArray:
    """sqrt(1 - drive^2), Eq. (F13): purely collective decay, N -> infinity; NaN for drive > 1."""
    return -dicke_mean_field(drive)[1]
