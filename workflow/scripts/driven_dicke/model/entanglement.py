"""Entanglement of two atoms, and how many atoms must be entangled for a given squeezing.

In a permutation-symmetric state every pair of atoms has the same density matrix, which the first and second moments of
the collective spin determine (Wang and Sanders, PRA 68, 012101 (2003)):

    rho_2 = (1/4) [1 + sum_a s_a (sigma_a x 1 + 1 x sigma_a) + sum_ab C_ab sigma_a x sigma_b],
    s_a = 2 <S_a> / N,    C_ab = (4 <S_a S_b>_sym - N delta_ab) / (N (N - 1)).
"""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import FloatArray
from driven_dicke.model.observables import SpinMoments
from driven_dicke.model.operators import magnetization, raising_elements

PAULI = np.array([[[0, 1], [1, 0]], [[0, -1j], [1j, 0]], [[1, 0], [0, -1]]])
FLIP = np.kron(PAULI[1], PAULI[1])


def pair_state(n_atoms: int, moments: SpinMoments) -> NDArray[np.complex128]:
    """Density matrix of two atoms, shape (4, 4), basis ee, eg, ge, gg, in the frame of the moments.

    Raises:
        checks.ParameterError: n_atoms < 2.
        checks.CertificateError: the moments are those of no state: an eigenvalue below -1e-9.
    """
    n = checks.integer("n_atoms", n_atoms, 2)
    mean, covariance = moments
    spin = 2 * mean / n
    correlation = (4 * (covariance + np.outer(mean, mean)) - n * np.eye(3)) / (n * (n - 1))
    one = np.eye(2)
    state: NDArray[np.complex128] = np.eye(4, dtype=complex)
    for a in range(3):
        state += spin[a] * (np.kron(PAULI[a], one) + np.kron(one, PAULI[a]))
        state += sum(correlation[a, b] * np.kron(PAULI[a], PAULI[b]) for b in range(3))
    state /= 4
    lowest = float(np.linalg.eigvalsh(state)[0])
    if lowest < -1e-9:
        raise checks.CertificateError(f"the pair state of these moments has the eigenvalue {lowest:.3e}")
    return state


def concurrence(pair: NDArray[np.complex128]) -> float:
    """Wootters' concurrence of a state of two atoms, 0 ... 1 (PRL 80, 2245 (1998)); positive means entangled."""
    values, vectors = np.linalg.eigh(pair)
    root = vectors * np.sqrt(np.maximum(values, 0))  # rho = root root^+; singular values keep their digits
    singular = np.linalg.svd(root.T @ FLIP @ root, compute_uv=False)
    return float(max(0.0, singular[0] - singular[1:].sum()))


def negativity(pair: NDArray[np.complex128]) -> float:
    """-2 times the negative eigenvalue of the partial transpose, 0 ... 1 (Vidal and Werner, PRA 65, 032314 (2002))."""
    transposed = pair.reshape(2, 2, 2, 2).swapaxes(1, 3).reshape(4, 4)
    return float(max(0.0, -2 * np.linalg.eigvalsh(transposed)[0]))


def least_squeezing(depth: int, length: float) -> float:
    """Least xi^2 of atoms of which at most `depth` are entangled with one another and whose mean spin has `length`.

    Sorensen and Molmer, PRL 86, 4431 (2001): with J = depth / 2 and x = |<S>| / (N/2), xi^2 >= (2 / x^2) max_mu
    [mu x + E(mu)], E the least eigenvalue of (S_z^2 / J - mu S_x / J): the tangents of the least variance, that is its
    convex hull. One atom: 1. Two: (1 - sqrt(1 - x^2)) / x^2, by hand.

    Args:
        depth: 1, or an even number (for an odd one the least variance is not at <S_z> = 0).
        length: x, 0 < x <= 1.

    Raises:
        checks.ParameterError: `depth` is odd and not 1, or `length` is out of range.
    """
    checks.integer("depth", depth, 1)
    x = checks.real("length", length, 0.0, exclusive=True)
    if x > 1 or (depth > 1 and depth % 2):
        raise checks.ParameterError(
            f"arguments depth and length must be 1 or even, and at most 1, but are {depth!r} and {length!r}"
        )
    if depth == 1:
        return 1.0
    spin = depth / 2
    square = np.diag(magnetization(depth) ** 2 / spin)
    raising = np.diag(raising_elements(depth), -1)
    planar: FloatArray = (raising + raising.T) / (2 * spin)

    def tangent(log_slope: float) -> float:
        slope = np.exp(log_slope)
        return -float(slope * x + np.linalg.eigvalsh(square - slope * planar)[0])

    found = minimize_scalar(tangent, bounds=(np.log(1e-6), np.log(1e6)), method="bounded", options={"xatol": 1e-9})
    return float(2 * max(-found.fun, 0.0) / x**2)
