"""Sweeps of the chain in j against the master equation in its limit, and against conservation."""

import numpy as np
import pytest

from driven_dicke.generator import sweep
from driven_dicke.model import checks
from driven_dicke.model.drive_schedule import DriveSchedule
from driven_dicke.model.parameters import Model
from driven_dicke.switching.adiabatic_chain import adiabatic_chain, dicke_populations
from driven_dicke.switching.chain_sweep import follow_chain

DRIVES = np.linspace(0.3, 1.1, 9)


def middles(model, rate):
    schedule, ends = sweep.staircase(model, DRIVES, rate, 3.0)
    return follow_chain(model, schedule, ends), sweep.follow(model, schedule, ends, 8).s_z[:, 3]


def test_the_chain_is_the_limit_of_slow_individual_decay():
    deviations = []
    for gamma_c in (10.0, 100.0, 1000.0):
        chain, exact = middles(Model(10, gamma_c), 0.3)
        deviations.append(np.abs(chain - exact).max())
        assert np.ptp(exact) > 1.0
    assert deviations[2] < 0.005
    assert deviations[1] < deviations[0] / 4
    assert deviations[2] < deviations[1] / 4


def test_a_held_drive_keeps_the_stationary_state():
    model, omega = Model(9, 10.0), 12.0
    schedule = DriveSchedule([omega, omega], [1.0])
    weights = np.exp(adiabatic_chain(model, omega).log_weight)
    expected = sum(
        weight * (population @ (np.arange(population.size) - (population.size - 1) / 2))
        for weight, population in zip(weights, dicke_populations(9, 2 * omega / 10.0), strict=True)
    )
    assert follow_chain(model, schedule, np.array([1.0, 40.0])) == pytest.approx([expected, expected], rel=1e-10)


def test_long_after_a_jump_the_start_is_forgotten():
    model = Model(9, 10.0)
    late = follow_chain(model, DriveSchedule([5.0, 20.0], [1.0]), np.array([1.0, 200.0]))[-1]
    assert late == pytest.approx(follow_chain(model, DriveSchedule([20.0]), np.array([1.0]))[0], rel=1e-9)


def test_no_drive_is_refused():
    with pytest.raises(checks.ParameterError, match="rabi_frequency"):
        follow_chain(Model(9, 10.0), DriveSchedule([0.0]), np.array([1.0]))
