"""Explicit matrices of a few atoms: operators, generators and exactly representable random states.

Everything is a small integer or a half, so products and sums carry no rounding error.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[Any]  # complex; real matrices pass as well
LOWERING = np.array([[0, 0], [1, 0]], dtype=complex)  # |g><e| in the basis |e>, |g>


def _on_atom(matrix: Matrix, atom: int, n_atoms: int) -> Matrix:
    return np.kron(np.kron(np.eye(2**atom), matrix), np.eye(2 ** (n_atoms - atom - 1)))


@cache
def operators(n_atoms: int) -> dict[str, Any]:
    """Operators by their names in formulas, from Pauli matrices: sigma... are lists over the atoms."""
    pauli = {
        "x": np.array([[0, 1], [1, 0]], dtype=complex),
        "y": np.array([[0, -1j], [1j, 0]]),
        "z": np.array([[1, 0], [0, -1]], dtype=complex),
    }
    table: dict[str, Any] = {"one": np.eye(2**n_atoms, dtype=complex), "N": n_atoms}
    for axis, matrix in pauli.items():
        table[f"sigma_{axis}"] = [_on_atom(matrix, n, n_atoms) for n in range(n_atoms)]
        table[f"S_{axis}"] = sum(table[f"sigma_{axis}"]) / 2
    table["sigma"] = [_on_atom(LOWERING, n, n_atoms) for n in range(n_atoms)]
    table["sigma_d"] = [lowering.T for lowering in table["sigma"]]
    table["S_m"] = table["S_x"] - 1j * table["S_y"]
    table["S_p"] = table["S_x"] + 1j * table["S_y"]
    return table


def jumps(n_atoms: int, gamma_c: float, gamma_s: float) -> list[Matrix]:
    """Jump operators sqrt(gamma_c) S_-, sqrt(gamma_s) sigma_1 ... sigma_N; squares of integers keep them exact."""
    table = operators(n_atoms)
    return [np.sqrt(gamma_c) * table["S_m"], *(np.sqrt(gamma_s) * lowering for lowering in table["sigma"])]


def lindblad(hamiltonian: Matrix, collapse: Sequence[Matrix], state: Matrix) -> Matrix:
    """d rho/dt = -i [H, rho] + sum_i (C rho C^+ - {C^+ C, rho} / 2)."""
    total = -1j * (hamiltonian @ state - state @ hamiltonian)
    for jump in collapse:
        rate = jump.conj().T @ jump
        total += jump @ state @ jump.conj().T - (rate @ state + state @ rate) / 2
    return total


def adjoint(hamiltonian: Matrix, collapse: Sequence[Matrix], observable: Matrix) -> Matrix:
    """d O/dt without noise = i [H, O] + sum_i (C^+ O C - {C^+ C, O} / 2): the generator in the Heisenberg picture."""
    total = 1j * (hamiltonian @ observable - observable @ hamiltonian)
    for jump in collapse:
        rate = jump.conj().T @ jump
        total += jump.conj().T @ observable @ jump - (rate @ observable + observable @ rate) / 2
    return total


def random_state(rng: np.random.Generator, dimension: int) -> Matrix:
    """A positive matrix A A^+ of Gaussian integers, not normalised."""
    matrix = rng.integers(-3, 4, (dimension, dimension)) + 1j * rng.integers(-3, 4, (dimension, dimension))
    return matrix @ matrix.conj().T


def product_state(bloch: Sequence[float], n_atoms: int) -> Matrix:
    """N copies of (1 + s . sigma) / 2."""
    s_x, s_y, s_z = bloch
    single: Matrix = np.array([[1 + s_z, s_x - 1j * s_y], [s_x + 1j * s_y, 1 - s_z]]) / 2
    state = single
    for _ in range(n_atoms - 1):
        state = np.kron(state, single)
    return state


def samples(atoms: Sequence[int] = (2, 3)) -> Iterator[dict[str, Any]]:
    """Random exactly representable points for each number of atoms: rates, a state, H and the jumps of the model."""
    rng = np.random.default_rng(1)
    for n_atoms in atoms:
        root_c, root_s, omega = rng.integers(2, 6, 3)
        table = operators(n_atoms)
        rates = {"gamma_c": float(root_c**2), "gamma_s": float(root_s**2), "Omega": float(omega)}
        yield {
            **table,
            **rates,
            "rho": random_state(rng, 2**n_atoms),
            "hamiltonian": 2 * omega * table["S_x"],
            "jumps": jumps(n_atoms, rates["gamma_c"], rates["gamma_s"]),
        }


@cache
def spin_projectors(n_atoms: int) -> dict[float, Matrix]:
    """Projector on all copies of each total spin j, from the eigenvectors of S^2."""
    table = operators(n_atoms)
    squared = sum(table[f"S_{axis}"] @ table[f"S_{axis}"] for axis in "xyz")
    values, vectors = np.linalg.eigh(squared)
    spins = np.round(np.sqrt(4 * values + 1) - 1) / 2
    return {float(j): vectors[:, spins == j] @ vectors[:, spins == j].conj().T for j in np.unique(spins)}


@cache
def magnetization_projectors(n_atoms: int) -> dict[float, Matrix]:
    """Projector on each eigenvalue m of S_z."""
    diagonal = np.real(np.diag(operators(n_atoms)["S_z"]))
    return {float(m): np.diag((diagonal == m).astype(complex)) for m in np.unique(diagonal)}
