"""Matrices for the derivation of the model: two atoms, a cavity mode and a reservoir mode, truncated."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import sympy as sp

from driven_dicke.audit.equations import spins
from driven_dicke.audit.equations.formula import evaluate
from driven_dicke.audit.equations.spins import Matrix

N_LEVELS = 3  # of each field mode; equations linear in the field are exact on the two lowest
TIME = 0.7
PARAMETERS: dict[str, Any] = {
    "omega_0": 1.25,
    "omega_c": 0.75,
    "omega_L": 1.5,
    "omega_k": 0.5,
    "delta": 0.25,
    "delta_c": 0.75,
    "g": 0.5,
    "g_c": 0.75 - 0.5j,
    "g_k": [0.5 + 0.25j, -0.25 + 0.75j],
    "Omega_L": 0.5 - 0.25j,
    "varkappa": 0.0,
    "E": 0.0,
    "t": TIME,
}


@cache
def _mode_space() -> dict[str, Any]:
    """Operators of two atoms, the cavity mode c and one reservoir mode (called a and b)."""
    annihilation = np.diag(np.sqrt(np.arange(1, N_LEVELS)), 1).astype(complex)
    one = np.eye(N_LEVELS)
    table = spins.operators(2)
    space: dict[str, Any] = {
        name: [np.kron(matrix, np.eye(N_LEVELS**2)) for matrix in table[name]]
        for name in ("sigma", "sigma_d", "sigma_z")
    }
    space["c"] = np.kron(np.eye(4), np.kron(annihilation, one))
    space["b"] = np.kron(np.eye(4), np.kron(one, annihilation))
    space["c_d"], space["b_d"] = space["c"].T, space["b"].T
    space["a"], space["a_d"] = space["b"], space["b_d"]
    space["sum_sigma"] = sum(space["sigma"])
    return space | PARAMETERS


def _lowest(matrix: Matrix) -> Matrix:
    """The matrix between states with at most one quantum in each mode."""
    low = np.arange(N_LEVELS) < 2
    keep = np.kron(np.ones(4, dtype=bool), np.kron(low, low))
    return matrix[np.ix_(keep, keep)]


def _rotating(matrix: Matrix, hamiltonian: Matrix) -> Matrix:
    """d/dt of the operator times exp(i omega_L t), from i [H, .]."""
    rate = 1j * PARAMETERS["omega_L"] * matrix + 1j * (hamiltonian @ matrix - matrix @ hamiltonian)
    return rate * np.exp(1j * PARAMETERS["omega_L"] * TIME)


def _in_laser_frame() -> dict[str, Any]:
    space = dict(_mode_space())
    phase = np.exp(1j * PARAMETERS["omega_L"] * TIME)
    return space | {
        "c": phase * space["c"],
        "sigma": [phase * lowering for lowering in space["sigma"]],
        "sum_sigma": phase * space["sum_sigma"],
    }


def field_equation(hamiltonian: sp.Expr, printed: sp.Expr, coupling: complex = 0.5) -> Matrix:
    """Heisenberg equation of the cavity field minus the printed right-hand side, without reservoir."""
    space = _mode_space()
    exact = _rotating(space["c"], evaluate(hamiltonian, {**space, "g": coupling}))
    return _lowest(exact - evaluate(printed, {**_in_laser_frame(), "g": coupling}))


def atom_equations(hamiltonian: sp.Expr, printed: sp.Expr) -> Iterator[Matrix]:
    """The same for the lowering operators of both atoms."""
    space, moving = _mode_space(), _in_laser_frame()
    for n, lowering in enumerate(space["sigma"]):
        exact = _rotating(lowering, evaluate(hamiltonian, space))
        yield _lowest(exact - evaluate(printed, {**moving, "atom": n}))


def hermiticity(hamiltonian: sp.Expr) -> Iterator[Matrix]:
    """H - H^+ with a complex coupling constant, and the energy of the state without excitations."""
    matrix = evaluate(hamiltonian, {**_mode_space(), "g": 0.5 + 0.25j})
    yield matrix - matrix.conj().T
    yield _vacuum_energy(matrix)


def _vacuum_energy(matrix: Matrix) -> Matrix:
    """<gg, 0, 0| H |gg, 0, 0>; the atoms' ground state comes last."""
    place = 3 * N_LEVELS**2
    return matrix[place, place]


def _freely_evolved(free: sp.Expr) -> dict[str, Any]:
    """The reservoir mode at time t under its own Hamiltonian."""
    space = _mode_space()
    phases = np.exp(1j * TIME * np.diag(evaluate(free, space)))
    moved = phases[:, None] * space["b"] * phases.conj()
    return {**space, "a": moved, "b": moved, "a_d": moved.conj().T, "b_d": moved.conj().T}


def noise_on_field(free: sp.Expr, coupling: sp.Expr, noise: sp.Expr) -> Iterator[Matrix]:
    """What the free reservoir mode drives in the cavity field, minus the printed noise."""
    space = _freely_evolved(free)
    interaction = evaluate(coupling, space)
    yield _vacuum_energy(evaluate(free, space))
    driven = 1j * (interaction @ space["c"] - space["c"] @ interaction) * np.exp(1j * PARAMETERS["omega_L"] * TIME)
    yield _lowest(driven - evaluate(noise, _mode_space()))
    yield interaction - interaction.conj().T


def noise_on_atoms(free: sp.Expr, coupling: sp.Expr, noise: sp.Expr) -> Iterator[Matrix]:
    """What the free reservoir mode drives in sigma_n, minus sigma_n^z times the printed noise, for both atoms."""
    space = _freely_evolved(free)
    interaction = evaluate(coupling, space)
    yield _vacuum_energy(evaluate(free, space))
    for n, lowering in enumerate(space["sigma"]):
        driven = 1j * (interaction @ lowering - lowering @ interaction) * np.exp(1j * PARAMETERS["omega_L"] * TIME)
        yield _lowest(driven - space["sigma_z"][n] @ evaluate(noise, {**_mode_space(), "atom": n}))
    yield interaction - interaction.conj().T


def decay_of_discrete_modes(n_modes: int = 201) -> float:
    """Decay rate of |c|^2, in units of |g_c|^2 L / v, of a mode coupled to plane waves of one direction in a box L."""
    spacing, coupling, time = 2 * np.pi, 1.0, 0.5  # L = v = 1: frequencies 2 pi n; the echo comes at time 1
    matrix = np.diag(spacing * np.arange(-(n_modes // 2), n_modes // 2 + 2.0))
    matrix[-1, -1] = 0.0
    matrix[-1, :-1] = matrix[:-1, -1] = coupling
    energies, vectors = np.linalg.eigh(matrix)
    amplitude = np.sum(vectors[-1] ** 2 * np.exp(-1j * energies * time))
    return float(-2 * np.log(abs(amplitude)) / time)
