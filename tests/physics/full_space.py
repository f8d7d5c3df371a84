"""The full 2^N Hilbert space of a few atoms, in the paper's frame: the independent reference of the small-N tests.

Nothing here uses the Dicke algebra of the library: the copies of spin j are found as the states that S_- annihilates.
"""

import numpy as np
import qutip
from scipy.linalg import null_space

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
    """sqrt(gamma_c) S_- and sqrt(gamma_s) sigma_n."""
    individual = [np.sqrt(gamma_s) * sigma for sigma in atom_lowering(n_atoms)]
    return [np.sqrt(gamma_c) * collective_lowering(n_atoms), *individual]


def superoperator(n_atoms: int, gamma_c: float, gamma_s: float, rabi_frequency: float) -> np.ndarray:
    """QuTiP's Liouvillian of Eq. (1), shape (4^N, 4^N), on column-stacked density matrices."""
    return qutip.liouvillian(hamiltonian(n_atoms, rabi_frequency), collapse_operators(n_atoms, gamma_c, gamma_s)).full()


def embed(blocks: list[np.ndarray]) -> np.ndarray:
    """The 2^N density matrix, in the paper's frame, of weighted blocks given in the library's rotated real frame."""
    n_atoms = blocks[0].shape[0] - 1
    lowering = collective_lowering(n_atoms).full()
    excitations = np.round(sum((s.dag() * s).full().real.diagonal() for s in atom_lowering(n_atoms))).astype(int)
    density = np.zeros((2**n_atoms, 2**n_atoms), dtype=complex)
    for block in blocks:
        dimension = block.shape[0]
        j = (dimension - 1) / 2
        sector = np.flatnonzero(excitations == round(n_atoms / 2 - j))
        state = np.zeros((2**n_atoms, null_space(lowering[:, sector]).shape[1]), dtype=complex)
        state[sector] = null_space(lowering[:, sector])
        ladder = []
        for _ in range(dimension):
            ladder.append(state / np.linalg.norm(state, axis=0))
            state = lowering.conj().T @ ladder[-1]
        copies = state.shape[1]
        density += sum(
            block[a, b] / copies * ladder[a] @ ladder[b].conj().T for a in range(dimension) for b in range(dimension)
        )
    # The drive 2 Omega S_x of the paper is 2 Omega S_y after a turn by pi/2 about z: undo it.
    phase = np.exp(0.5j * np.pi * (excitations - n_atoms / 2))
    return phase[:, None] * density * phase.conj()
