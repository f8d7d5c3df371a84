"""The generator against the 2^N master equation, against conservation laws, and its sectors."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driven_dicke.generator import liouvillian
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import SymmetricCoordinates
from driven_dicke.model.parameters import Model
from driven_dicke.peers.qutip_reference import embed, superoperator

RATES = st.floats(0.05, 20.0)
SETTINGS = settings(deadline=None, derandomize=True, max_examples=15)


def general_blocks(coordinates: liouvillian.ElementCoordinates, vector: np.ndarray) -> list[np.ndarray]:
    parts = np.split(vector, coordinates.offsets[1:-1])
    return [part.reshape(d, d) for part, d in zip(parts, coordinates.dimensions, strict=True)]


@pytest.mark.parametrize("n_atoms", [1, 2, 3, 4])
@pytest.mark.parametrize("gammas", [(1.7, 0.0), (0.0, 0.6), (2.3, 0.9)])
def test_action_on_random_blocks_is_that_of_the_full_space(n_atoms, gammas):
    model = Model(n_atoms, *gammas)
    coordinates = liouvillian.ElementCoordinates(n_atoms)
    vector = np.random.default_rng(n_atoms).standard_normal(coordinates.size)
    image = liouvillian.assemble(model, coordinates).at(0.8) @ vector

    density = embed(general_blocks(coordinates, vector))
    full = superoperator(n_atoms, *gammas, 0.8) @ density.flatten(order="F")
    np.testing.assert_allclose(
        embed(general_blocks(coordinates, image)), full.reshape(density.shape, order="F"), atol=1e-13
    )


@pytest.mark.parametrize("n_atoms", [2, 3, 4])
def test_complete_spectrum_is_part_of_the_full_spectrum(n_atoms):
    model = Model(n_atoms, 10.0)
    rabi_frequency = model.rabi_frequency(0.7)
    matrix = liouvillian.assemble(model, liouvillian.ElementCoordinates(n_atoms)).at(rabi_frequency).toarray()
    ours = np.linalg.eigvals(matrix)
    full = np.linalg.eigvals(superoperator(n_atoms, 10.0, 1.0, rabi_frequency))
    distance = np.abs(ours[:, None] - full[None, :]).min(axis=1)
    # Symmetric states give C(N+3, 3) eigenvalues; a degenerate pair splits by about sqrt(eps) ||L||.
    assert ours.size == (n_atoms + 1) * (n_atoms + 2) * (n_atoms + 3) // 6
    assert np.median(distance) < 1e-11
    assert distance.max() < 1e-5


@pytest.mark.parametrize("n_atoms", [2, 5, 10])
def test_symmetric_sector_is_closed_and_holds_the_slowest_modes(n_atoms):
    model = Model(n_atoms, 10.0)
    elements, symmetric = liouvillian.ElementCoordinates(n_atoms), SymmetricCoordinates(n_atoms)
    rabi_frequency = model.rabi_frequency(0.65)
    complete = liouvillian.assemble(model, elements).at(rabi_frequency)
    reduced = liouvillian.generator(model, rabi_frequency)

    transposed = elements.index(elements.block, elements.column, elements.row)
    antisymmetric = np.random.default_rng(1).standard_normal(elements.size)
    antisymmetric -= antisymmetric[transposed]
    image = complete @ antisymmetric
    assert np.abs(image + image[transposed]).max() < 1e-15 * liouvillian.norm(complete) * np.abs(antisymmetric).max()

    inside = np.random.default_rng(2).standard_normal(symmetric.size)
    image = complete @ np.concatenate([block.ravel() for block in symmetric.unpack(inside)])
    packed = symmetric.pack(general_blocks(elements, image))
    np.testing.assert_allclose(packed, reduced @ inside, atol=1e-14 * liouvillian.norm(complete))

    slowest_of_all = np.sort(np.linalg.eigvals(complete.toarray()).real)[-2:]
    slowest_inside = np.sort(np.linalg.eigvals(reduced.toarray()).real)[-2:]
    np.testing.assert_allclose(slowest_inside, slowest_of_all, atol=1e-9)


@pytest.mark.parametrize("n_atoms", [1, 2, 7, 18, 33, 64])
def test_trace_is_conserved(n_atoms):
    matrix = liouvillian.generator(Model(n_atoms, 10.0), 12.5)
    leak = SymmetricCoordinates(n_atoms).trace_row @ matrix
    assert np.abs(leak).max() <= 1e-14 * liouvillian.norm(matrix)


@SETTINGS
@given(n_atoms=st.integers(1, 12), gamma_c=RATES, gamma_s=RATES, rabi_frequency=st.floats(0.0, 30.0), data=st.data())
def test_mean_spin_and_excitations_obey_their_exact_equations(n_atoms, gamma_c, gamma_s, rabi_frequency, data):
    """d<S_z>/dt = -2 Omega <S_x'> - gamma_c <S_+S_-> - gamma_s <S_z + N/2>, the three parts of the generator."""
    coordinates = SymmetricCoordinates(n_atoms)
    seed = data.draw(st.integers(0, 2**32 - 1))
    vector = np.random.default_rng(seed).standard_normal(coordinates.size)
    matrix = liouvillian.generator(Model(n_atoms, gamma_c, gamma_s), rabi_frequency)
    spin = (coordinates.dimensions[coordinates.block] - 1) / 2
    m = coordinates.row - spin
    diagonal = coordinates.trace_row
    s_z = diagonal * m
    intensity = diagonal * (spin + m) * (spin - m + 1)
    step = coordinates.column - coordinates.row == 1
    s_x = step * np.sqrt((spin + m + 1) * (spin - m))
    # In the rotated frame d S_z / dt = i [2 Omega S_y, S_z] = -2 Omega S_x'.
    expected = -2 * rabi_frequency * s_x @ vector - gamma_c * intensity @ vector
    expected -= gamma_s * (s_z @ vector + n_atoms / 2 * diagonal @ vector)
    scale = liouvillian.norm(matrix) * n_atoms * np.abs(vector).sum()
    assert s_z @ (matrix @ vector) == pytest.approx(expected, abs=1e-14 * scale)


def test_a_drive_grid_reuses_one_assembly():
    model = Model(9, 3.0, 0.5)
    parts = liouvillian.assemble(model)
    for rabi_frequency in (0.0, 0.4, 7.0):
        assert abs(parts.at(rabi_frequency) - liouvillian.generator(model, rabi_frequency)).max() == 0
    assert abs(parts.at(7.0) - parts.at(0.0) - 7.0 * parts.drive).max() < 1e-14


def test_norm_is_the_largest_column_sum():
    matrix = liouvillian.generator(Model(3, 1.0), 0.3)
    assert liouvillian.norm(matrix) == np.linalg.norm(matrix.toarray(), 1)


@pytest.mark.parametrize("bad", [-0.1, float("nan"), float("inf"), "1"])
def test_bad_rabi_frequency_is_named(bad):
    with pytest.raises(checks.ParameterError, match=r"rabi_frequency must be a finite number >= 0, but is"):
        liouvillian.generator(Model(3, 1.0), bad)


def test_coordinates_of_another_size_are_refused():
    with pytest.raises(checks.ParameterError, match="coordinates must belong to n_atoms = 4, but is for 3"):
        liouvillian.assemble(Model(4, 1.0), SymmetricCoordinates(3))
