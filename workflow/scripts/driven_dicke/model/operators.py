"""Matrix elements of the collective spin, and of one atom's decay between blocks of different spin."""

from typing import NamedTuple

import numpy as np

from driven_dicke.model.dicke_basis import FloatArray


def magnetization(doubled_spin: int) -> FloatArray:
    """Eigenvalues m = -j ... j of S_z, rising, shape (2j+1,)."""
    return np.arange(doubled_spin + 1, dtype=np.float64) - doubled_spin / 2


def raising_elements(doubled_spin: int) -> FloatArray:
    """<j, m+1| S_+ |j, m> for m = -j ... j-1, shape (2j,)."""
    row = np.arange(doubled_spin, dtype=float)
    return np.sqrt((row + 1) * (doubled_spin - row))


def lowering(doubled_spin: int) -> FloatArray:
    """S_- in the basis |j, m>, m rising, shape (2j+1, 2j+1)."""
    return np.diag(raising_elements(doubled_spin), 1)


class IndividualDecay(NamedTuple):
    """Amplitudes with which sigma_n takes |j, m> to m - 1 and spin j, j - 1, j + 1.

    Entry a = j + m of each array, shape (2j+1,). The target's row is a - 1 in block j, a - 2 in block j - 1 and a in
    block j + 1; an amplitude is 0 where the target does not exist. Their squares sum to N/2 + m.
    """

    same: FloatArray
    lower: FloatArray
    upper: FloatArray


def individual_decay(n_atoms: int, doubled_spin: int) -> IndividualDecay:
    """Amplitudes of sum_n D[sigma_n] between weighted blocks (Shammah et al., PRA 98, 063815, real frame).

    The rate from element (m, m') of block j to (m - 1, m' - 1) of a target block is amplitude[m] * amplitude[m'].
    """
    j, half = doubled_spin / 2, n_atoms / 2
    excitations = np.arange(doubled_spin + 1, dtype=float)  # j + m
    holes = doubled_spin - excitations  # j - m
    zero = np.zeros(doubled_spin + 1)
    same = lower = zero
    if doubled_spin > 0:
        same = np.sqrt((half + 1) / (2 * j * (j + 1)) * excitations * (holes + 1))
        lower = np.sqrt((j + 1 + half) / (2 * j * (2 * j + 1)) * np.maximum(excitations - 1, 0) * excitations)
    upper = np.sqrt((half - j) / (2 * (j + 1) * (2 * j + 1)) * (holes + 1) * (holes + 2))
    return IndividualDecay(same, lower, upper)
