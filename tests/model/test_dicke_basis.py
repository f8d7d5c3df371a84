"""Multiplicities against counting, and the coordinates of real symmetric blocks."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import SymmetricCoordinates, degeneracy, doubled_spins, log_degeneracy
from driven_dicke.peers.qutip_reference import collective_lowering


@pytest.mark.parametrize("n_atoms", [1, 2, 3, 4, 5, 6])
def test_spins_and_copies_are_those_of_the_full_space(n_atoms):
    """S^2 of N atoms has the eigenvalue j (j + 1) exactly d_j (2j + 1) times."""
    lowering = collective_lowering(n_atoms).full()
    s_x, s_y = (lowering + lowering.T) / 2, (lowering - lowering.T) / 2
    s_z = (lowering.T @ lowering - lowering @ lowering.T) / 2
    eigenvalues = np.linalg.eigvalsh(s_x @ s_x - s_y @ s_y + s_z @ s_z)
    doubled = doubled_spins(n_atoms)
    expected = np.repeat(doubled * (doubled + 2) / 4, [degeneracy(n_atoms, int(d)) * (d + 1) for d in doubled])
    np.testing.assert_allclose(eigenvalues, np.sort(expected), atol=1e-12)


@pytest.mark.parametrize("n_atoms", [1, 2, 17, 64, 333])
def test_degeneracies_add_up_and_branch(n_atoms):
    """Sum of d_j (2j + 1) = 2^N; adding an atom to spin j gives j + 1/2 and j - 1/2. All in exact integers."""
    copies = {int(d): degeneracy(n_atoms, int(d)) for d in doubled_spins(n_atoms)}
    assert sum(number * (d + 1) for d, number in copies.items()) == 2**n_atoms
    for d in doubled_spins(n_atoms + 1):
        assert degeneracy(n_atoms + 1, int(d)) == copies.get(d - 1, 0) + copies.get(d + 1, 0)


@pytest.mark.parametrize("n_atoms", [1, 2, 9, 64, 2001])
def test_log_degeneracy_is_the_logarithm_of_the_exact_integer(n_atoms):
    exact = [math.log(degeneracy(n_atoms, int(d))) for d in doubled_spins(n_atoms)]
    np.testing.assert_allclose(log_degeneracy(n_atoms), exact, rtol=1e-13, atol=1e-11)


@pytest.mark.parametrize("n_atoms", [0, -3, 2.0, True, None])
def test_a_bad_number_of_atoms_is_refused(n_atoms):
    with pytest.raises(checks.ParameterError, match="argument n_atoms must be a whole number >= 1, but is"):
        doubled_spins(n_atoms)


@pytest.mark.parametrize(("n_atoms", "size"), [(1, 3), (2, 7), (18, 715), (32, 3417), (64, 24497)])
def test_number_of_coordinates(n_atoms, size):
    """sum_j (2j + 1)(j + 1), about N^3 / 12."""
    coordinates = SymmetricCoordinates(n_atoms)
    assert coordinates.size == size
    assert coordinates.block.shape == coordinates.row.shape == coordinates.column.shape == (size,)


@given(n_atoms=st.integers(1, 12), seed=st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_coordinates_address_the_upper_triangles(n_atoms, seed):
    coordinates = SymmetricCoordinates(n_atoms)
    random = np.random.default_rng(seed)
    blocks = [(b := random.normal(size=(d + 1, d + 1))) + b.T for d in doubled_spins(n_atoms)]
    vector = coordinates.pack(blocks)
    assert (coordinates.row <= coordinates.column).all()
    elements = zip(coordinates.block, coordinates.row, coordinates.column, strict=True)
    np.testing.assert_array_equal(vector, [blocks[i][a, b] for i, a, b in elements])
    everywhere = np.arange(coordinates.size)
    np.testing.assert_array_equal(coordinates.index(coordinates.block, coordinates.row, coordinates.column), everywhere)
    np.testing.assert_array_equal(coordinates.index(coordinates.block, coordinates.column, coordinates.row), everywhere)
    for block, copy in zip(blocks, coordinates.unpack(vector), strict=True):
        np.testing.assert_array_equal(copy, block)
    assert coordinates.trace_row @ vector == pytest.approx(sum(np.trace(block) for block in blocks), abs=1e-12)
