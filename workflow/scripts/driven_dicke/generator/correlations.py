"""Correlations in time, by reduced models of the generator, and the light of both ports.

By the quantum regression theorem c(tau) = w exp(L tau) v with v = c rho_s less its steady part, and w a trace with an
operator (Lax, PR 129, 2342 (1963)). L is projected on the space of a few (1 - g L)^-k v for poles g from 1/(N gamma_c)
to 1/gamma_s (rational Krylov, Galerkin), so that c becomes a sum of some fifty exponentials: its spectrum and its
integrals follow without a grid of times.

sigma_n makes one atom unlike the others. `MarkedAtom` keeps that atom beside N - 1 alike ones, which stay symmetric.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.sparse.linalg import splu

from driven_dicke.generator import superoperators
from driven_dicke.generator.factorisation import Factorisation
from driven_dicke.generator.liouvillian import ElementCoordinates, assemble, require_unique
from driven_dicke.generator.ordering import nested_dissection
from driven_dicke.generator.superoperators import Sector, elements, excitation_row, multiplication, trace_row
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import Blocks, FloatArray, IntArray
from driven_dicke.model.parameters import Model

_POLES = 7
_STEPS = (5, 7, 9, 12, 15, 18, 22, 30, 40, 50)  # solves with each pole
_ACCURACY = 1e-5  # of c(0), between two sizes of the model
_LEAST_DECAY = 1e-3  # of the slowest decay that is expected; a mode of the model that grows is refused
_TIMES = 61
_COMPLETE_SIZE = 300  # unknowns up to which all eigenvalues are taken
_NEW = 1e-9  # length beyond the basis from which a direction is new


@dataclass(frozen=True, eq=False)
class Correlation:
    """c(tau) = constant + sum_k weight_k exp(eigenvalue_k tau), tau >= 0.

    Attributes:
        constant: its value for tau -> infinity, the coherent part of first-order coherence.
        weights, eigenvalues: complex, shape (n_terms,); the sum is real.
        error: estimate of the largest error at any tau.
    """

    constant: float
    weights: NDArray[np.complex128]
    eigenvalues: NDArray[np.complex128]
    error: float

    def __call__(self, times: ArrayLike) -> FloatArray:
        """c at `times` >= 0, shape as these."""
        waves = np.exp(np.multiply.outer(np.asarray(times, dtype=float), self.eigenvalues))
        return self.constant + (waves @ self.weights).real

    def spectrum(self, frequencies: ArrayLike) -> FloatArray:
        """(1/pi) Re of the integral of e^(i omega tau) [c - constant] over tau >= 0; its area is c(0) - constant."""
        below = np.subtract.outer(-1j * np.asarray(frequencies, dtype=float), self.eigenvalues)
        return ((1 / below) @ self.weights).real / np.pi

    def integral(self, window: ArrayLike) -> FloatArray:
        """Integral of (window - tau) [c(tau) - constant] over 0 <= tau <= window, shape as `window`."""
        time = np.asarray(window, dtype=float)
        product = np.multiply.outer(time, self.eigenvalues)
        # (e^x - 1 - x) / x^2, by its series where that cancels
        small = np.abs(product) < 1e-3
        safe = np.where(small, 1.0, product)
        shape = np.where(small, 0.5 + product / 6 + product**2 / 24, (np.exp(safe) - 1 - safe) / safe**2)
        return (shape @ self.weights).real * time**2


def correlation(
    matrix: sparse.csc_array, order: IntArray | None, start: FloatArray, rows: FloatArray, scales: tuple[float, float]
) -> list[Correlation]:
    """w exp(L tau) v of several rows w, each without a constant.

    Args:
        matrix: L, shape (size, size).
        order: of elimination, shape (size,); None lets SuperLU choose.
        start: v, without a steady part, shape (size,).
        rows: w, shape (n_rows, size).
        scales: shortest and longest time that matter.

    Raises:
        checks.CertificateError: the reduced models do not settle, or have a mode that grows.
    """
    scale = np.abs(rows @ start).max() + 1e-300
    if not np.any(start):
        return [Correlation(0.0, np.zeros(1, complex), -np.ones(1, complex), 0.0) for _ in rows]
    if start.size <= _COMPLETE_SIZE:
        eigenvalues, vectors = np.linalg.eig(matrix.toarray())
        weights = (rows @ vectors) * np.linalg.solve(vectors, start.astype(complex))
        error = 0.0
    else:
        eigenvalues, weights, error = _reduced(matrix, order, start, rows, scales)
    moving = np.abs(weights).max(axis=0) > _ACCURACY * scale
    if (eigenvalues.real[moving] > _LEAST_DECAY / scales[1]).any():
        raise checks.CertificateError(f"a correlation in time grows, at the rate {eigenvalues.real.max():.1e}")
    # Of a complete spectrum the steady state is left, without weight but for rounding.
    kept = eigenvalues.real < 0
    return [Correlation(0.0, row[kept].astype(complex), eigenvalues[kept].astype(complex), error) for row in weights]


def _reduced(
    matrix: sparse.csc_array, order: IntArray | None, start: FloatArray, rows: FloatArray, scales: tuple[float, float]
) -> tuple[NDArray[np.complex128], NDArray[np.complex128], float]:
    """Eigenvalues of a reduced model, weights of every row (n_rows, n_terms), and the error of the correlations."""
    scale = np.abs(rows @ start).max() + 1e-300
    poles = np.geomspace(0.3 * scales[0], scales[1], _POLES)
    identity = sparse.eye_array(start.size, format="csc")
    solvers = []
    for pole in poles:
        shifted = (identity - pole * matrix).tocsc()
        solvers.append(splu(shifted).solve if order is None else Factorisation(shifted, order).solve)
    basis, images = [start / np.linalg.norm(start)], [matrix @ (start / np.linalg.norm(start))]
    times = np.concatenate([[0.0], np.geomspace(scales[0] / 30, 30 * scales[1], _TIMES)])
    before, done = np.full((len(rows), times.size), np.inf), 0
    for steps in _STEPS:
        for _ in range(steps - done):
            for solve in solvers:
                vector = solve(basis[-1])
                vector /= np.linalg.norm(vector)
                for _ in range(2):
                    vector -= np.array(basis).T @ (np.array(basis) @ vector)
                length = np.linalg.norm(vector)
                if length > _NEW:
                    basis.append(vector / length)
                    images.append(matrix @ basis[-1])
        done = steps
        space = np.array(basis)
        eigenvalues, vectors = np.linalg.eig(space @ np.array(images).T)
        coefficients = np.linalg.solve(vectors, (space @ start).astype(complex))
        weights = (rows @ space.T) @ vectors * coefficients
        now = (weights @ np.exp(np.multiply.outer(eigenvalues, times))).real
        error = float(np.abs(now - before).max()) if np.isfinite(now).all() else np.inf
        if error <= _ACCURACY * scale:
            return eigenvalues, weights, error
        before = now
    raise checks.CertificateError(
        f"a correlation in time did not settle: {len(basis)} dimensions still move it by {error / scale:.1e} of its "
        "initial value"
    )


def _added(parts: Sequence[Correlation], constant: float) -> Correlation:
    """The sum of correlations."""
    return Correlation(
        constant,
        np.concatenate([part.weights for part in parts]),
        np.concatenate([part.eigenvalues for part in parts]),
        sum(part.error for part in parts),
    )


@dataclass(frozen=True, eq=False)
class Light:
    """The light of both ports in the steady state: through the mirrors (S_-) and out of the side (every sigma_n).

    Args:
        model: gamma_c > 0, gamma_s > 0.
        rabi_frequency: Omega > 0, unit of the rates.
        steady: weighted blocks of the steady state.
    """

    model: Model
    rabi_frequency: float
    steady: Blocks

    def __post_init__(self) -> None:
        require_unique(self.model)
        checks.real("gamma_c", self.model.gamma_c, 0.0, exclusive=True)

    @cached_property
    def _coordinates(self) -> ElementCoordinates:
        return ElementCoordinates(self.model.n_atoms)

    @cached_property
    def _matrix(self) -> sparse.csc_array:
        return assemble(self.model, self._coordinates).at(self.rabi_frequency)

    @cached_property
    def _sectors(self) -> list[tuple[Sector, sparse.csc_array, IntArray]]:
        """Symmetric and antisymmetric sector, L on it, and its order of elimination."""
        found = []
        for parity in ("symmetric", "antisymmetric"):
            part = superoperators.sector(self._coordinates, parity)
            found.append((part, (part.restrict @ self._matrix @ part.extend).tocsc(), nested_dissection(part)))
        return found

    @property
    def scales(self) -> tuple[float, float]:
        """1/(N gamma_c), and the longest time of a reduced model, 10/gamma_s: slower modes are its eigenvectors."""
        rate = max(self.model.n_atoms * self.model.gamma_c, self.rabi_frequency, self.model.gamma_s)
        return 1 / rate, 10 / self.model.gamma_s

    @cached_property
    def _state(self) -> FloatArray:
        return elements(self.steady)

    @cached_property
    def _operators(self) -> superoperators.Multiplication:
        return multiplication(self.model.n_atoms)

    @cached_property
    def _rows(self) -> FloatArray:
        """Rows that measure the photon rates of both ports, gamma_c <S_+S_-> and gamma_s (N/2 + <S_z>)."""
        trace = trace_row(self.model.n_atoms)
        collective = trace @ (self._operators.lowering_left @ self._operators.raising_right)
        return np.array([self.model.gamma_c * collective, self.model.gamma_s * excitation_row(self.model.n_atoms)])

    @cached_property
    def rates(self) -> FloatArray:
        """Photons per time of the cavity port and of the side port, shape (2,)."""
        rates: FloatArray = self._rows @ self._state
        return rates

    @cached_property
    def collective_coherence(self) -> Correlation:
        """<S_+(tau) S_-(0)>; its constant is |<S_->|^2."""
        trace = trace_row(self.model.n_atoms)
        lowered = self._operators.lowering_left @ self._state
        dipole = float(trace @ lowered)
        start = lowered - dipole * self._state
        row = trace @ self._operators.raising_right  # tr(X S_+) = tr(S_+ X)
        parts = []
        for part, matrix, order in self._sectors:
            parts += correlation(matrix, order, part.restrict @ start, (row @ part.extend)[None], self.scales)
        return _added(parts, dipole**2)

    def second_order(self) -> list[list[Correlation]]:
        """g2_ab(tau): a photon of port b at tau after one of port a at 0, over its mean rate; ports cavity and side."""
        part, matrix, order = self._sectors[0]
        jumps = (
            self.model.gamma_c * (self._operators.lowering_left @ self._operators.raising_right),
            superoperators.individual_jumps(self.model),
        )
        found = []
        for jump, rate in zip(jumps, self.rates, strict=True):
            start = jump @ self._state / rate - self._state
            rows = np.array([row @ part.extend / mean for row, mean in zip(self._rows, self.rates, strict=True)])
            found.append(
                [_added([c], 1.0) for c in correlation(matrix, order, part.restrict @ start, rows, self.scales)]
            )
        return found

    def individual_coherence(self) -> Correlation:
        """sum_n <sigma_n^+(tau) sigma_n(0)>; its constant is N |<sigma>|^2. Unknowns: about 2 N^3 / 3."""
        marked = MarkedAtom(self.model, self.rabi_frequency)
        state = marked.steady_state()
        lowered = marked.lowering_left @ state
        dipole = float(marked.trace_row @ lowered)
        row = marked.trace_row @ marked.raising_right
        (found,) = correlation(marked.generator, None, lowered - dipole * state, row[None], self.scales)
        n = self.model.n_atoms
        return Correlation(n * dipole**2, n * found.weights, found.eigenvalues, n * found.error)


class MarkedAtom:
    """One atom and N - 1 alike ones: elements |a><b| x X of blocks X of N - 1 atoms, a, b = g, e; size 4 N^3 / 6.

    L = L_rest + L_1 + gamma_c [S'_- rho sigma^+ + sigma rho S'_+ - {S'_+ sigma + sigma^+ S'_-, rho} / 2].

    Raises:
        checks.ParameterError: n_atoms < 2.
    """

    def __init__(self, model: Model, rabi_frequency: float) -> None:
        n_rest = checks.integer("n_atoms", model.n_atoms, 2) - 1
        rest = Model(n_rest, model.gamma_c, model.gamma_s)
        coordinates = ElementCoordinates(n_rest)
        down, up_right = multiplication(n_rest)
        up_left, down_right = _transposed(coordinates, down, up_right)
        one = sparse.eye_array(coordinates.size, format="csc")
        sigma = sparse.csc_array(np.array([[0.0, 1.0], [0.0, 0.0]]))  # g = 0, e = 1
        pair = sparse.eye_array(2)
        atom_down, atom_up = sparse.kron(sigma, pair), sparse.kron(sigma.T, pair)  # from the left
        right_up, right_down = sparse.kron(pair, sigma), sparse.kron(pair, sigma.T)  # rho sigma^+, rho sigma
        atom_one = sparse.eye_array(4)
        gamma_c, total = model.gamma_c, model.gamma_c + model.gamma_s
        alone = total * (atom_down @ right_up - (atom_up @ atom_down + right_down @ right_up) / 2)
        # -Omega [S_+ - S_-, rho], as in `liouvillian`
        alone = alone - rabi_frequency * (atom_up - atom_down - right_up + right_down)
        cross = sparse.kron(right_up, down) + sparse.kron(atom_down, up_right)
        cross = cross - (sparse.kron(atom_down, up_left) + sparse.kron(atom_up, down)) / 2
        cross = cross - (sparse.kron(right_down, up_right) + sparse.kron(right_up, down_right)) / 2
        matrix = sparse.kron(atom_one, assemble(rest, coordinates).at(rabi_frequency))
        self.generator = sparse.csc_array(matrix + sparse.kron(alone, one) + gamma_c * cross)
        self.lowering_left = sparse.csc_array(sparse.kron(atom_down, one))
        self.raising_right = sparse.csc_array(sparse.kron(right_up, one))
        self.trace_row = np.kron(np.eye(2).ravel(), trace_row(n_rest))

    def steady_state(self) -> FloatArray:
        """Null vector of trace 1, shape (size,)."""
        first = int(np.flatnonzero(self.trace_row)[0])
        kept = np.ones(self.trace_row.size)
        kept[first] = 0.0
        inserted = sparse.csc_array(
            (self.trace_row, (np.full(kept.size, first), np.arange(kept.size))), shape=self.generator.shape
        )
        bordered = (sparse.diags_array(kept) @ self.generator + inserted).tocsc()
        target = np.zeros(kept.size)
        target[first] = 1.0
        factors = splu(bordered)
        state: FloatArray = factors.solve(target)
        state += factors.solve(target - bordered @ state)
        return state


def _transposed(
    coordinates: ElementCoordinates, lowering_left: sparse.csc_array, raising_right: sparse.csc_array
) -> tuple[sparse.csc_array, sparse.csc_array]:
    """S_+ from the left and S_- from the right: the transposed matrices, since S_+ = S_-^T is real."""
    return lowering_left.T.tocsc(), raising_right.T.tocsc()
