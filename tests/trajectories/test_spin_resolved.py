"""Spin-resolved trajectories against QuTiP, exact counting, the atom-resolved ones, and identities."""

import numpy as np
import pytest
import qutip
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import comb
from trajectories_reference import (
    assert_distribution,
    assert_means,
    collective_observables,
    count_distribution,
    paper_ket,
)

from driven_dicke.closed_form import absorber
from driven_dicke.generator.counting import Counting
from driven_dicke.model import checks
from driven_dicke.model.drive_schedule import DriveSchedule
from driven_dicke.model.parameters import Model
from driven_dicke.peers.qutip_reference import collapse_operators, hamiltonian
from driven_dicke.trajectories import atom_resolved, initial_states, record, schur, spin_resolved

FALSE_ALARM = 1e-4  # probability that a right program fails a statistical test; the seeds are fixed
FIELDS = ("times", "rabi_frequency", "s_z", "s_squared", "intensity", "g2", "xi2", "crss_fidelity")


def coherent_state(n_atoms, polar, azimuth):
    """Amplitudes (N+1,) of N equal atoms cos(polar)|g> + exp(i azimuth) sin(polar)|e> in the real frame."""
    k = np.arange(n_atoms + 1)
    return np.sqrt(comb(n_atoms, k)) * np.cos(polar) ** (n_atoms - k) * (np.exp(1j * azimuth) * np.sin(polar)) ** k


def test_average_obeys_the_master_equation():
    """2000 trajectories, N = 4, a complex spin-coherent state, and a drive that is switched at t = 0.3."""
    n_atoms, gamma_c, gamma_s, drives, switch = 4, 3.0, 1.5, (6.0, 1.5), 0.3
    times, initial = np.array([0.05, 0.2, 0.3, 0.5, 0.9]), coherent_state(n_atoms, 1.0, 0.7)
    trajectories = spin_resolved.ensemble(
        Model(n_atoms, gamma_c, gamma_s), DriveSchedule(drives, [switch]), initial, times, record.spawn(11, 2000)
    )
    observables = collective_observables(n_atoms)
    solver = [
        qutip.MESolver(
            hamiltonian(n_atoms, drive), collapse_operators(n_atoms, gamma_c, gamma_s), options={"rtol": 1e-9}
        )
        for drive in drives
    ]
    start = qutip.ket2dm(paper_ket(initial_states.symmetric(initial)))
    first = solver[0].run(start, [0, 0.05, 0.2, 0.3], e_ops=observables)
    last = solver[1].run(solver[0].run(start, [0, 0.3]).final_state, [0, 0.2, 0.6], e_ops=observables)
    exact = np.array([np.append(first.e_data[name][1:], last.e_data[name][1:]).real for name in observables])
    samples = np.array([[getattr(trajectory, name) for name in observables] for trajectory in trajectories])
    assert_means(samples, exact, FALSE_ALARM)


@pytest.mark.parametrize("channel", ["collective", "individual"])
def test_counts_follow_the_exact_counting_distribution(channel):
    """1000 trajectories of N = 4 from all down to t = 0.8."""
    rates, rabi_frequency = (2.0, 1.0), 2.5
    trajectories = spin_resolved.ensemble(
        Model(4, *rates), DriveSchedule([rabi_frequency]), np.eye(5)[0], [0.8], record.spawn(5, 1000)
    )
    counts = np.array([(trajectory.jumps.channel == channel).sum() for trajectory in trajectories])
    ket = paper_ket(initial_states.all_down(4))
    assert_distribution(counts, count_distribution(4, rates, rabi_frequency, ket, 0.8, channel), FALSE_ALARM)


@settings(deadline=None, derandomize=True, max_examples=12)
@given(n_atoms=st.integers(1, 12), seed=st.integers(0, 999), drive=st.floats(0, 30), gamma_c=st.floats(0.1, 10))
def test_agrees_with_the_atom_resolved_until_the_first_individual_jump(n_atoms, seed, drive, gamma_c):
    """Same seed, same random numbers: two independent propagators find the same jumps and observables."""
    model, schedule = Model(n_atoms, gamma_c, 0.5), DriveSchedule([drive, 1.5 * drive], [0.3])
    times = np.linspace(0, 0.6, 7)
    initial = np.random.default_rng(seed).normal(size=n_atoms + 1)
    initial /= np.linalg.norm(initial)
    by_spin = spin_resolved.trajectory(model, schedule, initial, times, seed)
    by_atom = atom_resolved.trajectory(model, schedule, initial_states.symmetric(initial), times, seed)
    common = 1 + int(np.argmax(by_spin.jumps.individual)) if by_spin.jumps.individual.any() else None
    np.testing.assert_allclose(by_spin.jumps.time[:common], by_atom.jumps.time[:common], rtol=1e-9, atol=1e-11)
    assert by_spin.jumps.channel[:common].tolist() == by_atom.jumps.channel[:common].tolist()
    until = by_spin.jumps.time[common - 1] if common else np.inf
    before = times < until
    for name in ("s_z", "s_squared", "intensity", "crss_fidelity"):
        np.testing.assert_allclose(getattr(by_spin, name)[before], getattr(by_atom, name)[before], rtol=0, atol=1e-8)


