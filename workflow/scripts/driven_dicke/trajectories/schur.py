"""Schur transform of N spins 1/2: from the 2^N product basis to total spin j and its d_j copies, and back.

Atoms are coupled one after the other. After n atoms the state is a list of blocks, spin J = n/2, n/2 - 1 ... >= 0,
each an array (2J+1, 2^(N-n), copies): row a = J + M, the remaining atoms in the product basis (the next atom is the
slowest bit, 1 = excited), and the paths by which the first n atoms reach J. Coupling the next atom is a rotation by
Clebsch-Gordan coefficients of pairs of amplitudes: N - 1 orthogonal stages with two entries a row
(Bacon, Chuang and Harrow, PRL 97, 170502). Everything is real; complex amplitudes pass through unchanged in kind.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import FloatArray, degeneracy, doubled_spins

Amplitudes = NDArray[Any]  # float64 or complex128


def number_of_atoms(vector: Amplitudes) -> int:
    """N of a vector of 2^N amplitudes.

    Raises:
        checks.ParameterError: the length is no power of 2, or below 2.
    """
    n_atoms = int(vector.size).bit_length() - 1
    if vector.ndim != 1 or vector.size != 1 << n_atoms or n_atoms < 1:
        raise checks.ParameterError(f"argument vector must have shape (2^N,), but has shape {vector.shape}")
    return n_atoms


def _mixing(doubled_spin: int) -> tuple[FloatArray, FloatArray]:
    """cos and sin that rotate (j, m-1/2, excited), (j, m+1/2, ground) into j + 1/2, j - 1/2; shape (2j, 1, 1)."""
    row = np.arange(1.0, doubled_spin + 1)[:, None, None]
    return np.sqrt(row / (doubled_spin + 1)), np.sqrt((doubled_spin + 1 - row) / (doubled_spin + 1))


def couple(blocks: list[Amplitudes], n_coupled: int) -> list[Amplitudes]:
    """Couple one more atom to the first `n_coupled`: blocks of n -> blocks of n + 1 atoms."""
    rest, dtype = blocks[0].shape[1] // 2, blocks[0].dtype
    coupled = [
        np.empty((doubled + 1, rest, degeneracy(n_coupled + 1, doubled)), dtype)
        for doubled in doubled_spins(n_coupled + 1).tolist()
    ]
    for number, block in enumerate(blocks):
        copies = block.shape[2]
        ground, excited = np.moveaxis(block.reshape(len(block), 2, rest, copies), 1, 0)
        raised = coupled[number][:, :, :copies]
        raised[0], raised[-1] = ground[0], excited[-1]
        if len(block) > 1:
            cos, sin = _mixing(len(block) - 1)
            lowered = coupled[number + 1][:, :, -copies:]
            np.multiply(excited[:-1], cos, out=raised[1:-1])
            raised[1:-1] += sin * ground[1:]
            np.multiply(ground[1:], cos, out=lowered)
            lowered -= sin * excited[:-1]
    return coupled


def uncouple(blocks: list[Amplitudes], n_coupled: int) -> list[Amplitudes]:
    """Undo `couple`: blocks of n + 1 -> blocks of n = `n_coupled` atoms."""
    rest, dtype = blocks[0].shape[1], blocks[0].dtype
    uncoupled = []
    for number, doubled in enumerate(doubled_spins(n_coupled).tolist()):
        copies = degeneracy(n_coupled, doubled)
        block = np.empty((doubled + 1, 2, rest, copies), dtype)
        ground, excited = np.moveaxis(block, 1, 0)
        raised = blocks[number][:, :, :copies]
        ground[0], excited[-1] = raised[0], raised[-1]
        if doubled > 0:
            cos, sin = _mixing(doubled)
            lowered = blocks[number + 1][:, :, -copies:]
            np.multiply(raised[1:-1], cos, out=excited[:-1])
            excited[:-1] -= sin * lowered
            np.multiply(raised[1:-1], sin, out=ground[1:])
            ground[1:] += cos * lowered
        uncoupled.append(block.reshape(doubled + 1, 2 * rest, copies))
    return uncoupled


def transform(vector: Amplitudes) -> list[Amplitudes]:
    """Amplitudes (2^N,) of the product basis -> blocks (2j+1, 1, d_j), j falling from N/2; an isometry.

    Index i of `vector` has atom 1 as its most significant bit; bit 1 = excited.

    Raises:
        checks.ParameterError: the length is no power of 2.
    """
    n_atoms = number_of_atoms(vector)
    blocks = [np.ascontiguousarray(vector).reshape(2, -1, 1)]
    for n_coupled in range(1, n_atoms):
        blocks = couple(blocks, n_coupled)
    return blocks


def inverse_transform(blocks: list[Amplitudes]) -> Amplitudes:
    """Blocks (2j+1, 1, d_j) -> amplitudes (2^N,): undoes `transform`."""
    for n_coupled in range(len(blocks[0]) - 2, 0, -1):
        blocks = uncouple(blocks, n_coupled)
    return blocks[0].reshape(-1)
