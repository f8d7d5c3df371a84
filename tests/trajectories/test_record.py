"""Observables of a trajectory's state, jump counts and dwell times against QuTiP and closed forms."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from trajectories_reference import paper_ket

from driven_dicke.model import checks, observables
from driven_dicke.model.drive_schedule import DriveSchedule
from driven_dicke.model.parameters import Model
from driven_dicke.peers.qutip_reference import atom_lowering
from driven_dicke.trajectories import atom_resolved, dwell, initial_states, record, schur


def at_start(n_atoms, vector, rabi_frequency=5.0):
    """The observables that a trajectory records at t = 0."""
    return atom_resolved.trajectory(Model(n_atoms, 10.0), DriveSchedule([rabi_frequency]), vector, [0.0], 0)


def spins(n_atoms):
    """S_x, S_y, S_z of the full space by Pauli matrices."""
    atoms = [operator.full() for operator in atom_lowering(n_atoms)]
    x = sum(s + s.conj().T for s in atoms) / 2
    y = sum(1j * (s - s.conj().T) for s in atoms) / 2
    z = sum(s.conj().T @ s - s @ s.conj().T for s in atoms) / 2
    return x, y, z


@settings(deadline=None, derandomize=True, max_examples=25)
@given(n_atoms=st.integers(1, 5), seed=st.integers(0, 999), complex_amplitudes=st.booleans())
def test_observables_of_any_state_equal_the_full_space(n_atoms, seed, complex_amplitudes):
    """A random state, spread over all spins and no direction preferred; xi^2 by a scan of the perpendicular plane."""
    numbers = np.random.default_rng(seed).normal(size=(2, 2**n_atoms))
    vector = numbers[0] + 1j * numbers[1] if complex_amplitudes else numbers[0]
    vector /= np.linalg.norm(vector)
    x, y, z = spins(n_atoms)
    ket = paper_ket(vector).full()[:, 0]
    lowering = x - 1j * y

    def mean(operator):
        return (ket.conj() @ operator @ ket).real

    intensity = mean(lowering.conj().T @ lowering)
    direction = np.array([mean(x), mean(y), mean(z)])
    plane = np.linalg.svd(direction[None])[2][1:]
    angles = np.linspace(0, np.pi, 2001)
    variances = []
    for angle in angles:
        along = np.array([np.cos(angle), np.sin(angle)]) @ plane
        component = along[0] * x + along[1] * y + along[2] * z
        variances.append(mean(component @ component) - mean(component) ** 2)
    xi2 = n_atoms * min(variances) / (direction @ direction)

    found = at_start(n_atoms, vector)
    assert found.s_z[0] == pytest.approx(mean(z), abs=1e-13)
    assert found.s_squared[0] == pytest.approx(mean(x @ x + y @ y + z @ z), abs=1e-13)
    assert found.intensity[0] == pytest.approx(intensity, abs=1e-13)
    pairs = mean(lowering.conj().T @ lowering.conj().T @ lowering @ lowering)
    assert found.g2[0] == pytest.approx(pairs / intensity**2, abs=1e-11)
    assert xi2 * (1 - 1e-10) - 1e-10 >= found.xi2[0] - 1e-9 * xi2
    assert found.xi2[0] == pytest.approx(xi2, rel=1e-4, abs=1e-4)


@pytest.mark.parametrize("n_atoms", [2, 3, 6])
def test_observables_agree_with_those_of_density_blocks(n_atoms):
    """A real state has R_j as its weighted blocks."""
    vector = np.random.default_rng(n_atoms).normal(size=2**n_atoms)
    vector /= np.linalg.norm(vector)
    expected = observables.expectation([block[:, 0] @ block[:, 0].T for block in schur.transform(vector)])
    found = at_start(n_atoms, vector)
    for name in ("s_z", "s_squared", "intensity", "g2", "xi2"):
        assert getattr(found, name)[0] == pytest.approx(getattr(expected, name), rel=1e-11), name


def test_limits_of_dark_and_directionless_states():
    """All down: g2 = 1 by convention, xi^2 = 1, CRSS fidelity with Omega = 0 is 1. A GHZ pair has no mean spin."""
    down = at_start(4, initial_states.all_down(4), rabi_frequency=0.0)
    assert (down.s_z[0], down.s_squared[0], down.intensity[0]) == (-2, 6, 0)
    assert np.isnan(down.g2[0])
    assert down.xi2[0] == pytest.approx(1, abs=1e-14)
    assert down.crss_fidelity[0] == 1
    bell = np.array([1, 0, 0, 1]) / np.sqrt(2)
    assert at_start(2, bell).xi2[0] == np.inf


def test_crss_fidelity_is_the_root_of_the_overlap_with_spin_n_half():
    """Half the probability outside spin N/2: a singlet pair and a triplet pair in superposition."""
    model = Model(4, 10.0)
    rabi_frequency = 5.0  # alpha = -1
    ratio = [1.0]
    for a in range(4):
        ratio.append(-ratio[-1] / np.sqrt((a + 1) * (4 - a)))  # S_-|alpha> = alpha|alpha>, alpha = -2 Omega / gamma_c
    crss = np.array(ratio) / np.linalg.norm(ratio)
    vector = (initial_states.symmetric(crss) + 1j * initial_states.singlets(4)) / np.sqrt(2)
    assert at_start(4, vector, rabi_frequency).crss_fidelity[0] == pytest.approx(np.sqrt(0.5), abs=1e-14)
    assert model.rabi_frequency(1.0) > rabi_frequency


def test_impossible_probabilities_are_refused():
    recorder = record.Recorder(Model(2, 10.0), DriveSchedule([1.0]), record.time_grid([0.0]))
    with pytest.raises(checks.CertificateError, match="overlap of a state"):
        recorder.observe(0, np.zeros(8, dtype=complex), 1.001)
    with pytest.raises(checks.CertificateError, match="population is negative"):
        record.moments(np.array([[1.1, -0.1, 0]]), np.zeros((1, 2)), np.zeros((1, 1)), np.array([2]))


def test_counts_of_jumps_per_bin():
    jumps = record.Jumps(np.array([0.1, 0.4, 1.0, 1.2, 2.0]), np.array([-1, 3, -1, 0, record.UNRESOLVED]))
    individual, collective = jumps.counts([0, 1, 2])
    assert (individual.tolist(), collective.tolist()) == ([1, 2], [1, 1])
    assert jumps.channel.tolist() == ["collective", "individual", "collective", "individual", "individual"]


def test_seeds_are_the_same_however_an_ensemble_is_divided():
    whole, part = record.spawn(7, 6), record.spawn(7, 2, first=3)
    assert [s.generate_state(4).tolist() for s in part] == [s.generate_state(4).tolist() for s in whole[3:5]]
    assert len({tuple(s.generate_state(4)) for s in whole}) == 6


def test_dwell_times_with_hysteresis():
    times = np.arange(10.0)
    values = [5, 9, 6, 2, 6, 1, 9, 4, 8, 5]  # undecided, high at 1, low at 3 (6 does not count), high at 6 to the end
    low, high = dwell.dwell_times(times, values, 3, 8)
    assert (low.duration.tolist(), low.started.tolist(), low.ended.tolist()) == ([3.0], [True], [True])
    assert (high.duration.tolist(), high.started.tolist(), high.ended.tolist()) == (
        [2.0, 3.0],
        [False, True],
        [True, False],
    )
    assert high.rate() == (1 / 5, 1 / 5)
    assert low.rate() == (1 / 3, 1 / 3)
    pooled = dwell.pool([high, high])
    assert pooled.duration.tolist() == [2.0, 3.0, 2.0, 3.0]
    assert pooled.rate() == pytest.approx((0.2, 0.2 / np.sqrt(2)))


@pytest.mark.parametrize("values", [[5, 5, 5], [5, 4, 6]])
def test_an_undecided_record_has_no_stays(values):
    for stays in dwell.dwell_times([0, 1, 2], values, 3, 8):
        assert stays.duration.size == 0
        with pytest.raises(checks.ParameterError, match="at least one stay that ends"):
            stays.rate()


def test_dwell_times_recover_the_rates_of_a_markov_process():
    """A two-state process with known rates, 400 switches: within 4 standard errors, and not by chance exact."""
    rates, generator = {True: 0.8, False: 2.0}, np.random.default_rng(1)
    stays = [(state, generator.exponential(1 / rates[state])) for _ in range(1000) for state in (True, False)]
    switches = np.cumsum([duration for _, duration in stays])
    times = np.arange(0, switches[-1], 0.002)
    values = np.where(np.searchsorted(switches, times, side="right") % 2 == 0, 10.0, 0.0)
    low, high = dwell.dwell_times(times, values, 1, 9)
    for found, rate in ((low.rate(), 2.0), (high.rate(), 0.8)):
        assert abs(found[0] - rate) < norm.isf(0.5e-4) * found[1]
        assert found[1] == pytest.approx(rate / np.sqrt(1000), rel=0.1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([0, 1], [1, 2, 3], 0, 1), "one shape"),
        (([0, 0], [1, 2], 0, 1), "times must rise"),
        (([0, 1], [1, np.nan], 0, 1), "must be finite"),
        (([0, 1], [1, 2], 1, 1), "low must be < high"),
        (([0, 1], [1, 2], np.nan, 1), "low must be a finite number"),
    ],
)
def test_bad_dwell_arguments_are_named(arguments, message):
    with pytest.raises(checks.ParameterError, match=message):
        dwell.dwell_times(*arguments)


@pytest.mark.parametrize(
    ("arguments", "name"), [((1, 0), "size"), ((1, 2.5), "size"), ((1, 3, -1), "first"), ((None, 3), "seed")]
)
def test_ensembles_need_whole_numbers(arguments, name):
    with pytest.raises(checks.ParameterError, match=f"argument {name} must be a whole number"):
        record.spawn(*arguments)
