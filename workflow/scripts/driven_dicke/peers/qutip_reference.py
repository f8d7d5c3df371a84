"""The same master equation by QuTiP alone: the full space of 2^N states, and PIQS. Independent references, small N.

Nothing here uses the Dicke algebra of this library: in the full space the copies of spin j are found as the states
that S_- annihilates. Density matrices of the full space are in the paper's frame, blocks in the library's real frame.
"""

from typing import Literal

import numpy as np
import qutip
from numpy.typing import NDArray
from qutip import piqs
from scipy import sparse
from scipy.linalg import block_diag, null_space

from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import Blocks, doubled_spins
from driven_dicke.model.parameters import Model

ComplexArray = NDArray[np.complex128]
LARGEST_FULL_SPACE = 10  # atoms: 2^20 complex numbers
EXCITED, GROUND = qutip.basis(2, 0), qutip.basis(2, 1)


def atom_lowering(n_atoms: int) -> list[qutip.Qobj]:
    """sigma_n of every atom."""
    sigma = GROUND * EXCITED.dag()
    identity = qutip.qeye(2)
    return [qutip.tensor([sigma if k == n else identity for k in range(n_atoms)]) for n in range(n_atoms)]


def collective_lowering(n_atoms: int) -> qutip.Qobj:
    """S_- = sum_n sigma_n."""
    return sum(atom_lowering(n_atoms)[1:], atom_lowering(n_atoms)[0])


def hamiltonian(n_atoms: int, rabi_frequency: float) -> qutip.Qobj:
    """2 Omega S_x of Eq. (1)."""
    lowering = collective_lowering(n_atoms)
    return rabi_frequency * (lowering + lowering.dag())


def collapse_operators(n_atoms: int, gamma_c: float, gamma_s: float) -> list[qutip.Qobj]:
    """sqrt(gamma_c) S_- and sqrt(gamma_s) sigma_n, the operators of Eq. (A13)."""
    individual = [np.sqrt(gamma_s) * sigma for sigma in atom_lowering(n_atoms)]
    return [np.sqrt(gamma_c) * collective_lowering(n_atoms), *individual]


def superoperator(n_atoms: int, gamma_c: float, gamma_s: float, rabi_frequency: float) -> ComplexArray:
    """QuTiP's Liouvillian of Eq. (1), shape (4^N, 4^N), on column-stacked density matrices."""
    return qutip.liouvillian(hamiltonian(n_atoms, rabi_frequency), collapse_operators(n_atoms, gamma_c, gamma_s)).full()


def full_steady_state(model: Model, rabi_frequency: float) -> tuple[ComplexArray, float]:
    """QuTiP's steady state of the full master equation, shape (2^N, 2^N), and its relative residual."""
    operators = collapse_operators(model.n_atoms, model.gamma_c, model.gamma_s)
    generator = qutip.liouvillian(hamiltonian(model.n_atoms, rabi_frequency), operators)
    density = qutip.steadystate(generator).full()
    return density, relative_residual(generator.data.as_scipy(), density.ravel(order="F"))


def relative_residual(generator: sparse.spmatrix, vector: ComplexArray) -> float:
    """||L v||_1 / (||L||_1 ||v||_1)."""
    scale = np.abs(generator).sum(axis=0).max() * np.abs(vector).sum()
    return float(np.abs(generator @ vector).sum() / scale)


