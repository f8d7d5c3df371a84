"""Sparse LU of the generator, or of a matrix of its pattern, with a given elimination order."""

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

from driven_dicke.model.dicke_basis import FloatArray, IntArray

# The diagonal is kept as pivot unless it is ten times smaller than the column's largest entry. Without any pivoting the
# factors grow by 1e4 for some N, and the solutions lose all digits; this threshold costs no fill.
_PIVOT_THRESHOLD = 0.1


class Factorisation:
    """P A P^T = L U for a sparse real A (size, size), P given by `order` (SuperLU in symmetric mode).

    Args:
        matrix: A, shape (size, size); its pattern should be nearly symmetric.
        order: elimination order, shape (size,), e.g. from `ordering.nested_dissection`.
    """

    def __init__(self, matrix: sparse.csc_array, order: IntArray) -> None:
        self._order = order
        self._factors = splu(
            matrix[order][:, order].tocsc(),
            permc_spec="NATURAL",
            diag_pivot_thresh=_PIVOT_THRESHOLD,
            panel_size=16,  # a tenth faster than the default from N = 64 on
            options={"SymmetricMode": True},
        )

    @property
    def fill(self) -> int:
        """Number of stored entries of both factors."""
        return int(self._factors.nnz)

    def solve(self, right_hand_side: FloatArray) -> FloatArray:
        """x with A x = right_hand_side, shape (size,)."""
        solution = np.empty_like(right_hand_side)
        solution[self._order] = self._factors.solve(right_hand_side[self._order])
        return solution

    def solve_transposed(self, right_hand_side: FloatArray) -> FloatArray:
        """x with A^T x = right_hand_side, shape (size,)."""
        solution = np.empty_like(right_hand_side)
        solution[self._order] = self._factors.solve(right_hand_side[self._order], trans="T")
        return solution
