"""The slow left mode: where a state goes before it forgets, and the two extreme metastable states.

The left mode l, tr(l L rho) = -lambda_1 tr(l rho), is conserved until the phases mix: a state whose tr(l rho) lies on
the way from the least to the largest eigenvalue of l relaxes to that mixture of the two extreme metastable states, and
the weights of a mixture are probabilities (K. Macieszczak et al., Phys. Rev. Lett. 116, 240404; D. C. Rose et al.,
Phys. Rev. E 94, 052132).
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

from driven_dicke.generator import liouvillian
from driven_dicke.generator.spectrum import SlowModes
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import Blocks, FloatArray, SymmetricCoordinates
from driven_dicke.model.parameters import Model

_RESIDUAL_LIMIT = 1e-9  # of the left mode, relative to the norm of the generator


@dataclass(frozen=True)
class LeftMode:
    """The slow left mode l as a row on the coordinates, and its extreme eigenvalues.

    Attributes:
        row: tr(l rho) = row @ pack(rho), shape (size,).
        least, largest: extreme eigenvalues of l: the values in rho_- and rho_+ once they are pure metastable states.
    """

    coordinates: SymmetricCoordinates
    row: FloatArray
    least: float
    largest: float

    def place(self, state: Blocks) -> float:
        """Where a state relaxes to, from the metastable rho_- (0) to rho_+ (1)."""
        return (float(self.row @ self.coordinates.pack(state)) - self.least) / (self.largest - self.least)


def left_mode(model: Model, rabi_frequency: float, modes: SlowModes) -> LeftMode:
    """The left mode of the slowest mode in `modes` that does not oscillate.

    Its sign is that with which rho_+ has the larger value, as `spectrum.slow_modes` gives it to rho_1.

    Raises:
        checks.ParameterError: every mode oscillates.
        checks.CertificateError: the residual exceeds 1e-9.
    """
    if not modes.real_modes.size:
        raise checks.ParameterError(f"every slow mode of N = {model.n_atoms} oscillates: there are no two phases")
    mode = int(modes.real_modes[0])
    matrix, eigenvalue = liouvillian.generator(model, rabi_frequency), float(modes.eigenvalues[mode].real)
    size = modes.coordinates.size
    factors = splu((matrix.T - (1 - 1e-9) * eigenvalue * sparse.eye_array(size)).tocsc())
    row = modes.coordinates.trace_row.copy()
    row[: size // 2] *= -1  # no left zero mode: it would stay
    for _ in range(6):
        row = factors.solve(row)
        row /= np.abs(row).max()
    residual = np.abs(matrix.T @ row - eigenvalue * row).max() / liouvillian.norm(matrix)
    if not residual <= _RESIDUAL_LIMIT:
        raise checks.CertificateError(f"the residual {residual:.1e} of the slow left mode exceeds {_RESIDUAL_LIMIT:g}")
    row *= np.sign(row @ modes.vectors[:, mode].real)
    # A coordinate above the diagonal stands for two equal elements.
    operators = [(block + np.diag(np.diagonal(block))) / 2 for block in modes.coordinates.unpack(row)]
    values = np.concatenate([np.linalg.eigvalsh(operator) for operator in operators])
    return LeftMode(modes.coordinates, row, float(values.min()), float(values.max()))
