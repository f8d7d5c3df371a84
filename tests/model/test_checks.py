"""One checked way in for times, seeds and states: what is refused, and in which words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from driven_dicke.generator import dynamics, sweep
from driven_dicke.model import checks, observables
from driven_dicke.model.drive_schedule import DriveSchedule
from driven_dicke.model.parameters import Model
from driven_dicke.trajectories import initial_states, record, spin_resolved

DOWN = dynamics.all_down(2)


@pytest.mark.parametrize("seed", [None, -1, 1.5, True, 2**128, "1"])
def test_a_seed_is_a_whole_number(seed):
    """None would be another trajectory at every call; the others end in NumPy's own words."""
    model, schedule = Model(2, 1.0), DriveSchedule([0.1])
    with pytest.raises(checks.ParameterError, match="seed must be a whole number >= 0"):
        spin_resolved.trajectory(model, schedule, [1.0, 0.0, 0.0], [1.0], seed)
    with pytest.raises(checks.ParameterError, match="seed must be a whole number >= 0"):
        record.spawn(seed, 2)


@pytest.mark.parametrize("edges", [[0.0], [1.0, 0.0], [0.0, 0.0], [0.0, np.nan], [], ["a", "b"], [[0.0, 1.0]]])
def test_edges_of_bins_rise(edges):
    """Two or more finite numbers."""
    with pytest.raises(checks.ParameterError, match="argument edges must be 2 or more finite, strictly rising"):
        record.Jumps(np.array([0.5]), np.array([-1])).counts(edges)


@given(st.lists(st.floats(0, 10), max_size=30), st.lists(st.integers(1, 99), min_size=1, max_size=9, unique=True))
def test_every_jump_is_in_exactly_one_bin(times, inner):
    """The last edge belongs to the last bin, so that no count is lost."""
    jumps = record.Jumps(np.array(sorted(times)), np.arange(len(times)) % 3 - 1)
    edges = [0.0, *(number / 10 for number in sorted(inner)), 10.0]
    individual, collective = jumps.counts(edges)
    assert individual.sum() == jumps.individual.sum()
    assert collective.sum() == (~jumps.individual).sum()


@pytest.mark.parametrize(
    ("blocks", "message"),
    [
        ([np.eye(3) / 3], "blocks of 2 atoms"),
        (None, "blocks of 2 atoms"),
        ([np.zeros((3, 3)), np.zeros((1, 1))], "trace 1, but its trace is 0"),
        ([np.full((3, 3), np.nan), np.zeros((1, 1))], "finite"),
        ([np.diag([1.5, -0.5, 0.0]), np.zeros((1, 1))], "positive, but has the eigenvalue -5"),
        ([np.triu(np.ones((3, 3))) / 3, np.zeros((1, 1))], "symmetric"),
        ([DOWN[0] + 1j * np.diag([0.1, 0.1], 1), DOWN[1]], "real"),
        ([np.array([["a"] * 3] * 3), np.zeros((1, 1))], "finite"),
    ],
)
def test_only_a_state_is_propagated(blocks, message):
    """An imaginary part is refused and not dropped."""
    with pytest.raises(checks.ParameterError, match=f"argument initial must .*{message}"):
        dynamics.evolve(Model(2, 1.0), 0.1, blocks, [1.0])


def test_a_real_state_in_complex_numbers_is_a_state():
    """Its imaginary parts are 0."""
    real = dynamics.evolve(Model(2, 1.0), 0.1, DOWN, [1.0])
    same = dynamics.evolve(Model(2, 1.0), 0.1, [block.astype(complex) for block in DOWN], [1.0])
    np.testing.assert_array_equal(same.vectors, real.vectors)


def test_a_long_computation_is_announced(caplog):
    """The number of steps is known before the first; the paper's trajectories say nothing."""
    record.announce_cost(Model(18, 10.0), DriveSchedule([3 * 42.5]), 190.0)
    assert not caplog.records
    record.announce_cost(Model(18, 10.0), DriveSchedule([1.0, 1e6], [0.5]), 10.0)
    assert "N = 18 to t = 10 takes about 9e+07 steps" in caplog.text


@pytest.mark.parametrize("drive", [1e-9, 3e-7, 1e-6, 1e-3])
def test_coherence_of_a_trajectory_is_continuous_down_to_no_drive(drive):
    """In the steady state of a weak drive g2 is [h(N-1)/h(N)]^2 of the closed form, 0.983936 at N = 4."""
    model = Model(4, 10.0)
    amplitudes = [1.0]
    for a in range(4):  # no jump: first order in the drive at every step
        decay = (a + 1) * (model.gamma_c * (4 - a) + model.gamma_s) / 2
        amplitudes.append(amplitudes[-1] * model.rabi_frequency(drive) * np.sqrt((a + 1) * (4 - a)) / decay)
    start = np.array(amplitudes) / np.linalg.norm(amplitudes)
    found = spin_resolved.trajectory(model, DriveSchedule([model.rabi_frequency(drive)]), start, [0.0], 1)
    assert found.g2[0] == pytest.approx(0.983936, rel=1e-6 + 10 * drive)


def test_coherence_of_a_dark_state_has_no_value():
    """0/0 in every route that sees the state alone."""
    model, still = Model(1, 10.0), DriveSchedule([0.0])
    assert np.isnan(spin_resolved.trajectory(model, still, [1.0, 0.0], [0.0], 1).g2[0])
    assert np.isnan(observables.expectation(dynamics.all_down(1)).g2)
    assert initial_states.all_down(1).size == 2


@pytest.mark.parametrize("times", [[1 + 1j], [[1.0], [2.0, 3.0]], "ab", None])
def test_times_that_are_none_are_named(times):
    """An imaginary part is refused and not dropped."""
    with pytest.raises(checks.ParameterError, match="argument times must be 1 or more finite, strictly rising"):
        dynamics.evolve(Model(2, 1.0), 0.1, DOWN, times)


@pytest.mark.parametrize("ends", [[2.0, 1.0], [1.0, np.nan], [1.0], [1.0, 2.0, 3.0]])
def test_ends_of_a_sweep_fit_its_schedule(ends):
    """Unsorted ends gave numbers without a word."""
    with pytest.raises(checks.ParameterError, match="argument ends must"):
        sweep.follow(Model(2, 1.0), DriveSchedule([0.1, 0.2], [1.0]), ends, 2)


def test_many_turns_are_announced(caplog):
    """The paper's transient says nothing."""
    dynamics.evolve(Model(2, 10.0), 31.0, DOWN, [1e-3])
    assert not caplog.records
    dynamics.evolve(Model(1, 1.0), 1e7, dynamics.all_down(1), [1e-3])
    assert "rho(t) of N = 1 turns 1e+04 times" in caplog.text
