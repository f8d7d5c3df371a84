"""The slow left mode against complete diagonalisation and the propagated state; the weights at the paper's drive."""

import numpy as np
import pytest

from driven_dicke.generator import dynamics, liouvillian
from driven_dicke.generator.metastable import left_mode
from driven_dicke.generator.spectrum import slow_modes
from driven_dicke.model.parameters import Model


def test_it_is_the_left_eigenvector_of_a_complete_spectrum():
    model = Model(4, 10.0)
    frequency = model.rabi_frequency(0.7)
    mode = left_mode(model, frequency, slow_modes(model, frequency, count=2))
    values, vectors = np.linalg.eig(liouvillian.generator(model, frequency).toarray().T)
    exact = vectors[:, np.argsort(np.abs(values))[1]].real
    cosine = exact @ mode.row / np.linalg.norm(exact) / np.linalg.norm(mode.row)
    assert abs(cosine) == pytest.approx(1, abs=1e-10)


def test_a_state_keeps_its_value_but_for_the_slow_decay():
    """tr(l rho(t)) = exp(-lambda_1 t) tr(l rho(0)), by a propagation that knows no left mode."""
    model = Model(6, 10.0)
    frequency = model.rabi_frequency(0.7)
    modes = slow_modes(model, frequency, count=2)
    mode = left_mode(model, frequency, modes)
    moved = dynamics.evolve(model, frequency, dynamics.all_down(6), [0.0, 1.5])
    start, later = moved.vectors @ mode.row
    assert later / start == pytest.approx(np.exp(-1.5 * modes.gap), rel=1e-8)


def test_weights_of_the_extreme_metastable_states():
    """0.483 and 0.517 at N = 18 and 0.73 Omega_c; all down is close to the extreme rho_+, no light to rho_-."""
    model = Model(18, 10.0)
    frequency = model.rabi_frequency(0.73)
    modes = slow_modes(model, frequency, count=2)
    mode = left_mode(model, frequency, modes)
    assert mode.place(modes.blocks(0)) == pytest.approx(0.48301, abs=1e-5)
    assert mode.place(dynamics.all_down(18)) == pytest.approx(0.99951, abs=1e-5)
    dark = [np.zeros_like(block) for block in modes.blocks(0)]
    dark[-1][0, 0] = 1.0
    assert mode.place(dark) == pytest.approx(0.0, abs=1e-9)
