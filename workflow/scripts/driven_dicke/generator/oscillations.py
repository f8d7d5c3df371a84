"""The oscillating modes of the generator: is one of them slower than the slowest mode near zero?

An eigensolver that looks near zero sees modes that neither decay nor oscillate fast. A complex pair can decay more
slowly and still be far away, by its frequency. In the real symmetric sector complete spectra say, and nothing here
proves, that a pair (N <= 10, gamma_c from 0 to 1000 gamma_s, Omega from 0.05 to 30 Omega_c)

* decays at least at 3 gamma_s / 4, the rate of a single driven atom, Eq. (1) with gamma_c = 0;
* oscillates at most at 2 Omega if it is the slowest mode;
* is never the slowest mode where gamma_c >= gamma_s: its rate grows with gamma_c, 3 (gamma_s + gamma_c) / 4 for a
  strong drive.

Otherwise it is looked for: in the complete spectrum, or in discs along the imaginary axis up to 2 Omega.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import LinearOperator, eigs

from driven_dicke.generator.factorisation import Factorisation
from driven_dicke.generator.ordering import nested_dissection
from driven_dicke.model.dicke_basis import SymmetricCoordinates
from driven_dicke.model.parameters import Model

SLOWEST_PAIR = 0.75  # gamma_s
BOUND, EXPECTED = "decays below 3 gamma_s / 4", "gamma_c >= gamma_s"
COMPLETE, SWEEP = "complete spectrum", "sweep along the imaginary axis"
_COMPLETE_SIZE = 260  # unknowns up to which all eigenvalues take some 50 ms: N = 12
_MODES = (12, 24, 48)  # asked for around a shift, until their disc is wider than the strip
_SAME = 1e-7  # relative difference of decay rates below which none is slower


class Search(NamedTuple):
    """How the absence of a slower mode is known, and the slower pair if there is one.

    Attributes:
        method: one of BOUND, EXPECTED, COMPLETE and SWEEP.
        eigenvalue: the member of the slowest pair with a positive imaginary part, or None.
        vector: its eigenvector, shape (size,), or None.
    """

    method: str
    eigenvalue: complex | None = None
    vector: NDArray[np.complex128] | None = None


def slower_pair(model: Model, rabi_frequency: float, matrix: sparse.csc_array, gap: float) -> Search:
    """Look for a pair that decays more slowly than `gap`, the decay rate of the mode nearest to zero.

    Args:
        model: gamma_s > 0.
        rabi_frequency: Omega >= 0, unit of the rates.
        matrix: the generator on `SymmetricCoordinates`, shape (size, size).
        gap: unit of the rates.
    """
    if gap <= SLOWEST_PAIR * model.gamma_s * (1 + _SAME):
        return Search(BOUND)
    if matrix.shape[0] <= _COMPLETE_SIZE:
        values, vectors = np.linalg.eig(matrix.toarray())
        return _slowest(COMPLETE, values, vectors, gap)
    if model.gamma_c >= model.gamma_s:
        return Search(EXPECTED)
    return _swept(matrix, SymmetricCoordinates(model.n_atoms), 2 * rabi_frequency, gap)


def _slowest(method: str, values: NDArray[np.complex128], vectors: NDArray[np.complex128], gap: float) -> Search:
    # Below 1e-6 of the gap an imaginary part is rounding: of the zero mode, or of two real modes that are close.
    slower = np.flatnonzero((values.imag > 1e-6 * gap) & (-values.real < gap * (1 - _SAME)))
    if slower.size == 0:
        return Search(method)
    chosen = slower[np.argmax(values[slower].real)]
    return Search(method, complex(values[chosen]), vectors[:, chosen].astype(complex))


def _swept(matrix: sparse.csc_array, coordinates: SymmetricCoordinates, highest: float, gap: float) -> Search:
    """Discs around shifts on the imaginary axis that cover -gap <= Re <= 0, 0 <= Im <= `highest`."""
    order, size = nested_dissection(coordinates), coordinates.size
    # ARPACK would take a real matrix for (L - shift)^-1's real part.
    matrix, identity = matrix.astype(complex), sparse.eye_array(size, format="csc")
    found = Search(SWEEP)
    covered, step, rate = 0.0, gap / 2, gap
    while covered < highest:
        centre = 1j * (covered + step)
        factors = Factorisation((matrix - centre * identity).tocsc(), order)
        inverse = LinearOperator((size, size), matvec=factors.solve, dtype=complex)
        for count in _MODES:
            start = np.random.default_rng(0).standard_normal(size).astype(complex)
            values, vectors = eigs(matrix, k=count, sigma=centre, OPinv=inverse, v0=start)
            radius = float(np.abs(values - centre).max())
            if radius > 1.1 * gap:
                break
        nearby = _slowest(SWEEP, values, vectors, rate)
        if nearby.eigenvalue is not None:
            found, rate = nearby, -nearby.eigenvalue.real
        reach = np.sqrt(max(radius**2 - gap**2, (gap / 50) ** 2))
        if reach >= step:
            covered += step + reach
        step = 0.9 * reach
    return found
