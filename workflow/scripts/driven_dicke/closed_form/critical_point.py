"""Where the transition lies at finite N: Eq. (C2), and the exponential law that the paper fits to it."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq, curve_fit

from driven_dicke.closed_form import absorber
from driven_dicke.mean_field import branches as mean_field
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import FloatArray, IntArray
from driven_dicke.model.parameters import Model


def smallest_bistable_size(model: Model) -> int:
    """Smallest N with Gamma > 8 gamma, that is (N - 1) gamma_c > 8 (gamma_c + gamma_s), at the rates of a model."""
    return int(np.floor(mean_field.BISTABILITY_RATIO * model.single_atom_rate / model.gamma_c)) + 2


def critical_drive(model: Model) -> float:
    """Omega_PT / Omega_c at which the exact <S_z> lies midway between the stable mean-field branches, Eq. (C2).

    Found to 1e-12 within the bistable region (B5).

    Raises:
        checks.ParameterError: no bistable region (Gamma <= 8 gamma), or <S_z> does not cross the middle inside it.
    """
    ratio = model.collective_rate / model.single_atom_rate
    if model.gamma_c == 0:
        raise checks.ParameterError("argument model must have gamma_c > 0: without collective decay nothing changes")
    if ratio <= mean_field.BISTABILITY_RATIO:
        raise checks.ParameterError(
            f"N = {model.n_atoms} at gamma_c = {model.gamma_c / model.gamma_s:g} gamma_s has no critical point by Eq. "
            f"(C2): the mean field is bistable from N = {smallest_bistable_size(model)} on (Gamma > 8 "
            f"gamma), but Gamma / gamma is {ratio:.3g}"
        )

    def excess(drive: float) -> float:
        exact = absorber.steady_state_moments(model, model.rabi_frequency(drive)).s_z
        return exact - model.n_atoms / 2 * float(mean_field.mean_of_stable_branches(ratio, drive))

    lower, upper = mean_field.bistability_edges(ratio)
    if not excess(lower) < 0 < excess(upper):
        raise checks.ParameterError(
            f"N = {model.n_atoms} at gamma_c = {model.gamma_c / model.gamma_s:g} gamma_s has no critical point by Eq. "
            f"(C2): <S_z> does not cross the middle of the branches between the edges, {lower:.4g} and {upper:.4g}"
        )
    return float(brentq(excess, lower, upper, xtol=1e-13, rtol=1e-12))


@dataclass(frozen=True)
class ExponentialLaw:
    """drive = limit + amplitude exp(-N / scale), with standard errors of the three parameters, each shape (3,)."""

    parameters: FloatArray
    errors: FloatArray

    def __call__(self, n_atoms: IntArray | FloatArray) -> FloatArray:
        """The law at each N."""
        limit, amplitude, scale = self.parameters
        return limit + amplitude * np.exp(-np.asarray(n_atoms) / scale)


def fit_exponential(n_atoms: IntArray, drives: FloatArray) -> ExponentialLaw:
    """Least-squares fit of the exponential law to drives (n,) at sizes `n_atoms` (n,), n >= 4 (Fig. 10).

    Raises:
        checks.CertificateError: the fit does not settle.
    """
    start = (drives[-1], drives[0] - drives[-1], (n_atoms[-1] - n_atoms[0]) / 3)
    try:
        parameters, covariance = curve_fit(
            lambda n, limit, amplitude, scale: limit + amplitude * np.exp(-n / scale),
            n_atoms.astype(float),
            drives,
            p0=start,
            bounds=([0, -np.inf, 1e-6], np.inf),
        )
    except RuntimeError as error:
        raise checks.CertificateError(f"the exponential fit of the critical point did not settle: {error}") from error
    return ExponentialLaw(parameters, np.sqrt(np.diag(covariance)))
