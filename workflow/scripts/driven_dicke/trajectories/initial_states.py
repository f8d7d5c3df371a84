"""Start states as 2^N real-frame amplitudes; atom 1 is the most significant bit of the index, bit 1 = excited."""

from math import comb

import numpy as np
from numpy.typing import ArrayLike

from driven_dicke.model import checks
from driven_dicke.trajectories.schur import Amplitudes, number_of_atoms

MAXIMUM_ATOMS = 24  # 2^24 real amplitudes are 0.13 GB; the Schur stages hold a few copies


def _excitations(n_atoms: int) -> Amplitudes:
    """Number of excited atoms of every product state, shape (2^N,)."""
    return np.bitwise_count(np.arange(1 << n_atoms)).astype(np.int64)


def as_amplitudes(name: str, values: ArrayLike) -> Amplitudes:
    """`values` as a real array, or as a complex one if they are complex.

    Raises:
        checks.ParameterError: a value is no number, or not finite.
    """
    array = np.asarray(values)
    if array.dtype.kind not in "fiuc":
        raise checks.ParameterError(f"argument {name} must be a list of numbers, but is {values!r}")
    array = array.astype(complex if np.iscomplexobj(array) else float)
    if not np.isfinite(array).all():
        raise checks.ParameterError(f"argument {name} must be finite, but is not")
    return array


def normalised(name: str, values: ArrayLike) -> Amplitudes:
    """`values` as an array (n,) of norm 1.

    Raises:
        checks.ParameterError: a value is not finite, the shape is wrong, or the norm is not 1 within 1e-9.
    """
    vector = as_amplitudes(name, values)
    if vector.ndim != 1:
        raise checks.ParameterError(f"argument {name} must be a list of amplitudes, but has shape {vector.shape}")
    norm = float(np.linalg.norm(vector))
    if not abs(norm - 1) <= 1e-9:
        raise checks.ParameterError(f"argument {name} must be normalised, but its norm is {norm!r}")
    return vector


def real_frame(vector: ArrayLike) -> Amplitudes:
    """Turn 2^N amplitudes of the paper's frame into the real frame: a factor (-i)^(number of excited atoms).

    In the real frame sigma' = -i sigma, so that 2 Omega S_x reads 2 Omega S_y (see `dicke_basis`). The result is real
    where no imaginary part remains.

    Raises:
        checks.ParameterError: the length is no power of 2, or a value is not finite.
    """
    amplitudes = as_amplitudes("vector", vector)
    phase = np.array([1, -1j, -1, 1j])[_excitations(number_of_atoms(amplitudes)) % 4]
    rotated = amplitudes * phase
    return rotated.real.copy() if not rotated.imag.any() else rotated


def all_down(n_atoms: int) -> Amplitudes:
    """|g g ... g>."""
    vector = np.zeros(1 << checks.integer("n_atoms", n_atoms, 1, MAXIMUM_ATOMS))
    vector[0] = 1.0
    return vector


def symmetric(amplitudes: ArrayLike) -> Amplitudes:
    """sum_m amplitudes[m] |j = N/2, m>, m rising from -N/2, from N + 1 amplitudes.

    Raises:
        checks.ParameterError: fewer than two amplitudes, or one is not finite.
    """
    values = as_amplitudes("amplitudes", amplitudes)
    if values.ndim != 1:
        raise checks.ParameterError(f"argument amplitudes must have shape (N + 1,), but has shape {values.shape}")
    n_atoms = checks.integer("number of amplitudes - 1", values.size - 1, 1, MAXIMUM_ATOMS)
    copies = np.sqrt([comb(n_atoms, excited) for excited in range(n_atoms + 1)])
    vector: Amplitudes = (values / copies)[_excitations(n_atoms)]
    return vector


def product(atoms: ArrayLike) -> Amplitudes:
    """Product state of N atoms with the amplitudes (ground, excited) of each, shape (N, 2).

    Raises:
        checks.ParameterError: the shape is wrong, or a value is not finite.
    """
    values = as_amplitudes("atoms", atoms)
    if values.ndim != 2 or values.shape[1] != 2 or not 1 <= len(values) <= MAXIMUM_ATOMS:
        raise checks.ParameterError(
            f"argument atoms must have shape (N, 2) with N <= {MAXIMUM_ATOMS}, but has shape {values.shape}"
        )
    vector = np.ones(1, values.dtype)
    for atom in values:
        vector = np.kron(vector, atom)
    return vector


def singlets(n_atoms: int) -> Amplitudes:
    """Product of the singlets of atoms (1, 2), (3, 4) ...: total spin 0 (Sec. VII B).

    The two frames differ by a global phase here.

    Raises:
        checks.ParameterError: N is odd, below 2 or too large.
    """
    pairs, odd = divmod(checks.integer("n_atoms", n_atoms, 2, MAXIMUM_ATOMS), 2)
    if odd:
        raise checks.ParameterError(f"argument n_atoms must be even to form pairs, but is {n_atoms}")
    vector = np.ones(1)
    for _ in range(pairs):
        vector = np.kron(vector, np.array([0.0, -1.0, 1.0, 0.0]) / np.sqrt(2))
    return vector
