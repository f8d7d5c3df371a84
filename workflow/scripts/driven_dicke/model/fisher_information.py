"""Quantum Fisher information of a state for collective rotations: what it is worth to a phase measurement.

Of a rotation exp(-i theta n.S) the quantum Fisher information is F(n) = n^T F n with

    F_ab = 2 sum_kl (p_k - p_l)^2 / (p_k + p_l) Re <k|S_a|l><l|S_b|k>,    rho = sum_k p_k |k><k|

(Braunstein and Caves, PRL 72, 3439 (1994)). An angle is measured to 1/sqrt(F) at best; uncorrelated atoms have F <= N,
and 1/xi^2 <= F/N: spin squeezing is the part of F that the variance of one spin component shows (Pezze and Smerzi,
PRL 102, 100401 (2009)). S acts within a spin j: blocks add up, and F is of degree 1 in rho, so that a weighted block
stands for all its copies.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import Blocks, FloatArray, IntArray, doubled_spins
from driven_dicke.model.observables import number_of_atoms
from driven_dicke.model.operators import magnetization, raising_elements

NEGLECTED = 1e-16  # population of a Dicke state, of the whole; such states change F by at most 2e-16 N^2 each


class Part(NamedTuple):
    """Rows first ... of the block of spin j: all of it, or where its populations are.

    Args:
        doubled_spin: 2j.
        first: a = j + m of the first row.
        matrix: weighted elements, shape (n, n).
    """

    doubled_spin: int
    first: int
    matrix: FloatArray


class Rotation(NamedTuple):
    """The collective rotation to which a state is most sensitive."""

    information: float  # F, in N at most N^2
    axis: FloatArray  # (n_x, n_y, n_z) in the frame of `dicke_basis`, shape (3,), n_z >= 0


def parts_of(blocks: Blocks) -> list[Part]:
    """The blocks of a state where they are populated, with one Dicke state more at either end, to which rotations lead.

    Raises:
        checks.ParameterError: the shapes are not those of one N.
    """
    parts = []
    for doubled_spin, block in zip(doubled_spins(number_of_atoms(blocks)), blocks, strict=True):
        populated = np.flatnonzero(np.diagonal(block).real > NEGLECTED)
        if populated.size:
            rows = with_neighbours(populated, int(doubled_spin))
            parts.append(Part(int(doubled_spin), rows.start, block[rows, rows]))
    return parts


def with_neighbours(populated: IntArray, doubled_spin: int) -> slice:
    """From one row below the first populated one to one row above the last, within the 2j + 1 rows of spin j."""
    return slice(max(int(populated[0]) - 1, 0), min(int(populated[-1]) + 2, doubled_spin + 1))


def fisher_information(parts: Iterable[Part]) -> FloatArray:
    """The matrix F of a state given as parts of its blocks, shape (3, 3), axes of `dicke_basis`.

    O(n^3) for each part; blocks may be complex.

    Raises:
        checks.CertificateError: an eigenvalue is negative beyond rounding (1e-9), so that this is no state.
    """
    total = np.zeros((3, 3))
    for part in parts:
        p, vectors = np.linalg.eigh(part.matrix)
        if p[0] < -1e-9:
            raise checks.CertificateError(
                f"spin {part.doubled_spin}/2 has the eigenvalue {p[0]:.3e}, which is that of no state"
            )
        p = np.maximum(p, 0)
        rows = slice(part.first, part.first + p.size)
        m = magnetization(part.doubled_spin)[rows]
        up = raising_elements(part.doubled_spin)[part.first : part.first + p.size - 1]
        raised = vectors[1:].conj().T @ (up[:, None] * vectors[:-1])  # <k|S_+|l>
        lowered = raised.conj().T
        spin = np.stack([(raised + lowered) / 2, (raised - lowered) / 2j, vectors.conj().T @ (m[:, None] * vectors)])
        sums = p[:, None] + p
        weight = np.divide((p[:, None] - p) ** 2, sums, out=np.zeros_like(sums), where=sums > 0)
        total += 2 * np.einsum("kl,akl,bkl->ab", weight, spin, spin.conj()).real
    return total


def best_rotation(information: FloatArray) -> Rotation:
    """The axis that has the largest F, of the matrix of `fisher_information`."""
    values, vectors = np.linalg.eigh(information)
    axis = vectors[:, -1]
    return Rotation(float(values[-1]), np.where(axis[2] < 0, -1.0, 1.0) * axis)


def largest_fisher_information(depth: int, n_atoms: int) -> int:
    """Largest F of N atoms of which at most k = `depth` are entangled, s k^2 + (N - s k)^2 with s = N // k groups.

    Hyllus et al., PRA 85, 022321; Toth, PRA 85, 022322 (2012).

    Raises:
        checks.ParameterError: `depth` is not 1 ... N.
    """
    k = checks.integer("depth", depth, 1)
    if k > checks.integer("n_atoms", n_atoms, 1):
        raise checks.ParameterError(f"argument depth must be at most n_atoms = {n_atoms}, but is {depth}")
    groups = n_atoms // k
    return groups * k**2 + (n_atoms - groups * k) ** 2


def entanglement_depth(information: float, n_atoms: int) -> int:
    """The smallest number of atoms that must be entangled with one another for F to be so large; 1: none.

    Raises:
        checks.ParameterError: F is negative, not finite, or above N^2 by more than rounding.
    """
    found = checks.real("information", information, 0.0) * (1 - 1e-12)
    for depth in range(1, n_atoms + 1):
        if found <= largest_fisher_information(depth, n_atoms):
            return depth
    raise checks.ParameterError(f"argument information must be at most N^2 = {n_atoms**2}, but is {information!r}")
