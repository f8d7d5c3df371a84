"""The approximate inverse: how good it is, and that its chain is the adiabatic one."""

import numpy as np
import pytest
from scipy import sparse

from driven_dicke.generator import liouvillian
from driven_dicke.generator.preconditioner import SpinPreconditioner
from driven_dicke.model.dicke_basis import SymmetricCoordinates
from driven_dicke.model.parameters import Model
from driven_dicke.switching.adiabatic_chain import adiabatic_chain


def test_chain_of_the_preconditioner_is_the_adiabatic_one():
    model = Model(12, 1e5)
    rabi_frequency = model.rabi_frequency(0.6)
    chain = SpinPreconditioner(liouvillian.generator(model, rabi_frequency), SymmetricCoordinates(12), 0.01).chain
    exact = adiabatic_chain(model, rabi_frequency)
    np.testing.assert_allclose(np.diag(chain, 1), exact.up[1:], rtol=1e-3)
    np.testing.assert_allclose(np.diag(chain, -1), exact.down[:-1], rtol=1e-3)
    np.testing.assert_allclose(np.diag(chain), -exact.up - exact.down, rtol=1e-3)


@pytest.mark.parametrize(("drive", "error"), [(0.1, 1e-13), (0.61, 1e-6), (2.0, 1e-11)])
def test_preconditioner_is_almost_the_inverse(drive, error):
    """At gamma_c = 10 gamma_s a few plain iterations x += M (b - A x) solve the system: M A is close to one."""
    model = Model(24, 10.0)
    coordinates = SymmetricCoordinates(24)
    matrix = liouvillian.generator(model, model.rabi_frequency(drive))
    shifted = matrix - 0.01 * sparse.eye_array(coordinates.size, format="csc")
    preconditioner = SpinPreconditioner(matrix, coordinates, 0.01)
    exact = np.random.default_rng(4).standard_normal(coordinates.size)
    guess = np.zeros(coordinates.size)
    for _ in range(8):
        guess = guess + preconditioner.solve(shifted @ (exact - guess))
    assert np.linalg.norm(guess - exact) < error * np.linalg.norm(exact)
