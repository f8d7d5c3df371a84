"""The Schur transform and the start states, against spin operators built atom by atom in the product basis."""

import numpy as np
import pytest
import qutip
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import comb
from trajectories_reference import excitations, paper_ket, product_state

from driven_dicke.model import checks, operators
from driven_dicke.model.dicke_basis import degeneracy, doubled_spins
from driven_dicke.peers.qutip_reference import EXCITED, GROUND, collective_lowering
from driven_dicke.trajectories import initial_states, schur


def random_vector(n_atoms, seed, *, complex_amplitudes=False):
    numbers = np.random.default_rng(seed).normal(size=(2, 2**n_atoms))
    vector = numbers[0] + 1j * numbers[1] if complex_amplitudes else numbers[0]
    return vector / np.linalg.norm(vector)


def lower(vector, n_atoms):
    """S_- vector, one atom at a time: the bit of an atom goes from 1 to 0."""
    lowered = np.zeros_like(vector)
    for atom in range(n_atoms):
        before, after = (array.reshape(2**atom, 2, -1) for array in (vector, lowered))
        after[:, 0] += before[:, 1]
    return lowered


def raise_(vector, n_atoms):
    """S_+ vector."""
    raised = np.zeros_like(vector)
    for atom in range(n_atoms):
        before, after = (array.reshape(2**atom, 2, -1) for array in (vector, raised))
        after[:, 1] += before[:, 0]
    return raised


@pytest.mark.parametrize("n_atoms", range(1, 13))
@pytest.mark.parametrize("complex_amplitudes", [False, True])
def test_transform_is_an_isometry_with_an_inverse(n_atoms, complex_amplitudes):
    vector = random_vector(n_atoms, n_atoms, complex_amplitudes=complex_amplitudes)
    blocks = schur.transform(vector)
    assert [block.shape for block in blocks] == [(d + 1, 1, degeneracy(n_atoms, d)) for d in doubled_spins(n_atoms)]
    assert sum(np.linalg.norm(block) ** 2 for block in blocks) == pytest.approx(1, abs=1e-14)
    np.testing.assert_allclose(schur.inverse_transform(blocks), vector, rtol=0, atol=1e-15)
    assert blocks[0].dtype == vector.dtype


@pytest.mark.parametrize("n_atoms", [1, 2, 5, 8])
def test_transform_is_unitary(n_atoms):
    columns = [np.concatenate([b.ravel() for b in schur.transform(v)]) for v in np.eye(2**n_atoms)]
    np.testing.assert_allclose(np.array(columns) @ np.array(columns).T, np.eye(2**n_atoms), rtol=0, atol=3e-15)


@pytest.mark.parametrize("n_atoms", range(1, 13))
def test_transform_diagonalises_the_spin(n_atoms):
    """S^2 becomes j(j+1), S_z becomes a - j, S_- the matrix of spin j, each the same on every copy."""
    vector = random_vector(n_atoms, 100 + n_atoms)
    s_z = (excitations(n_atoms) - n_atoms / 2) * vector
    squared = raise_(lower(vector, n_atoms), n_atoms) + (excitations(n_atoms) - n_atoms / 2 - 1) * s_z
    images = [schur.transform(image) for image in (vector, squared, s_z, lower(vector, n_atoms))]
    for doubled, block, block_squared, block_z, lowered in zip(doubled_spins(n_atoms), *images, strict=True):
        j = doubled / 2
        np.testing.assert_allclose(block_squared, j * (j + 1) * block, rtol=0, atol=2e-13)
        np.testing.assert_allclose(
            block_z[:, 0], operators.magnetization(doubled)[:, None] * block[:, 0], rtol=0, atol=1e-14
        )
        np.testing.assert_allclose(lowered[:, 0], operators.lowering(doubled) @ block[:, 0], rtol=0, atol=1e-14)


@settings(deadline=None, derandomize=True, max_examples=20)
@given(n_atoms=st.integers(2, 9), seed=st.integers(0, 1000), data=st.data())
def test_uncoupling_exposes_the_atoms_in_turn(n_atoms, seed, data):
    """After uncoupling down to an atom, its excited half carries its population in the product basis."""
    atom = data.draw(st.integers(1, n_atoms - 1))
    vector = random_vector(n_atoms, seed, complex_amplitudes=True)
    blocks = schur.transform(vector)
    for n_coupled in range(n_atoms - 1, atom - 1, -1):
        blocks = schur.uncouple(blocks, n_coupled)
    excited = [block.reshape(len(block), 2, -1)[:, 1] for block in blocks]
    population = np.linalg.norm(vector.reshape(2**atom, 2, -1)[:, 1]) ** 2
    assert sum(np.linalg.norm(part) ** 2 for part in excited) == pytest.approx(population, rel=1e-12)