def test_spin_is_sharp_and_only_individual_jumps_change_it():
    """<S^2> = j(j+1) at every time, and is the same at two times with only collective jumps between them."""
    model, times = Model(9, 10.0), np.linspace(0, 3, 1200)
    trajectory = spin_resolved.trajectory(model, DriveSchedule([model.rabi_frequency(1.2)]), np.eye(10)[0], times, 4)
    doubled = np.sqrt(4 * trajectory.s_squared + 1) - 1
    np.testing.assert_allclose(doubled, np.round(doubled), rtol=0, atol=1e-11)
    individual, collective = trajectory.jumps.counts(times)
    steps = np.diff(np.round(doubled))
    assert (steps[individual == 0] == 0).all()
    assert set(np.abs(steps[individual == 1])) == {0, 2}
    assert collective[individual == 0].sum() > 100
    assert individual.sum() + collective.sum() == trajectory.jumps.time.size
    assert set(trajectory.jumps.atom) == {record.COLLECTIVE, record.UNRESOLVED}


def test_individual_jump_leads_to_the_spins_with_the_right_weights():
    """Shares of j, j - 1, j + 1 against Wigner-Eckart numbers from the 2^N space: sum_n ||P_J sigma_n psi||^2."""
    n_atoms, doubled = 5, 3
    psi = np.random.default_rng(0).normal(size=doubled + 1)
    psi /= np.linalg.norm(psi)
    # embed on one copy: atoms 1, 2 in a singlet, atoms 3, 4, 5 symmetric
    vector = np.kron(initial_states.singlets(2), initial_states.symmetric(psi))
    weights = np.zeros(3)
    for atom in range(n_atoms):
        lowered = np.zeros_like(vector)
        lowered.reshape(2**atom, 2, -1)[:, 0] = vector.reshape(2**atom, 2, -1)[:, 1]
        weights += [np.linalg.norm(block) ** 2 for block in schur.transform(lowered)]
    borders = np.cumsum(weights[[1, 2, 0]]) / weights.sum()  # j = 3/2, 1/2, 5/2
    for share, expected in zip(np.ravel([borders - 1e-9, borders + 1e-9]), [3, 1, 5, 1, 5], strict=False):
        states = spin_resolved._Ensemble(Model(n_atoms, 10.0), psi, record.spawn(0, 1))
        states._individual_jump(0, share)
        assert states.doubled[0] == expected
        assert np.linalg.norm(states.psi) == pytest.approx(1, abs=1e-14)


def test_only_spin_n_half_overlaps_the_crss():
    """S_-|alpha> = alpha|alpha> with alpha = -2 Omega / gamma_c = -1, built by its recursion, and spins below N/2."""
    ratio = [1.0]
    for a in range(4):
        ratio.append(-ratio[-1] / np.sqrt((a + 1) * (4 - a)))
    state = np.array(ratio) / np.linalg.norm(ratio)
    for initial, fidelity in ((state, 1.0), (1j * np.eye(5)[0], state[0]), (np.eye(3)[1], 0.0), ([1.0], 0.0)):
        trajectory = spin_resolved.trajectory(Model(4, 10.0), DriveSchedule([5.0]), initial, [0.0], 0)
        assert trajectory.crss_fidelity[0] == pytest.approx(fidelity, abs=1e-14)
        assert trajectory.s_squared[0] == pytest.approx(len(initial) ** 2 / 4 - 1 / 4)


def test_counts_in_the_steady_state_are_those_of_the_tilted_generator():
    """A window of 2/gamma_s, both ports, once 600 trajectories have forgotten their start."""
    model, window = Model(4, 10.0), [6.0, 8.0]
    omega = model.rabi_frequency(0.8)
    trajectories = spin_resolved.ensemble(
        model, DriveSchedule([omega]), np.eye(5)[0], window, record.spawn(17, 600), with_jumps=True
    )
    counts = np.array([trajectory.jumps.counts(window) for trajectory in trajectories])[:, :, 0]
    blocks = absorber.density_blocks(model, omega)
    for port, seen in zip(("side", "cavity"), counts.T, strict=True):
        found = Counting(model, omega, blocks, port)
        assert_distribution(seen, found.distribution(2.0, found.most(2.0)), FALSE_ALARM)


