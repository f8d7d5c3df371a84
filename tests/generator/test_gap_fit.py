"""The fit of a decay: its window, its noise, its observable, on signals whose rates are known."""

import numpy as np
import pytest

from driven_dicke.closed_form.critical_point import ExponentialLaw
from driven_dicke.generator import dynamics, gap_fit, stationary
from driven_dicke.model import checks
from driven_dicke.model.parameters import Model

TIMES = np.linspace(0.0, 40.0, 801)


def test_the_window_is_the_last_three_foldings_above_the_noise():
    """y = exp(-t) drowns at 1e5 times 1e-11: at t = 13.8; the window begins three e-foldings before."""
    fit = gap_fit.fit_decay(TIMES, np.exp(-TIMES), np.full(TIMES.size, 1e-11))
    assert (fit.start, fit.stop) == (pytest.approx(10.8, abs=0.06), pytest.approx(13.8, abs=0.06))
    assert fit.gap == pytest.approx(1, abs=1e-12)
    assert fit.error == pytest.approx(2e-11 / np.exp(-fit.stop) / (fit.stop - fit.start), rel=1e-3)


@pytest.mark.parametrize("ratio", [1.35, 2.0, 5.0])
def test_the_bar_covers_what_a_faster_mode_leaves(ratio):
    fit = gap_fit.fit_decay(TIMES, np.exp(-TIMES) + 3 * np.exp(-ratio * TIMES), np.full(TIMES.size, 1e-13))
    assert -1e-9 < fit.gap - 1 < fit.error


def test_the_bar_is_the_sum_of_both_errors():
    """The same window without and with noise: what the noise allows comes on top of the drift."""
    times = TIMES[TIMES <= 10]
    signal = np.exp(-times) + 0.3 * np.exp(-1.5 * times)
    silent, noisy = (gap_fit.fit_decay(times, signal, np.full(times.size, noise)) for noise in (0.0, 1e-10))
    assert (silent.start, silent.stop) == (noisy.start, noisy.stop)
    assert silent.error > 1e-4
    from_noise = 2e-10 / signal[-1] / (noisy.stop - noisy.start)
    assert noisy.error - silent.error == pytest.approx(from_noise, rel=1e-5)


def test_noise_that_grows_moves_the_window():
    late = gap_fit.fit_decay(TIMES, np.exp(-TIMES), np.full(TIMES.size, 1e-13))
    early = gap_fit.fit_decay(TIMES, np.exp(-TIMES), np.where(TIMES > 9, 1e-8, 1e-13))
    assert (early.stop, late.stop > 17) == (9.0, True)


def test_the_signal_is_the_magnetisation():
    """The window of the fit, seen in S_z from an independent propagation by the eigenvalues' own exponentials."""
    model = Model(4, 10.0)
    fit = gap_fit.fitted_gap(model, 6.0)
    times = np.array([fit.start, fit.stop])
    evolution = dynamics.evolve(model, 6.0, dynamics.all_down(4), times)
    final = stationary.steady_state(model, 6.0).blocks

    def s_z(blocks):
        return sum(np.diag(block) @ (np.arange(len(block)) - (len(block) - 1) / 2) for block in blocks)

    first, last = (s_z(evolution.blocks(i)) - s_z(final) for i in range(2))
    assert np.log(first / last) / (fit.stop - fit.start) == pytest.approx(fit.gap, rel=1e-3)
    assert np.log(first / last) >= 3


def test_a_fit_that_has_not_reached_the_last_mode_says_so():
    """The right rate is 1.0000017, from all down 1.4746 +- 0.026 is seen."""
    with pytest.raises(checks.CertificateError, match=r"not reached the last mode: .* 1\.475 \+- .* state at 1"):
        gap_fit.fitted_gap(Model(2, 1.0), 0.025)


def test_without_a_clear_signal_nothing_slow_is_seen():
    noise = np.full(3, 1e-3)
    assert gap_fit.last_rate(np.arange(3.0), np.array([1.0, 0.5, 0.25]), noise) == np.inf
    assert gap_fit.last_rate(np.arange(3.0), np.array([1.0, -0.5, 0.25]), noise * 0) == np.inf
    assert gap_fit.last_rate(np.arange(3.0), np.exp(-2 * np.arange(3.0)), noise * 0) == pytest.approx(2)


def test_the_exponential_law_of_the_critical_point_is_exponential():
    law = ExponentialLaw(np.array([0.6, 0.3, 20.0]), np.zeros(3))
    np.testing.assert_allclose(law([0, 20, 40]), 0.6 + 0.3 * np.exp([0, -1, -2]), rtol=1e-15)
