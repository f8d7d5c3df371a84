"""An approximate inverse of L - shift from the separation of time scales in Eq. (1).

The drive and the collective decay act within one spin j; only individual decay moves j, by one. A block of the
generator belonging to one j is a small problem in two dimensions, (m, m'), and is solved exactly. What the blocks miss
is the slow walk in j, a chain of N // 2 + 1 states (`adiabatic_chain` is its limit for slow individual decay), which is
solved exactly too.
"""

from itertools import pairwise

import numpy as np
from scipy import sparse
from scipy.linalg import lu_factor, lu_solve

from driven_dicke.generator.factorisation import Factorisation
from driven_dicke.generator.ordering import nested_dissection
from driven_dicke.model.dicke_basis import FloatArray, IntArray, SymmetricCoordinates

_INVERSE_ITERATIONS = 2


class SpinPreconditioner:
    """A correction by the chain in j, then symmetric block Gauss-Seidel over the spins j.

    Args:
        matrix: generator L on `coordinates`, shape (size, size).
        coordinates: its layout.
        shift: a number to the right of the spectrum, unit of the rates.
        order: elimination order from `nested_dissection`, shape (size,), if it is known already.

    Attributes:
        chain: generator of the walk in j, shape (n_blocks, n_blocks).
        states: the state of every j, trace 1, in which the walk sees it, as columns, shape (size, n_blocks).
    """

    def __init__(
        self,
        matrix: sparse.csc_array,
        coordinates: SymmetricCoordinates,
        shift: float,
        order: IntArray | None = None,
    ) -> None:
        size, n_blocks = coordinates.size, coordinates.dimensions.size
        offsets = coordinates.offsets
        self._slices = [slice(int(a), int(b)) for a, b in pairwise(offsets)]
        self._shifted = (matrix - shift * sparse.eye_array(size, format="csc")).tocsr()
        order = nested_dissection(coordinates) if order is None else order
        order = order[np.argsort(coordinates.block[order], kind="stable")]
        self._factors, self._from_above, self._from_below = [], [], []
        states = np.empty(size)
        for k, here in enumerate(self._slices):
            rows = self._shifted[here]
            self._factors.append(Factorisation(rows[:, here].tocsc(), order[here] - here.start))
            self._from_above.append(rows[:, self._slices[k - 1]] if k > 0 else None)
            self._from_below.append(rows[:, self._slices[k + 1]] if k + 1 < n_blocks else None)
            state = coordinates.trace_row[here]
            for _ in range(_INVERSE_ITERATIONS):
                state = self._factors[k].solve(state)
                state = state / (coordinates.trace_row[here] @ state)
            states[here] = state
        every = np.arange(size)
        self.states = sparse.csr_array((states, (every, coordinates.block)), shape=(size, n_blocks))
        self._traces = sparse.csr_array((coordinates.trace_row, (coordinates.block, every)), shape=(n_blocks, size))
        shifted_chain = (self._traces @ (self._shifted @ self.states)).toarray()
        self._chain_factors = lu_factor(shifted_chain)
        self.chain = shifted_chain + shift * np.eye(n_blocks)

    def solve(self, right_hand_side: FloatArray) -> FloatArray:
        """Approximation of (L - shift)^-1 right_hand_side, shape (size,)."""
        solution = self._walk(right_hand_side)
        return solution + self._sweeps(right_hand_side - self._shifted @ solution)

    def _walk(self, residual: FloatArray) -> FloatArray:
        weights: FloatArray = lu_solve(self._chain_factors, self._traces @ residual)
        spread: FloatArray = self.states @ weights
        return spread

    def _sweeps(self, residual: FloatArray) -> FloatArray:
        """Through the spins down and up again, every one of them with its neighbours' latest values."""
        solution = np.zeros_like(residual)
        last = len(self._slices) - 1
        for k in [*range(last + 1), *range(last - 1, -1, -1)]:
            rest = residual[self._slices[k]]
            if k > 0:
                rest = rest - self._from_above[k] @ solution[self._slices[k - 1]]
            if k < last:
                rest = rest - self._from_below[k] @ solution[self._slices[k + 1]]
            solution[self._slices[k]] = self._factors[k].solve(rest)
        return solution