def embed(blocks: Blocks) -> ComplexArray:
    """The density matrix (2^N, 2^N), in the paper's frame, of weighted blocks in the library's real frame."""
    n_atoms = blocks[0].shape[0] - 1
    lowering = collective_lowering(n_atoms).full()
    excitations = np.round(sum((s.dag() * s).full().real.diagonal() for s in atom_lowering(n_atoms))).astype(int)
    density = np.zeros((2**n_atoms, 2**n_atoms), dtype=complex)
    for block in blocks:
        dimension = block.shape[0]
        sector = np.flatnonzero(excitations == (n_atoms - dimension + 1) // 2)
        lowest = null_space(lowering[:, sector])
        state = np.zeros((2**n_atoms, lowest.shape[1]), dtype=complex)
        state[sector] = lowest
        ladder = []
        for _ in range(dimension):
            ladder.append(state / np.linalg.norm(state, axis=0))
            state = lowering.conj().T @ ladder[-1]
        density += sum(
            block[a, b] / lowest.shape[1] * ladder[a] @ ladder[b].conj().T
            for a in range(dimension)
            for b in range(dimension)
        )
    # The drive 2 Omega S_x of the paper is 2 Omega S_y after a turn by pi/2 about z: undo it.
    phase = np.exp(0.5j * np.pi * (excitations - n_atoms / 2))
    return phase[:, None] * density * phase.conj()


def dicke_matrix(blocks: Blocks) -> ComplexArray:
    """The density matrix in PIQS's basis, in the paper's frame, of weighted blocks in the library's real frame.

    Shape (n, n), n the number of Dicke states: blocks with j falling, m falling within each.
    """
    matrices = []
    for block in blocks:
        phase = np.exp(0.5j * np.pi * np.arange(block.shape[0]))
        matrices.append((phase[:, None] * block * phase.conj())[::-1, ::-1])
    return block_diag(*matrices)


def to_qobj(blocks: Blocks, basis: Literal["dicke", "full"]) -> qutip.Qobj:
    """A state as a QuTiP object in the paper's frame: PIQS's Dicke basis, or the full space of 2^N states.

    Raises:
        checks.ParameterError: `basis` is neither, or the full space of more than ten atoms is asked for.
    """
    n_atoms = blocks[0].shape[0] - 1
    if basis == "dicke":
        return qutip.Qobj(dicke_matrix(blocks))
    if basis != "full":
        raise checks.ParameterError(f"argument basis must be 'dicke' or 'full', but is {basis!r}")
    checks.integer("n_atoms", n_atoms, 1, LARGEST_FULL_SPACE)
    return qutip.Qobj(embed(blocks), dims=[[2] * n_atoms] * 2)


def piqs_steady_state(model: Model, rabi_frequency: float) -> tuple[Blocks, float]:
    """The null vector of PIQS's Liouvillian, restricted to its diagonal blocks, and its relative residual.

    Returned as weighted blocks in the real frame.

    The restriction is exact: the blocks do not couple to the rest. PIQS as shipped finds the full matrix singular. Its
    coefficients are in single precision, so expect agreement to about 1e-5 only.
    """
    ensemble = piqs.Dicke(
        model.n_atoms,
        hamiltonian=2 * rabi_frequency * piqs.jspin(model.n_atoms, "x"),
        emission=model.gamma_s,
        collective_emission=model.gamma_c,
    )
    dimensions = doubled_spins(model.n_atoms) + 1
    labels = np.repeat(np.arange(dimensions.size), dimensions)
    size = labels.size
    column, row = np.divmod(np.arange(size**2), size)
    inside = np.flatnonzero(labels[row] == labels[column])
    generator = ensemble.liouvillian().data.as_scipy().tocsr()[inside][:, inside]
    trace_row = (row == column)[inside].astype(float)
    # The rows of populations add up to zero: replace the first of them by the condition on the trace.
    redundant = np.flatnonzero(trace_row)[0]
    bordered = generator.toarray()
    bordered[redundant] = trace_row
    right_hand_side = np.zeros(inside.size)
    right_hand_side[redundant] = 1.0
    null_vector = np.linalg.solve(bordered, right_hand_side)
    density = np.zeros((size, size), dtype=complex)
    density[row[inside], column[inside]] = null_vector
    blocks, start = [], 0
    for dimension in dimensions:
        block = density[start : start + dimension, start : start + dimension][::-1, ::-1]  # PIQS lets m fall
        phase = np.exp(0.5j * np.pi * np.arange(dimension))
        blocks.append((phase.conj()[:, None] * block * phase).real)
        start += dimension
    return blocks, relative_residual(generator, null_vector)
