"""Layout of permutation-symmetric states: blocks of spin j, their multiplicities, real coordinates.

A permutation-symmetric density matrix is rho = (+)_j rho_j (x) 1/d_j with j = N/2, N/2 - 1, ... >= 0. Everywhere in
this library such a state is a list of *weighted blocks* in that order (j falling), one real array (2j+1, 2j+1) each,
that carries the weight of all d_j copies, so that the traces of the blocks sum to 1. Row a of block j is the state
|j, m> with m = a - j, hence a = 0 ... 2j counts excitations above the lowest state of that spin.

The frame is rotated by pi/2 about z, so that the drive 2 Omega S_x of Eq. (1) reads 2 Omega S_y with
S_y = (S_+ - S_-) / 2i: the generator is then real, and so is the steady state. The paper's axes are x = y' and y = -x'.
"""

from dataclasses import dataclass
from functools import cached_property
from math import comb

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from driven_dicke.model import checks

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
Blocks = list[FloatArray]


def doubled_spins(n_atoms: int) -> IntArray:
    """2j of every block, falling from N to 0 or 1, shape (N // 2 + 1,)."""
    return np.arange(checks.integer("n_atoms", n_atoms, 1), -1, -2)


def degeneracy(n_atoms: int, doubled_spin: int) -> int:
    """Number of copies d_j of spin j among N spins 1/2, Eq. (D1); exact at any N."""
    lowered = (n_atoms - doubled_spin) // 2
    return comb(n_atoms, lowered) * (doubled_spin + 1) // (n_atoms - lowered + 1)


def log_degeneracy(n_atoms: int) -> FloatArray:
    """ln d_j of every block, Eq. (D1), shape (N // 2 + 1,); finite where d_j itself overflows."""
    doubled = doubled_spins(n_atoms)
    lowered = (n_atoms - doubled) / 2
    return gammaln(n_atoms + 1.0) + np.log(doubled + 1.0) - gammaln(lowered + 1.0) - gammaln(n_atoms - lowered + 2.0)


@dataclass(frozen=True)
class SymmetricCoordinates:
    """Coordinates of real symmetric blocks: the upper triangles, one block after the other, row by row.

    Coordinate i is element (row[i], column[i]) with row <= column of block `block[i]`; there are about N^3 / 12.
    """

    n_atoms: int

    @cached_property
    def dimensions(self) -> IntArray:
        """2j + 1 of every block, shape (N // 2 + 1,)."""
        return doubled_spins(self.n_atoms) + 1

    @cached_property
    def offsets(self) -> IntArray:
        """First coordinate of every block, and the total number at the end, shape (N // 2 + 2,)."""
        return np.concatenate([[0], np.cumsum(self.dimensions * (self.dimensions + 1) // 2)])

    @property
    def size(self) -> int:
        """Number of coordinates."""
        return int(self.offsets[-1])

    @cached_property
    def _triangles(self) -> tuple[IntArray, IntArray, IntArray]:
        parts = [np.triu_indices(int(dimension)) for dimension in self.dimensions]
        blocks = np.repeat(np.arange(self.dimensions.size), np.diff(self.offsets))
        return blocks, np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts])

    @property
    def block(self) -> IntArray:
        """Block number of every coordinate, shape (size,)."""
        return self._triangles[0]

    @property
    def row(self) -> IntArray:
        """Row a = j + m of every coordinate, shape (size,)."""
        return self._triangles[1]

    @property
    def column(self) -> IntArray:
        """Column b = j + m' >= a of every coordinate, shape (size,)."""
        return self._triangles[2]

    def index(self, block: IntArray, row: IntArray, column: IntArray) -> IntArray:
        """Coordinate of element (row, column) of `block`; the order of row and column does not matter."""
        low, high = np.minimum(row, column), np.maximum(row, column)
        return self.offsets[block] + low * self.dimensions[block] - low * (low - 1) // 2 + (high - low)

    def pack(self, blocks: Blocks) -> FloatArray:
        """Upper triangles of `blocks` as one vector, shape (size,)."""
        return np.concatenate([b[np.triu_indices(b.shape[0])] for b in blocks])

    def unpack(self, vector: FloatArray) -> Blocks:
        """The inverse of `pack`: symmetric blocks from a vector of shape (size,)."""
        blocks = []
        for number, dimension in enumerate(self.dimensions):
            block = np.zeros((dimension, dimension))
            upper = np.triu_indices(int(dimension))
            block[upper] = vector[self.offsets[number] : self.offsets[number + 1]]
            blocks.append(block + np.triu(block, 1).T)
        return blocks

    @cached_property
    def trace_row(self) -> FloatArray:
        """Row vector t with t @ pack(rho) = tr rho, shape (size,)."""
        return (self.row == self.column).astype(float)
