"""Eigenpairs nearest to a shift by the generalised Davidson method, for any matrix with a good preconditioner.

(E. R. Davidson, J. Comput. Phys. 17, 87, 1975; R. B. Morgan and D. S. Scott, SIAM J. Sci. Stat. Comput. 7, 817, 1986.)
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from driven_dicke.model.dicke_basis import FloatArray

ComplexArray = NDArray[np.complex128]

_CONVERGED = 1e-14
_INDEPENDENT = 1e-14
_LARGEST_DIMENSION = 160


def nearest_eigenpairs(
    matrix: sparse.csr_array,
    precondition: Callable[[FloatArray], FloatArray],
    start: FloatArray,
    count: int,
    shift: float,
    scale: float,
) -> tuple[ComplexArray, ComplexArray]:
    """The `count` eigenvalues of `matrix` nearest to `shift`, real parts falling, and their eigenvectors as columns.

    The space grows until the residuals no longer shrink by half or no new direction is left, and at most to 160
    dimensions: the caller has to check the residuals of what comes back.

    Args:
        matrix: real, shape (size, size).
        precondition: approximation of (matrix - shift)^-1.
        start: vectors of the first space, shape (at least count, size).
        count: number of eigenpairs.
        shift: real number.
        scale: size of the matrix, beside which residuals are small.
    """
    size = start.shape[1]
    basis, images = np.empty((_LARGEST_DIMENSION, size)), np.empty((_LARGEST_DIMENSION, size))
    dimension, previous, directions = 0, np.inf, start
    while True:
        before = dimension
        for direction in directions[: _LARGEST_DIMENSION - dimension]:
            vector = _orthogonal(direction, basis[:dimension])
            if vector is not None:
                basis[dimension], images[dimension] = vector, matrix @ vector
                dimension += 1
        values, mixtures = np.linalg.eig(basis[:dimension] @ images[:dimension].T)
        chosen = np.argsort(np.abs(values - shift), kind="stable")[:count]
        chosen = chosen[np.lexsort((values[chosen].imag, -values[chosen].real))]
        values, mixtures = values[chosen].astype(complex), mixtures[:, chosen]
        vectors = mixtures.T @ basis[:dimension]
        residuals = mixtures.T @ images[:dimension] - values[:, None] * vectors
        sizes = np.abs(residuals).sum(axis=1) / (scale * np.abs(vectors).sum(axis=1))
        worst = float(sizes.max())
        if dimension in (before, _LARGEST_DIMENSION) or previous / 2 < worst < _CONVERGED:
            return values, vectors.T.astype(complex)
        previous = worst
        parts = [part for r in residuals[sizes > worst / 100] for part in (r.real, r.imag) if part.any()]
        directions = np.array([precondition(part) for part in parts])


def _orthogonal(direction: FloatArray, basis: FloatArray) -> FloatArray | None:
    """`direction` made orthogonal to the rows of `basis` and of length 1; None if nothing is left of it."""
    vector = direction / np.linalg.norm(direction)
    for _ in range(2):  # twice, for orthogonality to machine precision
        vector = vector - (basis @ vector) @ basis
        length = np.linalg.norm(vector)
        if length < _INDEPENDENT:
            return None
        vector = vector / length
    return vector
