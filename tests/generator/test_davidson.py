"""The eigensolver on matrices made from their eigenvalues."""

import numpy as np
from scipy import sparse
from scipy.linalg import block_diag

from driven_dicke.generator import davidson


def test_davidson_finds_chosen_eigenvalues_of_a_non_normal_matrix():
    """Among them a complex pair; chosen by their distance to the shift, whatever their real parts."""
    rng = np.random.default_rng(5)
    pair = np.array([[-0.3, 0.4], [-0.4, -0.3]])
    far = np.array([[0.1, 3.0], [-3.0, 0.1]])  # to the right of -1.5, but further away
    diagonal = block_diag(pair, far, np.diag([0.2, -1.5]), -np.diag(np.arange(4.0, 200.0)))
    turn = np.eye(diagonal.shape[0]) + 0.02 * rng.standard_normal(diagonal.shape)
    matrix = turn @ diagonal @ np.linalg.inv(turn)
    rough = np.linalg.inv(matrix - 0.25 * np.eye(matrix.shape[0])) * (1 + 0.1 * rng.standard_normal(matrix.shape))
    values, vectors = davidson.nearest_eigenpairs(
        sparse.csr_array(matrix), lambda r: rough @ r, rng.standard_normal((4, matrix.shape[0])), 4, 0.25, 200.0
    )
    np.testing.assert_allclose(values, [0.2, -0.3 - 0.4j, -0.3 + 0.4j, -1.5], atol=1e-11)
    np.testing.assert_allclose(matrix @ vectors, vectors * values, atol=1e-10)


def test_davidson_ends_when_the_space_is_complete():
    matrix = np.diag([-1.0, -2.0, -3.0]) + np.triu(np.ones((3, 3)), 1)
    values, _ = davidson.nearest_eigenpairs(sparse.csr_array(matrix), lambda r: r, np.eye(3)[:2], 2, 0.0, 3.0)
    np.testing.assert_allclose(values, [-1, -2], atol=1e-13)


def test_dependent_directions_are_left_out():
    matrix = np.diag(-np.arange(1.0, 31.0))
    start = np.tile(np.random.default_rng(1).standard_normal(30), (3, 1))
    values, vectors = davidson.nearest_eigenpairs(
        sparse.csr_array(matrix),
        lambda r: r / (np.diag(matrix) - 0.9),
        np.concatenate([start, np.eye(30)[:1]]),
        2,
        0.9,
        30.0,
    )
    np.testing.assert_allclose(values, [-1, -2], atol=1e-12)
    np.testing.assert_allclose(np.abs(vectors), np.eye(30)[:, :2], atol=1e-12)
