"""Superoperators on general block elements: jumps, one-sided multiplication, and expectation values.

Correlations in time start from vectors that are no states, such as S_- rho: real, but not symmetric. They split into a
symmetric and an antisymmetric part that evolve apart, each about half as long as `ElementCoordinates`.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from scipy import sparse

from driven_dicke.generator.liouvillian import ElementCoordinates, assemble
from driven_dicke.model.dicke_basis import Blocks, FloatArray, IntArray, doubled_spins
from driven_dicke.model.operators import lowering, magnetization
from driven_dicke.model.parameters import Model


class Multiplication(NamedTuple):
    """S_- from the left, rho -> S_- rho, and S_+ from the right, rho -> rho S_+, on `ElementCoordinates`."""

    lowering_left: sparse.csc_array
    raising_right: sparse.csc_array


def multiplication(n_atoms: int) -> Multiplication:
    """Both matrices of N atoms, shape (size, size); block elements are numbered row by row."""
    left, right = [], []
    for doubled_spin in doubled_spins(n_atoms):
        down, one = sparse.csc_array(lowering(int(doubled_spin))), sparse.eye_array(int(doubled_spin) + 1)
        left.append(sparse.kron(down, one))
        right.append(sparse.kron(one, down))  # rho S_+ = rho S_-^T
    return Multiplication(sparse.block_diag(left, format="csc"), sparse.block_diag(right, format="csc"))


def elements(blocks: Blocks) -> FloatArray:
    """Blocks as one vector on `ElementCoordinates`."""
    return np.concatenate([block.ravel() for block in blocks])


def trace_row(n_atoms: int) -> FloatArray:
    """Row t with t @ elements(rho) = tr rho."""
    return np.concatenate([np.eye(int(spin) + 1).ravel() for spin in doubled_spins(n_atoms)])


def excitation_row(n_atoms: int) -> FloatArray:
    """Row with which N/2 + S_z, the number of excited atoms, is measured."""
    half = n_atoms / 2
    return np.concatenate([np.diag(half + magnetization(int(spin))).ravel() for spin in doubled_spins(n_atoms)])


def individual_jumps(model: Model) -> sparse.csc_array:
    """rho -> gamma_s sum_n sigma_n rho sigma_n^+, shape (size, size): what L of gamma_s adds beyond its loss."""
    coordinates = ElementCoordinates(model.n_atoms)
    dissipator = assemble(Model(model.n_atoms, 0.0, model.gamma_s), coordinates).dissipator
    loss = model.gamma_s * excited_atoms(coordinates)
    return sparse.csc_array(dissipator + sparse.diags_array(loss))


def excited_atoms(coordinates: ElementCoordinates) -> FloatArray:
    """N/2 + (m + m')/2 of every element."""
    spin = (coordinates.dimensions[coordinates.block] - 1) / 2
    return coordinates.n_atoms / 2 - spin + (coordinates.row + coordinates.column) / 2


@dataclass(frozen=True, eq=False)
class Sector:
    """One parity under transposition: x = restrict @ y for y of all elements, y = extend @ x.

    Attributes:
        block, row, column: of every coordinate, row <= column, shape (size,).
        restrict, extend: shapes (size, all elements) and (all elements, size).
    """

    block: IntArray
    row: IntArray
    column: IntArray
    restrict: sparse.csc_array
    extend: sparse.csc_array

    @property
    def size(self) -> int:
        """Number of coordinates."""
        return int(self.block.size)


def sector(coordinates: ElementCoordinates, parity: Literal["symmetric", "antisymmetric"]) -> Sector:
    """The symmetric or antisymmetric sector; a generator that keeps both is `restrict @ L @ extend` on it."""
    block, row, column = coordinates.block, coordinates.row, coordinates.column
    sign = 1.0 if parity == "symmetric" else -1.0
    (upper,) = np.nonzero(row <= column if sign > 0 else row < column)
    mirrored = coordinates.index(block[upper], column[upper], row[upper])
    number, half = np.arange(upper.size), np.full(upper.size, 0.5)
    shape = (upper.size, coordinates.size)
    pick = sparse.coo_array((half, (number, upper)), shape) + sparse.coo_array((sign * half, (number, mirrored)), shape)
    (off,) = np.nonzero(row[upper] != column[upper])
    targets, sources = np.concatenate([upper, mirrored[off]]), np.concatenate([number, number[off]])
    values = np.concatenate([np.ones(upper.size), np.full(off.size, sign)])
    extend = sparse.coo_array((values, (targets, sources)), (coordinates.size, upper.size))
    return Sector(block[upper], row[upper], column[upper], pick.tocsc(), extend.tocsc())
