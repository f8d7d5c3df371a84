"""The closed-form steady state in 50 decimal digits: the sums of Roberts and Clerk as they stand.

A second way to everything that `absorber` says about N beyond the reach of a linear solver. No logarithms, no sum made
free of cancellation, nothing of its code: p_k from the recursion as plain numbers of any exponent, c_k = +-sqrt(p_k),
and (PRL 131, 190403, in the real frame of `dicke_basis`, n = N - k)

    <S_z> = -<n>/2,    <S_z^2> = N/4 + <n (n-1)>/4,    <S_+S_-> = <k (n+1)>/2,
    <S_+S_+S_-S_-> = <k (k-1) (n+1) (n+2)>/4,          <S_-> = sum_k c_k c_{k-1} sqrt(k (n+1) / 2),
    <S_-^2> = sum_k c_k c_{k-2} sqrt(k (k-1) (n+1) (n+2)) / 2,
    <S_+S_z> = -sum_k c_{k+1} c_k n sqrt((k+1) n / 8).

Each is a difference of numbers of order N^2 where the result is of order N: 50 digits leave 30 at N = 10^6.
"""

from decimal import Context, Decimal, localcontext

import numpy as np

from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import FloatArray
from driven_dicke.model.observables import Observables, spin_squeezing
from driven_dicke.model.parameters import Model

CONTEXT = Context(prec=50, Emax=999_999_999_999, Emin=-999_999_999_999)


def pair_weights(model: Model, rabi_frequency: float) -> list[Decimal]:
    """p_k, k = 0 ... N, not normalised (p_0 = 1): about 1 s at N = 10^6.

    Raises:
        checks.ParameterError: `rabi_frequency` is not positive.
    """
    omega = checks.real("rabi_frequency", rabi_frequency, 0.0, exclusive=True)
    with localcontext(CONTEXT):
        gamma_c, gamma_s, drive = Decimal(model.gamma_c), Decimal(model.gamma_s), 8 * Decimal(omega) ** 2
        weights = [Decimal(1)]
        for k in range(model.n_atoms):
            n = model.n_atoms - k
            weights.append(weights[-1] * drive * n / ((k + 1) * (gamma_c * n + gamma_s) ** 2))
    return weights


def log_weight_ratio(model: Model, rabi_frequency: float) -> float:
    """ln(W_+ / W_-): what lies below over what lies above the least p_k between the two maxima.

    Raises:
        checks.ParameterError: p_k has one maximum only.
    """
    weights = pair_weights(model, rabi_frequency)
    falls = [k for k in range(model.n_atoms) if weights[k + 1] < weights[k]]
    if not falls or falls[-1] == model.n_atoms - 1:
        raise checks.ParameterError(f"p_k has one maximum only at rabi_frequency {rabi_frequency!r}")
    with localcontext(CONTEXT):
        lowest = falls[-1] + 1
        return float((sum(weights[: lowest + 1], Decimal(0)) / sum(weights[lowest + 1 :], Decimal(0))).ln())


def moments(model: Model, rabi_frequency: float) -> Observables:
    """Expectation values in the steady state by the sums above; about 1 s at N = 10^5.

    Raises:
        checks.ParameterError: `rabi_frequency` is not positive.
    """
    return _moments_and_covariance(model, rabi_frequency)[0]


def covariance(model: Model, rabi_frequency: float) -> FloatArray:
    """Symmetrised covariance of (S_x', S_y', S_z), shape (3, 3), with the errors of `moments`."""
    return _moments_and_covariance(model, rabi_frequency)[1]


def _moments_and_covariance(model: Model, rabi_frequency: float) -> tuple[Observables, FloatArray]:
    weights = pair_weights(model, rabi_frequency)
    n_atoms, zero = model.n_atoms, Decimal(0)
    with localcontext(CONTEXT):
        total = sum(weights, zero)
        p = [weight / total for weight in weights]
        c = [weight.sqrt() if k % 2 == 0 else -weight.sqrt() for k, weight in enumerate(p)]
        root = [Decimal(k * (n_atoms - k + 1)).sqrt() for k in range(n_atoms + 2)]
        n = [n_atoms - k for k in range(n_atoms + 1)]
        n_mean = sum((p[k] * n[k] for k in range(n_atoms + 1)), zero)
        s_z, s_z_squared = -n_mean / 2, (n_atoms + sum((p[k] * (n[k] * (n[k] - 1)) for k in range(n_atoms)), zero)) / 4
        intensity = sum((p[k] * (k * (n[k] + 1)) for k in range(n_atoms + 1)), zero) / 2
        twice = sum((p[k] * (k * (k - 1) * (n[k] + 1) * (n[k] + 2)) for k in range(n_atoms + 1)), zero) / 4
        s_minus = sum((c[k] * c[k - 1] * root[k] for k in range(1, n_atoms + 1)), zero) / Decimal(2).sqrt()
        s_minus_squared = sum((c[k] * c[k - 2] * root[k] * root[k - 1] for k in range(2, n_atoms + 1)), zero) / 2
        plus_z = -sum((c[k + 1] * c[k] * n[k] * root[k + 1] for k in range(n_atoms)), zero) / Decimal(8).sqrt()
        planar = intensity - s_z
        # <S_+ S_z> is real, so that its mean with <S_z S_+> = <S_+ S_z> + <S_+> symmetrises S_x and S_z.
        matrix = np.zeros((3, 3))
        matrix[0, 0] = float((planar + s_minus_squared) / 2 - s_minus**2)
        matrix[1, 1] = float((planar - s_minus_squared) / 2)
        matrix[2, 2] = float(s_z_squared - s_z**2)
        matrix[0, 2] = matrix[2, 0] = float(plus_z + s_minus / 2 - s_minus * s_z)
        expectation = Observables(
            s_z=float(s_z),
            s_squared=float(planar + s_z_squared),
            intensity=float(intensity),
            g2=float(twice / intensity**2),
            xi2=spin_squeezing(n_atoms, np.array([float(s_minus), 0.0, float(s_z)]), matrix),
            s_minus=float(abs(s_minus)),
        )
        return expectation, matrix