def test_singlets_have_no_spin_and_radiate_nothing():
    for n_atoms in (2, 6, 8):
        vector = initial_states.singlets(n_atoms)
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-15)
        assert np.abs(lower(vector, n_atoms)).max() < 1e-15
        assert np.abs(raise_(vector, n_atoms)).max() < 1e-15


def test_singlets_pair_neighbours():
    """(sigma_1^+ - sigma_2^+)(sigma_3^+ - sigma_4^+)|gggg>: |eg> - |ge> of each pair, as QuTiP builds it."""
    pair = np.array([0, -1, 1, 0]) / np.sqrt(2)
    np.testing.assert_allclose(initial_states.singlets(4), np.kron(pair, pair), rtol=0, atol=1e-15)


def test_real_frame_turns_the_drive_and_the_decay():
    """In the rotated frame sigma' is the real lowering matrix: S_- psi agrees with QuTiP's -i S_- of the paper's."""
    n_atoms = 3
    atoms = product_state(n_atoms)
    vector = initial_states.real_frame(initial_states.product(atoms))
    by_tensor = qutip.tensor([ground * GROUND + excited * EXCITED for ground, excited in atoms])
    np.testing.assert_allclose(paper_ket(vector).full(), by_tensor.full(), rtol=0, atol=1e-15)
    by_qutip = -1j * collective_lowering(n_atoms) * paper_ket(vector)
    np.testing.assert_allclose(paper_ket(lower(vector, n_atoms)).full(), by_qutip.full(), rtol=0, atol=1e-15)
    # all atoms along -y of the paper, |g> - i|e> up to normalisation, are real in the frame
    along_y = initial_states.product(np.tile(np.array([1, -1j]) / np.sqrt(2), (n_atoms, 1)))
    assert not np.iscomplexobj(initial_states.real_frame(along_y))


def test_product_and_symmetric_states_agree():
    theta, n_atoms = 0.7, 6
    k = np.arange(n_atoms + 1)
    amplitudes = np.sqrt(comb(n_atoms, k)) * np.cos(theta) ** (n_atoms - k) * np.sin(theta) ** k
    product = initial_states.product(np.tile([np.cos(theta), np.sin(theta)], (n_atoms, 1)))
    np.testing.assert_allclose(initial_states.symmetric(amplitudes), product, rtol=0, atol=1e-15)
    blocks = schur.transform(product)
    np.testing.assert_allclose(blocks[0].ravel(), amplitudes, rtol=0, atol=1e-15)
    assert max(np.abs(block).max() for block in blocks[1:]) < 1e-15
    np.testing.assert_allclose(initial_states.symmetric(np.eye(4)[0]), initial_states.all_down(3))
    np.testing.assert_allclose(paper_ket(initial_states.all_down(2)).full(), qutip.tensor(GROUND, GROUND).full())


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: initial_states.singlets(5), "n_atoms must be even"),
        (lambda: initial_states.all_down(0), "n_atoms must be a whole number >= 1"),
        (lambda: initial_states.all_down(40), "<= 24"),
        (lambda: initial_states.symmetric([1.0]), "number of amplitudes - 1"),
        (lambda: initial_states.symmetric([[1.0, 0.0]]), "shape"),
        (lambda: initial_states.symmetric([np.nan, 0.0]), "amplitudes must be finite"),
        (lambda: initial_states.product([1.0, 0.0]), "atoms must have shape"),
        (lambda: initial_states.real_frame([1.0, 0.0, 0.0]), r"shape \(2\^N,\)"),
        (lambda: initial_states.normalised("initial", [1.0, 1.0]), "initial must be normalised"),
        (lambda: initial_states.normalised("initial", [[1.0]]), "initial must be a list of amplitudes"),
        (lambda: schur.transform(np.ones(6)), r"shape \(2\^N,\)"),
    ],
)
def test_bad_input_is_named(make, message):
    with pytest.raises(checks.ParameterError, match=message):
        make()
