"""Evolution between two jumps, and the exact time of the next one.

H_eff = 2 Omega S_y - (i/2) gamma_c S_+S_- - (i/2) gamma_s (S_z + N/2) acts on spin j alone: in the real frame
A = -i H_eff is a real tridiagonal matrix per j. Of a state only its Gram matrices R_j are needed. Their norm after a
time t without jump,

    n(t) = sum_j tr[E_j(t) R_j],   E_j(t) = exp(A_j^T t) exp(A_j t),

is one scalar product with a matrix that depends on t alone. exp(A_j t) is tabulated on a grid so fine that a short
Taylor series reaches any time between two points to machine precision: neither a time step nor an error from it.
"""

from typing import NamedTuple

import numpy as np
from scipy.linalg import expm

from driven_dicke.model.dicke_basis import FloatArray, SymmetricCoordinates, doubled_spins
from driven_dicke.model.operators import magnetization, raising_elements
from driven_dicke.model.parameters import Model

N_CELLS = 64
# Cells of width 1 / (2 |A|): the remainders (1/2)^15 / 15! of exp(A t) and 1 / 19! of n(t) are below 1e-16.
STATE_ORDER = 14
NORM_ORDER = 18


class NoJump(NamedTuple):
    """Time for which the state evolves without jump, and whether a jump ends it."""

    duration: float
    jump: bool


def effective_generator(model: Model, rabi_frequency: float) -> FloatArray:
    """A_j = Omega (S_- - S_+) - (gamma_c/2) S_+S_- - (gamma_s/2)(S_z + N/2) of every j, shape (n_j, N+1, N+1).

    Blocks are filled up with zeros to the size of the largest.
    """
    width = model.n_atoms + 1
    generator = np.zeros((model.n_atoms // 2 + 1, width, width))
    for block, doubled in zip(generator, doubled_spins(model.n_atoms).tolist(), strict=True):
        raising = raising_elements(doubled)
        row = np.arange(doubled + 1)
        block[row[:-1], row[1:]] = rabi_frequency * raising
        block[row[1:], row[:-1]] = -rabi_frequency * raising
        decay = model.gamma_s * (magnetization(doubled) + model.n_atoms / 2)
        decay[1:] += model.gamma_c * raising**2
        block[row, row] = -decay / 2
    return generator


def _falling_root(coefficients: list[float], value: float) -> float:
    """x in [0, 1] where the falling polynomial sum_k coefficients[k] x^k equals `value`: Newton within a bracket."""
    low, high, x = 0.0, 1.0, 0.5
    while high - low > 1e-15:
        excess = slope = 0.0
        for coefficient in reversed(coefficients):
            slope = slope * x + excess
            excess = excess * x + coefficient
        excess -= value
        newton = x - excess / slope if slope < 0 else low
        if abs(newton - x) <= 1e-15:
            break
        low, high = (x, high) if excess > 0 else (low, x)
        x = newton if low < newton < high else (low + high) / 2
    return x


class CollectivePropagator:
    """exp(A t) of every j for one drive, and the waiting time of a state given by its Gram matrices.

    Args:
        model: the model.
        rabi_frequency: Omega, in the unit of the rates.
    """

    def __init__(self, model: Model, rabi_frequency: float) -> None:
        generator = effective_generator(model, rabi_frequency)
        norm = np.linalg.norm(generator, 2, axis=(1, 2)).max()
        self.cell = 0.5 / float(norm)
        scaled = generator * self.cell
        coordinates = SymmetricCoordinates(model.n_atoms)
        self._coordinates = coordinates.block, coordinates.row, coordinates.column
        self._twice = np.where(coordinates.row == coordinates.column, 1.0, 2.0)
        # (A cell)^k / k!, shape (STATE_ORDER + 1, n_j, N+1, N+1)
        powers = [np.broadcast_to(np.eye(model.n_atoms + 1), scaled.shape)]
        for order in range(1, STATE_ORDER + 1):
            powers.append(powers[-1] @ scaled / order)
        self._powers = np.array(powers)
        # exp(A k cell), k = 0 ... N_CELLS, same shape; by doubling, log2(N_CELLS) products deep
        self._grid = np.empty((N_CELLS + 1, *scaled.shape))
        self._grid[:2] = powers[0], expm(scaled)
        filled = 1
        while filled < N_CELLS:
            self._grid[filled + 1 : 2 * filled + 1] = self._grid[1 : filled + 1] @ self._grid[filled]
            filled *= 2
        # n(k cell) = norms[k] @ packed R, shape (N_CELLS + 1, n_coordinates)
        self._norms = np.array([self._row(step.transpose(0, 2, 1) @ step) for step in self._grid])
        # n(x cell) = sum_k x^k series[k] @ packed R, shape (NORM_ORDER + 1, n_coordinates)
        no_jump = powers[0]
        series = [self._row(no_jump)]
        for order in range(1, NORM_ORDER + 1):
            half = no_jump @ scaled
            no_jump = (half + half.transpose(0, 2, 1)) / order
            series.append(self._row(no_jump))
        self._series = np.array(series)

    def _row(self, matrices: FloatArray) -> FloatArray:
        """The row vector that gives sum_j tr[matrices_j R_j] when applied to packed R."""
        return matrices[self._coordinates] * self._twice

    def after(self, duration: float) -> FloatArray:
        """exp(A duration) of every j, shape (n_j, N+1, N+1)."""
        cells = duration / self.cell
        whole = int(cells)
        remainder = (cells - whole) ** np.arange(STATE_ORDER + 1)
        evolved: FloatArray = np.tensordot(remainder, self._powers, 1)
        evolved = self._grid[whole % N_CELLS] @ evolved
        if whole >= N_CELLS:
            evolved = np.linalg.matrix_power(self._grid[-1], whole // N_CELLS) @ evolved
        return evolved

    def no_jump(self, gram: FloatArray, threshold: float) -> NoJump:
        """How long the state evolves until n(t) falls to `threshold`, or until the end of the table.

        Args:
            gram: real parts of the Gram matrices R_j now, shape (n_j, N+1, N+1).
            threshold: 0 < threshold <= n(0).
        """
        norms = self._norms @ gram[self._coordinates]
        if norms[-1] >= threshold:
            return NoJump(N_CELLS * self.cell, jump=False)
        whole = max(int(np.count_nonzero(norms >= threshold)) - 1, 0)
        step = self._grid[whole]
        evolved = step @ gram @ step.transpose(0, 2, 1)
        fraction = _falling_root((self._series @ evolved[self._coordinates]).tolist(), threshold)
        return NoJump((whole + fraction) * self.cell, jump=True)
