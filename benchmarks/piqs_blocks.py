"""QuTiP's PIQS on the same master equation: as shipped, and restricted to its diagonal blocks.

PIQS keeps every pair of Dicke states, N^4 / 16 numbers. States that start without coherence between different spins
never get any, so that the diagonal blocks, N^3 / 6 numbers, are closed: restricting PIQS's matrix to them is exact, and
what an experienced user would do.
"""

from dataclasses import dataclass

import numpy as np
import qutip
from numpy.typing import NDArray
from qutip import piqs
from scipy import sparse

from driven_dicke.model.dicke_basis import doubled_spins
from driven_dicke.model.parameters import Model

ComplexBlocks = list[NDArray[np.complex128]]


def liouvillian(model: Model, rabi_frequency: float) -> qutip.Qobj:
    """PIQS's Liouvillian of Eq. (1) on all pairs of Dicke states."""
    ensemble = piqs.Dicke(
        model.n_atoms,
        hamiltonian=2 * rabi_frequency * piqs.jspin(model.n_atoms, "x"),
        emission=model.gamma_s,
        collective_emission=model.gamma_c,
    )
    return ensemble.liouvillian()


@dataclass(frozen=True)
class Layout:
    """Where the elements of the diagonal blocks stand among all pairs of Dicke states, column after column.

    Args:
        n_atoms: number of atoms.
        row, column: Dicke state of each element inside, shape (size,).
        inside: its number among all pairs, shape (size,).
    """

    n_atoms: int
    row: NDArray[np.int64]
    column: NDArray[np.int64]
    inside: NDArray[np.int64]

    def density(self, vector: NDArray[np.complex128]) -> NDArray[np.complex128]:
        """The matrix over Dicke states whose diagonal blocks are `vector`."""
        size = number_of_states(self.n_atoms)
        matrix = np.zeros((size, size), dtype=complex)
        matrix[self.row, self.column] = vector
        return matrix


def number_of_states(n_atoms: int) -> int:
    """Number of Dicke states |j, m>."""
    return int((doubled_spins(n_atoms) + 1).sum())


def block_unknowns(n_atoms: int) -> int:
    """Number of elements of the diagonal blocks."""
    return int(((doubled_spins(n_atoms) + 1) ** 2).sum())


def layout(n_atoms: int) -> Layout:
    """The elements of the diagonal blocks."""
    dimensions = doubled_spins(n_atoms) + 1
    labels = np.repeat(np.arange(dimensions.size), dimensions)
    column, row = np.divmod(np.arange(labels.size**2), labels.size)
    inside = np.flatnonzero(labels[row] == labels[column])
    return Layout(n_atoms, row[inside], column[inside], inside)


def restricted(model: Model, rabi_frequency: float) -> tuple[sparse.csc_matrix, Layout]:
    """PIQS's Liouvillian on the diagonal blocks alone, and their layout."""
    where = layout(model.n_atoms)
    matrix = liouvillian(model, rabi_frequency).data.as_scipy().tocsr()
    return matrix[where.inside][:, where.inside].tocsc(), where


def blocks(density: NDArray[np.complex128], n_atoms: int) -> tuple[ComplexBlocks, float]:
    """Diagonal blocks, in the library's order and real frame, and the largest element outside of them."""
    result, start, rest = [], 0, density.copy()
    for dimension in doubled_spins(n_atoms) + 1:
        part = slice(start, start + dimension)
        phase = np.exp(0.5j * np.pi * np.arange(dimension))
        result.append(phase.conj()[:, None] * density[part, part][::-1, ::-1] * phase)  # PIQS lets m fall
        rest[part, part] = 0
        start += int(dimension)
    return result, float(np.abs(rest).max())
