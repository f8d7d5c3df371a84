"""Coherently radiating spin states (CRSS) and the exact steady state of purely collective dissipation.

Somech and Shahmoon, PRX Quantum 5, 010349 (2024). In the real frame of `dicke_basis` the amplitude alpha is real,
alpha = -2 Omega / gamma_c: only then does Eq. (1) with gamma_s = 0 leave S_-|alpha> = alpha|alpha> stationary.
"""

import numpy as np
from scipy.special import gammaln

from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import Blocks, FloatArray
from driven_dicke.model.observables import number_of_atoms, spin_weights
from driven_dicke.model.parameters import Model


def amplitude(model: Model, rabi_frequency: float) -> float:
    """alpha = -2 Omega / gamma_c, the eigenvalue of S_- in the real frame; |alpha| = (N/2) Omega / (N gamma_c / 4).

    Raises:
        checks.ParameterError: gamma_c = 0, or `rabi_frequency` is negative or not finite.
    """
    if model.gamma_c == 0:
        raise checks.ParameterError("a coherently radiating spin state needs gamma_c > 0, but gamma_c is 0")
    return -2 * checks.real("rabi_frequency", rabi_frequency, 0.0) / model.gamma_c


def _log_coefficients(doubled_spin: int, alpha: float) -> tuple[FloatArray, FloatArray]:
    """ln |c_a| and sign of c_a = alpha^a sqrt((2j-a)! / (a! (2j)!)), a = j + m, with c_0 = 1; shape (2j+1,) each."""
    checks.integer("doubled_spin", doubled_spin, 0)
    checks.real("alpha", alpha)
    a = np.arange(doubled_spin + 1.0)
    with np.errstate(divide="ignore"):  # alpha = 0: ln c = -inf but for c_0
        powers = np.concatenate([[0.0], a[1:] * np.log(abs(alpha))])
    logs = powers + (gammaln(doubled_spin - a + 1) - gammaln(a + 1) - gammaln(doubled_spin + 1.0)) / 2
    return logs, np.where((a % 2 == 1) & (alpha < 0), -1.0, 1.0)


def coefficients(doubled_spin: int, alpha: float) -> FloatArray:
    """CRSS |alpha> of spin j: c_{m+1} = alpha c_m / <j, m|S_-|j, m+1>, normalised, shape (2j+1,), m rising.

    The recursion solves S_-|alpha> = alpha|alpha> in every component but the top one, where -alpha c_j is left over:
    a finite spin has no exact eigenstate, and for |alpha| < j the rest is exponentially small in j. The closed form is
    c_m proportional to alpha^(j+m) sqrt((j-m)! / (j+m)!).
    """
    logs, signs = _log_coefficients(doubled_spin, alpha)
    magnitudes: FloatArray = np.exp(logs - logs.max())
    return signs * (magnitudes / np.linalg.norm(magnitudes))


def dicke_steady_state(doubled_spin: int, alpha: float) -> FloatArray:
    """rho_j proportional to (1 - S_-/alpha)^-1 (1 - S_+/alpha)^-1, trace 1, shape (2j+1, 2j+1), at any alpha.

    The steady state of Eq. (1) with gamma_s = 0 for spin j, below and above the critical drive (Puri and Lawande,
    Phys. Lett. A 72, 200 (1979)): with A = S_- - alpha the equation reads gamma_c D[A] rho = 0, solved by
    rho = (A^+ A)^-1. The inverse of the bidiagonal A has the elements c_a / c_b (a <= b) of the CRSS coefficients c,
    hence, up to a factor,

        rho[a, b] = c_a c_b sum_{k >= max(a, b)} 1 / c_k^2,

    a sum of CRSS truncated at each height k, of which k = 2j is the CRSS itself. Its terms have one sign, so that
    nothing cancels. alpha = 0 gives the lowest state.
    """
    logs, signs = _log_coefficients(doubled_spin, alpha)
    if alpha == 0:
        return np.diag(np.exp(logs))
    tails = np.logaddexp.accumulate(-2 * logs[::-1])[::-1]
    populations = 2 * logs + tails
    norm = populations.max() + np.log(np.exp(populations - populations.max()).sum())
    a = np.arange(doubled_spin + 1)
    state: FloatArray = np.exp(logs[:, None] + logs + tails[np.maximum(a[:, None], a)] - norm)
    return signs[:, None] * signs * state


def _root_fidelity(state: FloatArray, alpha: float) -> float:
    """sqrt(<alpha|rho|alpha>) of one block, shape (2j+1, 2j+1).

    Raises:
        checks.CertificateError: the overlap is negative beyond rounding, so that the block is no state.
    """
    crss = coefficients(len(state) - 1, alpha)
    overlap = float(crss @ state @ crss)
    if overlap < -1e-12:
        raise checks.CertificateError(f"the overlap of a state with the CRSS is negative: {overlap:.3e}")
    return float(np.sqrt(max(overlap, 0.0)))


def fidelity(blocks: Blocks, model: Model, rabi_frequency: float) -> float:
    """Root fidelity sqrt(<alpha|rho|alpha>) with the CRSS of spin N/2 (Sec. V); only the block j = N/2 has a share.

    Raises:
        checks.ParameterError: gamma_c = 0, or `blocks` is not a state of N = `model.n_atoms`.
        checks.CertificateError: the overlap is negative beyond rounding (1e-12).
    """
    _check_atoms(blocks, model)
    return _root_fidelity(blocks[0], amplitude(model, rabi_frequency))


def fidelity_by_spin(blocks: Blocks, model: Model, rabi_frequency: float) -> FloatArray:
    """Root fidelity of rho_j / tr rho_j with the CRSS of spin j and the same alpha, j falling, shape (N // 2 + 1,).

    nan where rho_j has no weight. Errors as for `fidelity`.
    """
    _check_atoms(blocks, model)
    alpha = amplitude(model, rabi_frequency)
    return np.array(
        [
            _root_fidelity(block / weight, alpha) if weight > 0 else np.nan
            for block, weight in zip(blocks, spin_weights(blocks), strict=True)
        ]
    )


def _check_atoms(blocks: Blocks, model: Model) -> None:
    n_atoms = number_of_atoms(blocks)
    if n_atoms != model.n_atoms:
        raise checks.ParameterError(f"argument blocks must be a state of {model.n_atoms} atoms, but has {n_atoms}")
