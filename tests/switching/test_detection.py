"""Telling two phases apart by counts: against sums over all counts, and limits of the filter."""

import numpy as np
import pytest
from scipy.stats import poisson

from driven_dicke.model import checks
from driven_dicke.switching import detection
from driven_dicke.switching.switching_law import OfPhases


def least_error(plus, minus, time):
    """Half the overlap of both distributions of counts of one detector."""
    counts = np.arange(5000)
    return np.minimum(poisson.pmf(counts, plus * time), poisson.pmf(counts, minus * time)).sum() / 2


@pytest.mark.parametrize(("plus", "minus"), [(10.0, 2.0), (3.0, 0.0), (50.0, 40.0)])
def test_chernoff_is_a_bound_and_the_exponent(plus, minus):
    rate = detection.chernoff_rate(plus, minus)
    errors = [least_error(plus, minus, time / rate) for time in (5.0, 20.0)]
    assert errors[0] <= np.exp(-5) / 2
    assert errors[1] <= np.exp(-20) / 2
    assert np.log(errors[0] / errors[1]) == pytest.approx(15, rel=0.08)  # but for a power of the time


def test_two_detectors_add_up_and_equal_rates_say_nothing():
    one, two = detection.chernoff_rate([10.0], [2.0]), detection.chernoff_rate([10.0, 10.0, 7.0], [2.0, 2.0, 7.0])
    assert two == pytest.approx(2 * one)
    assert detection.chernoff_rate(4.0, 4.0) == 0
    assert detection.distinguishing_time(4.0, 4.0, 0.1) == np.inf
    assert detection.relative_entropy_rate(3.0, 3.0) == 0
    assert detection.relative_entropy_rate(3.0, 0.0) == np.inf


def test_time_for_an_error():
    time = detection.distinguishing_time(10.0, 2.0, 1e-3)
    assert least_error(10.0, 2.0, time) <= 1e-3
    assert least_error(10.0, 2.0, time / 2) > 1e-3


def test_a_filter_without_light_guesses_the_likelier_phase():
    leave = OfPhases(plus=3.0, minus=1.0)  # rho_+ is there for a quarter of the time
    assert detection.filter_error(5.0, 5.0, leave).probability == pytest.approx(0.25)
    hardly = detection.filter_error(5.01, 5.0, leave)
    assert hardly.probability == pytest.approx(0.25, abs=4 * hardly.standard_error + 1e-3)


def test_filter_is_better_with_more_light_and_meets_its_estimate():
    leave = OfPhases(plus=1.0, minus=1.0)
    errors = [detection.filter_error(scale * 10.0, scale * 2.0, leave).probability for scale in (0.3, 3.0, 30.0)]
    assert 0.5 > errors[0] > 2 * errors[1] > 4 * errors[2] > 0
    bright = detection.chernoff_rate(10.0, 2.0) / (2 * 0.99 * detection.LARGEST_SIMULATED)
    just = detection.filter_error(10.0 / bright, 2.0 / bright, leave)
    beyond = detection.filter_error(10.1 / 0.99 / bright, 2.0 / 0.99 / bright, leave)
    assert (just.simulated, beyond.simulated) == (True, False)
    assert just.probability == pytest.approx(beyond.probability, rel=0.5)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: detection.chernoff_rate([1.0, 2.0], [1.0]), "as many detectors"),
        (lambda: detection.chernoff_rate(-1.0, 1.0), "rates >= 0"),
        (lambda: detection.distinguishing_time(2.0, 1.0, 0.5), "below 1/2"),
        (lambda: detection.filter_error(2.0, 1.0, OfPhases(0.0, 1.0)), "leave.plus"),
    ],
)
def test_bad_arguments(call, text):
    with pytest.raises(checks.ParameterError, match=text):
        call()
