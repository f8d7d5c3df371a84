"""The generator of Eq. (1) as a sparse real matrix on permutation-symmetric states.

    d rho / dt = -2i Omega [S_y, rho] + gamma_c D[S_-] rho + gamma_s sum_n D[sigma_n] rho,
    D[c] rho = c rho c^+ - (c^+ c rho + rho c^+ c) / 2,

in the rotated frame of `dicke_basis`, where it is real and maps symmetric blocks to symmetric blocks. (The paper calls
the negative of this matrix L; here the eigenvalues have negative real parts.)
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from scipy import sparse

from driven_dicke.generator.ordering import Places
from driven_dicke.model import checks, operators
from driven_dicke.model.dicke_basis import FloatArray, IntArray, SymmetricCoordinates
from driven_dicke.model.parameters import Model


class Coordinates(Places, Protocol):
    """A numbering of block elements: `block`, `row`, `column` of every coordinate, and its inverse `index`."""

    @property
    def n_atoms(self) -> int: ...
    @property
    def dimensions(self) -> IntArray: ...
    def index(self, block: IntArray, row: IntArray, column: IntArray) -> IntArray: ...


@dataclass(frozen=True)
class ElementCoordinates:
    """Coordinates of general blocks: all (2j+1)^2 elements, row by row; about N^3 / 6.

    They hold the symmetric and the antisymmetric sector, so that the generator's complete spectrum can be seen.
    """

    n_atoms: int

    @cached_property
    def dimensions(self) -> IntArray:
        """2j + 1 of every block, shape (N // 2 + 1,)."""
        return SymmetricCoordinates(self.n_atoms).dimensions

    @cached_property
    def offsets(self) -> IntArray:
        """First coordinate of every block, and the total number at the end, shape (N // 2 + 2,)."""
        return np.concatenate([[0], np.cumsum(self.dimensions**2)])

    @property
    def size(self) -> int:
        """Number of coordinates."""
        return int(self.offsets[-1])

    @cached_property
    def block(self) -> IntArray:
        """Block number of every coordinate, shape (size,)."""
        return np.repeat(np.arange(self.dimensions.size), self.dimensions**2)

    @cached_property
    def row(self) -> IntArray:
        """Row a = j + m of every coordinate, shape (size,)."""
        return np.concatenate([np.repeat(np.arange(d), d) for d in self.dimensions])

    @cached_property
    def column(self) -> IntArray:
        """Column b = j + m' of every coordinate, shape (size,)."""
        return np.concatenate([np.tile(np.arange(d), d) for d in self.dimensions])

    def index(self, block: IntArray, row: IntArray, column: IntArray) -> IntArray:
        """Coordinate of element (row, column) of `block`."""
        return self.offsets[block] + row * self.dimensions[block] + column


@dataclass(frozen=True)
class Generator:
    """L(Omega) = dissipator + Omega * drive, assembled once for a whole grid of drives.

    Both parts are sparse matrices (size, size) that act on vectors of `coordinates`; `dissipator` is in the unit of the
    rates, `drive` is a pure number.
    """

    coordinates: Coordinates
    dissipator: sparse.csc_array
    drive: sparse.csc_array

    def at(self, rabi_frequency: float) -> sparse.csc_array:
        """L at Rabi frequency Omega >= 0 (unit of the rates), shape (size, size).

        Raises:
            checks.ParameterError: `rabi_frequency` is negative or not finite.
        """
        return self.dissipator + checks.real("rabi_frequency", rabi_frequency, 0.0) * self.drive


def assemble(model: Model, coordinates: Coordinates | None = None) -> Generator:
    """The generator of Eq. (1) on `coordinates`, by default the smallest ones, `SymmetricCoordinates`."""
    layout = SymmetricCoordinates(model.n_atoms) if coordinates is None else coordinates
    if layout.n_atoms != model.n_atoms:
        raise checks.ParameterError(
            f"argument coordinates must belong to n_atoms = {model.n_atoms}, but is for {layout.n_atoms}"
        )
    amplitudes = _Amplitudes(model.n_atoms, layout)
    return Generator(
        layout, _sum_of(_dissipation(model, layout, amplitudes), layout), _sum_of(_drive(layout, amplitudes), layout)
    )


def generator(model: Model, rabi_frequency: float) -> sparse.csc_array:
    """L of Eq. (1) on `SymmetricCoordinates` at Rabi frequency Omega >= 0 (unit of the rates), shape (size, size)."""
    return assemble(model).at(rabi_frequency)


def norm(matrix: sparse.csc_array) -> float:
    """||L||_1, the largest absolute column sum: the scale of every certificate."""
    return float(abs(matrix).sum(axis=0).max())


def require_unique(model: Model) -> None:
    """Refuse gamma_s = 0, where every spin j keeps its weight and has a steady state of its own.

    Raises:
        checks.ParameterError: gamma_s = 0.
    """
    if model.gamma_s == 0:
        raise checks.ParameterError("argument gamma_s must be > 0 for a unique steady state, but is 0")


# One term of the generator: entry (target coordinate, source coordinate, value) of the matrix.
Term = tuple[IntArray, IntArray, FloatArray]


class _Amplitudes:
    """The amplitudes of spin and individual decay as tables over (block, a), zero where a target does not exist."""

    def __init__(self, n_atoms: int, layout: Coordinates) -> None:
        shape = (layout.dimensions.size + 1, n_atoms + 4)  # one block and three rows more than any index reaches
        self.raising, self.same, self.lower, self.upper = (np.zeros(shape) for _ in range(4))
        for number, dimension in enumerate(layout.dimensions):
            doubled_spin = int(dimension) - 1
            self.raising[number, :doubled_spin] = operators.raising_elements(doubled_spin)
            decay = operators.individual_decay(n_atoms, doubled_spin)
            self.same[number, :dimension] = decay.same
            self.lower[number, :dimension] = decay.lower
            self.upper[number, :dimension] = decay.upper


def _dissipation(model: Model, layout: Coordinates, amplitudes: _Amplitudes) -> Iterator[Term]:
    block, a, b = layout.block, layout.row, layout.column
    raising = amplitudes.raising
    target = np.arange(layout.size)
    half = model.n_atoms / 2

    # Row a - 1 of `raising` at a = 0 is its last column, which is 0: there is nothing below the lowest state.
    collective_loss = (raising[block, a - 1] ** 2 + raising[block, b - 1] ** 2) / 2
    excited_atoms = half - (layout.dimensions[block] - 1) / 2 + (a + b) / 2  # N/2 + (m + m')/2
    yield target, target, -model.gamma_c * collective_loss - model.gamma_s * excited_atoms
    yield _gain(layout, block, 1, model.gamma_c * raising[block, a] * raising[block, b])

    same, lower, upper = amplitudes.same, amplitudes.lower, amplitudes.upper
    yield _gain(layout, block, 1, model.gamma_s * same[block, a + 1] * same[block, b + 1])
    yield _gain(layout, block - 1, 2, model.gamma_s * lower[block - 1, a + 2] * lower[block - 1, b + 2])
    yield _gain(layout, block + 1, 0, model.gamma_s * upper[block + 1, a] * upper[block + 1, b])


def _gain(layout: Coordinates, source_block: IntArray, step: int, rate: FloatArray) -> Term:
    """Flow from element (a + step, b + step) of `source_block` into every element (a, b), where it exists."""
    (target,) = np.nonzero(rate)
    source = layout.index(source_block[target], layout.row[target] + step, layout.column[target] + step)
    return target, source, rate[target]


def _drive(layout: Coordinates, amplitudes: _Amplitudes) -> Iterator[Term]:
    """-[S_+ - S_-, rho] element by element: 2 S_y (-i) = -(S_+ - S_-)."""
    block, a, b = layout.block, layout.row, layout.column
    raising = amplitudes.raising
    for row, column, value in (
        (a - 1, b, -raising[block, a - 1]),
        (a + 1, b, raising[block, a]),
        (a, b + 1, raising[block, b]),
        (a, b - 1, -raising[block, b - 1]),
    ):
        (target,) = np.nonzero(value)
        yield target, layout.index(block[target], row[target], column[target]), value[target]


def _sum_of(terms: Iterator[Term], layout: Coordinates) -> sparse.csc_array:
    targets, sources, values = (np.concatenate(parts) for parts in zip(*terms, strict=True))
    return sparse.coo_array((values, (targets, sources)), shape=(layout.size, layout.size)).tocsc()