def test_one_atom_decays_exponentially():
    """gamma_c = 0, Omega = 0, N = 1: the jump is at -ln(1 - r) / gamma_s, r the first random number; then darkness."""
    seeds = record.spawn(8, 200)
    trajectories = spin_resolved.ensemble(
        Model(1, 0.0, 2.0), DriveSchedule([0.0]), np.array([0.0, 1.0]), [0.0, 30.0], seeds
    )
    drawn = [np.random.Generator(np.random.PCG64(seed)).random() for seed in seeds]
    times = [trajectory.jumps.time for trajectory in trajectories]
    np.testing.assert_allclose(np.concatenate(times), -np.log1p(-np.array(drawn)) / 2.0, rtol=1e-11)
    assert trajectories[0].s_z.tolist() == [0.5, -0.5]


def test_a_trajectory_is_the_same_in_any_company():
    """Byte for byte: alone, in an ensemble, in a part of it, with spins of other sizes beside it."""
    model, schedule = Model(12, 10.0), DriveSchedule([50.0, 20.0], [0.1])
    times, initial = np.linspace(0, 1.2, 7), np.eye(13)[0]
    together = spin_resolved.ensemble(model, schedule, initial, times, record.spawn(9, 8))
    second_half = spin_resolved.ensemble(model, schedule, initial, times, record.spawn(9, 4, first=4))
    alone = spin_resolved.trajectory(model, schedule, initial, times, record.spawn(9, 1, first=6)[0])
    assert len({trajectory.s_squared[-1] for trajectory in together}) > 2
    for trajectory in (second_half[2], alone):
        for name in FIELDS:
            assert getattr(trajectory, name).tobytes() == getattr(together[6], name).tobytes()
        assert trajectory.jumps.time.tobytes() == together[6].jumps.time.tobytes()
        assert trajectory.jumps.atom.tobytes() == together[6].jumps.atom.tobytes()
    assert together[5].jumps.time.tobytes() != together[6].jumps.time.tobytes()


def test_jumps_need_not_be_kept_and_progress_is_reported():
    model, reports = Model(4, 10.0), []
    trajectories = spin_resolved.ensemble(
        model,
        DriveSchedule([5.0]),
        np.eye(5)[0],
        [2.0],
        record.spawn(0, 3),
        lambda *report: reports.append(report),
        with_jumps=False,
    )
    assert all(trajectory.jumps is None for trajectory in trajectories)
    kept = spin_resolved.ensemble(model, DriveSchedule([5.0]), np.eye(5)[0], [2.0], record.spawn(0, 3))
    assert reports[-1] == (1.0, sum(trajectory.jumps.time.size for trajectory in kept))
    assert kept[2].s_z.tobytes() == trajectories[2].s_z.tobytes()


def test_a_thousand_atoms():
    """N = 1000 at Gamma = 100 gamma_s: <S_z> settles near the mean-field lower branch while j stays near N/2."""
    model = Model(1000, 100 / 999)
    initial = np.eye(1001)[0]
    trajectory = spin_resolved.trajectory(
        model, DriveSchedule([model.rabi_frequency(0.4)]), initial, [0.0, 0.04, 0.08], 0
    )
    assert trajectory.s_squared[0] == pytest.approx(500 * 501)
    assert trajectory.s_z[-1] / 500 == pytest.approx(-np.sqrt(1 - 0.4**2), abs=0.02)
    assert trajectory.crss_fidelity[-1] < 1 + 1e-12


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"initial": np.eye(4)[0]}, r"initial must have 2j\+1 amplitudes"),
        ({"initial": np.eye(7)[0]}, r"initial must have 2j\+1 amplitudes"),
        ({"initial": np.ones(5)}, "initial must be normalised"),
        ({"times": [1.0, 0.5]}, "times must be"),
        ({"seeds": []}, "seeds must have at least one entry"),
    ],
)
def test_bad_arguments_are_named(changes, message):
    arguments = {"initial": np.eye(5)[0], "times": [1.0], "seeds": record.spawn(0, 1), **changes}
    with pytest.raises(checks.ParameterError, match=message):
        spin_resolved.ensemble(Model(4, 10.0), DriveSchedule([1.0]), **arguments)
