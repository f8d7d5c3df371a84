"""Atom-resolved trajectories against QuTiP's master equation and Monte-Carlo solver, exact counting, and identities."""

import numpy as np
import pytest
import qutip
from scipy.stats import chi2, chi2_contingency
from trajectories_reference import (
    assert_distribution,
    assert_means,
    collective_observables,
    count_distribution,
    paper_ket,
    product_state,
)

from driven_dicke.model import checks
from driven_dicke.model.drive_schedule import DriveSchedule
from driven_dicke.model.parameters import Model
from driven_dicke.peers.qutip_reference import collapse_operators, hamiltonian
from driven_dicke.trajectories import atom_resolved, initial_states, record, schur

FALSE_ALARM = 1e-4  # probability that a right program fails a statistical test; the seeds are fixed


def run(model, schedule, initial, times, seed, n_trajectories):
    return [
        atom_resolved.trajectory(model, schedule, initial, times, sequence)
        for sequence in record.spawn(seed, n_trajectories)
    ]


def test_average_obeys_the_master_equation():
    """400 trajectories, N = 4, an unsymmetric complex product state, and a drive that is switched at t = 0.3."""
    n_atoms, gamma_c, gamma_s, drives, switch = 4, 3.0, 1.5, (6.0, 1.5), 0.3
    times = np.array([0.05, 0.2, 0.3, 0.5, 0.9])
    initial = initial_states.real_frame(initial_states.product(product_state(n_atoms)))
    trajectories = run(Model(n_atoms, gamma_c, gamma_s), DriveSchedule(drives, [switch]), initial, times, 11, 400)
    observables = collective_observables(n_atoms)
    solver = [
        qutip.MESolver(
            hamiltonian(n_atoms, drive), collapse_operators(n_atoms, gamma_c, gamma_s), options={"rtol": 1e-9}
        )
        for drive in drives
    ]
    first = solver[0].run(qutip.ket2dm(paper_ket(initial)), [0, 0.05, 0.2, 0.3], e_ops=observables)
    middle = solver[0].run(qutip.ket2dm(paper_ket(initial)), [0, 0.3]).final_state
    last = solver[1].run(middle, [0, 0.2, 0.6], e_ops=observables)
    exact = np.array([np.append(first.e_data[name][1:], last.e_data[name][1:]).real for name in observables])
    samples = np.array([[getattr(trajectory, name) for name in observables] for trajectory in trajectories])
    assert_means(samples, exact, FALSE_ALARM)
    np.testing.assert_array_equal(trajectories[0].rabi_frequency, [6, 6, 1.5, 1.5, 1.5])


@pytest.fixture(scope="module")
def counted():
    """Jump counts of 500 trajectories of N = 4 from all down to t = 0.8."""
    model, rabi_frequency = Model(4, 2.0, 1.0), 2.5
    trajectories = run(model, DriveSchedule([rabi_frequency]), initial_states.all_down(4), [0.8], 5, 500)
    return (2.0, 1.0), rabi_frequency, trajectories


@pytest.mark.parametrize("channel", ["collective", "individual"])
def test_counts_follow_the_exact_counting_distribution(counted, channel):
    rates, rabi_frequency, trajectories = counted
    counts = np.array([(trajectory.jumps.channel == channel).sum() for trajectory in trajectories])
    ket = paper_ket(initial_states.all_down(4))
    probability = count_distribution(4, rates, rabi_frequency, ket, 0.8, channel)
    assert probability.sum() == pytest.approx(1, abs=1e-9)
    assert_distribution(counts, probability, FALSE_ALARM)


@pytest.mark.parametrize(("n_atoms", "n_trajectories"), [(4, 500), (6, 300)])
def test_counts_agree_with_qutip_mcsolve(n_atoms, n_trajectories):
    """Counts of each channel in as many trajectories of ours and of QuTiP's: chi^2 of the contingency table."""
    rates, rabi_frequency, initial = (2.0, 1.0), 2.5, initial_states.all_down(n_atoms)
    ours = run(Model(n_atoms, *rates), DriveSchedule([rabi_frequency]), initial, [0.8], 6, n_trajectories)
    solver = qutip.MCSolver(
        hamiltonian(n_atoms, rabi_frequency), collapse_operators(n_atoms, *rates), options={"progress_bar": ""}
    )
    theirs = solver.run(paper_ket(initial), [0, 0.8], ntraj=n_trajectories, seeds=3).col_which
    assert len(theirs) == n_trajectories
    for is_collective in (True, False):
        samples = (
            [((trajectory.jumps.atom == record.COLLECTIVE) == is_collective).sum() for trajectory in ours],
            [sum((operator == 0) == is_collective for operator in which) for which in theirs],
        )
        table = np.array([np.bincount(counts, minlength=64) for counts in samples])
        table = table[:, table.sum(axis=0) >= 10]
        assert table.shape[1] >= 3
        assert chi2_contingency(table).pvalue > FALSE_ALARM


def test_every_atom_jumps_alike_from_a_symmetric_state(counted):
    """chi^2 of the atoms' jump numbers against equal shares."""
    atoms = np.concatenate([trajectory.jumps.atom for trajectory in counted[2]])
    shares = np.bincount(atoms[atoms >= 0], minlength=4)
    assert shares.sum() > 300
    assert ((shares - shares.mean()) ** 2 / shares.mean()).sum() < chi2.isf(FALSE_ALARM, 3)


@pytest.mark.parametrize("n_atoms", [1, 2, 5])
def test_individual_jump_applies_sigma_to_the_drawn_atom(n_atoms):
    """Every share in [0, 1) maps to an atom with its population, and the state becomes sigma_n psi / norm."""
    model = Model(n_atoms, 10.0)
    vector = initial_states.real_frame(initial_states.product(product_state(n_atoms)))
    bits = [vector.reshape(2**atom, 2, -1) for atom in range(n_atoms)]
    populations = np.array([np.linalg.norm(b[:, 1]) ** 2 for b in bits])
    borders = np.append(0, np.cumsum(populations[::-1])) / populations.sum()  # counted from the last atom
    for number, atom in enumerate(range(n_atoms - 1, -1, -1)):
        expected = np.zeros_like(vector)
        expected.reshape(2**atom, 2, -1)[:, 0] = bits[atom][:, 1] / np.sqrt(populations[atom])
        for share in (borders[number] + 1e-9, borders[number + 1] - 1e-9):
            state = atom_resolved._State(model, vector)
            assert state.individual_jump(share) == atom
            np.testing.assert_allclose(schur.inverse_transform(state._blocks), expected, rtol=0, atol=1e-14)
            assert state.norm == pytest.approx(1, abs=1e-14)


def test_collective_jump_applies_s_minus_and_conserves_the_spins_it_finds():
    """After S_-, R_j = S_- R_j S_+ / norm: no weight passes from one j to another."""
    n_atoms = 6
    vector = initial_states.real_frame(initial_states.product(product_state(n_atoms)))
    state = atom_resolved._State(Model(n_atoms, 10.0), vector)
    before = [block[:, 0].copy() for block in state._blocks]
    state.collective_jump()
    lowered = [np.diag(record.raising_row(len(b) - 1, len(b))[:-1], 1) @ b for b in before]
    norm = sum(np.linalg.norm(block) ** 2 for block in lowered)
    for gram, block in zip(state.gram, lowered, strict=True):
        reference = (block @ block.conj().T).real / norm
        np.testing.assert_allclose(gram[: len(block), : len(block)], reference, rtol=0, atol=1e-15)


def test_collective_jump_may_change_the_mean_spin_of_a_superposition():
    """|eg> = (triplet + singlet) / sqrt(2) has <S^2> = 1; S_- leads to |gg> with <S^2> = 2, though [S_-, S^2] = 0."""
    state = atom_resolved._State(Model(2, 10.0), initial_states.product([[0, 1], [1, 0]]))
    assert state.observe(np.eye(3))[0][0] == pytest.approx(1, abs=1e-14)
    state.collective_jump()
    assert state.observe(np.eye(3))[0][0] == pytest.approx(2, abs=1e-14)


def test_one_atom_decays_exponentially():
    """gamma_c = 0, Omega = 0, N = 1: the jump is at -ln(1 - r) / gamma_s, r the first random number; then darkness."""
    model, excited = Model(1, 0.0, 2.0), np.array([0.0, 1.0])
    for sequence in record.spawn(8, 50):
        trajectory = atom_resolved.trajectory(model, DriveSchedule([0.0]), excited, [0.0, 30.0], sequence)
        drawn = np.random.Generator(np.random.PCG64(sequence)).random()
        np.testing.assert_allclose(trajectory.jumps.time, [-np.log1p(-drawn) / 2.0], rtol=1e-12)
        assert trajectory.jumps.atom.tolist() == [0]
        np.testing.assert_allclose(trajectory.s_z, [0.5, -0.5], rtol=0, atol=1e-15)
        assert np.isnan(trajectory.crss_fidelity).all()


def test_only_an_excited_atom_can_jump():
    """gamma_c = 0, no drive: each excited atom emits once, the others never."""
    model = Model(5, 0.0, 1.0)
    initial = initial_states.product([[1, 0], [0, 1], [1, 0], [0, 1], [0, 1]])
    for sequence in record.spawn(2, 10):
        trajectory = atom_resolved.trajectory(model, DriveSchedule([0.0]), initial, [60.0], sequence)
        assert sorted(trajectory.jumps.atom.tolist()) == [1, 3, 4]
        assert trajectory.jumps.channel.tolist() == ["individual"] * 3


def test_singlets_are_dark_until_an_atom_decays():
    """The drive and S_- leave total spin 0 alone: the first jump is individual, at rate N gamma_s / 2."""
    model, n_atoms = Model(6, 10.0), 6
    for sequence in record.spawn(4, 8):
        trajectory = atom_resolved.trajectory(
            model, DriveSchedule([9.0]), initial_states.singlets(n_atoms), [0.0, 4.0], sequence
        )
        drawn = np.random.Generator(np.random.PCG64(sequence)).random()
        assert trajectory.jumps.time[0] == pytest.approx(-np.log1p(-drawn) / (n_atoms / 2), rel=1e-12)
        assert trajectory.jumps.individual[0]
        assert (trajectory.s_squared[0], trajectory.intensity[0]) == pytest.approx((0, 0), abs=1e-14)
        assert np.isnan(trajectory.g2[0])
        assert trajectory.xi2[0] == np.inf


def test_same_seed_same_bytes_on_any_grid():
    model, schedule = Model(7, 10.0), DriveSchedule([60.0, 11.0], [0.2])
    initial, coarse, fine = initial_states.all_down(7), [0.0, 0.4, 0.8], np.linspace(0, 0.8, 81)
    first, again, finer, other = (
        atom_resolved.trajectory(model, schedule, initial, times, seed)
        for times, seed in ((coarse, 1), (coarse, 1), (fine, 1), (coarse, 2))
    )
    for name in ("times", "rabi_frequency", "s_z", "s_squared", "intensity", "g2", "xi2", "crss_fidelity"):
        assert getattr(first, name).tobytes() == getattr(again, name).tobytes()
    assert first.jumps.time.tobytes() == again.jumps.time.tobytes() == finer.jumps.time.tobytes()
    assert first.jumps.atom.tobytes() == again.jumps.atom.tobytes() == finer.jumps.atom.tobytes()
    assert finer.s_z[[0, 40, 80]].tobytes() == first.s_z.tobytes()
    assert first.jumps.time.tobytes() != other.jumps.time.tobytes()
    assert first.jumps.individual.any()


def test_progress_is_reported_in_rising_hundredths():
    reports = []
    trajectory = atom_resolved.trajectory(
        Model(4, 10.0),
        DriveSchedule([5.0]),
        initial_states.all_down(4),
        [2.0],
        0,
        lambda *report: reports.append(report),
    )
    fractions, jumps = np.array(reports).T
    assert fractions[-1] == 1
    assert (np.diff(fractions) > 0).all()
    assert (np.diff(jumps) >= 0).all()
    assert jumps[-1] == trajectory.jumps.time.size


def test_drift_of_the_amplitudes_is_caught():
    state = atom_resolved._State(Model(4, 10.0), initial_states.product([[0.6, 0.8]] * 4))
    state._blocks[0] = state._blocks[0] * (1 + 1e-6)
    with pytest.raises(checks.CertificateError, match="norm of the amplitudes"):
        state.individual_jump(0.5)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"initial": initial_states.all_down(3)}, r"initial must have shape \(2\^4,\)"),
        ({"initial": 2 * initial_states.all_down(4)}, "initial must be normalised"),
        ({"times": [1.0, 1.0]}, "times must be"),
        ({"times": [-1.0, 1.0]}, "times must be"),
        ({"times": []}, "times must be"),
        ({"times": [0.0, float("nan")]}, "times must be"),
    ],
)
def test_bad_arguments_are_named(changes, message):
    arguments = {"initial": initial_states.all_down(4), "times": [1.0], **changes}
    with pytest.raises(checks.ParameterError, match=message):
        atom_resolved.trajectory(Model(4, 10.0), DriveSchedule([1.0]), seed=0, **arguments)


@pytest.fixture(scope="module")
def eighteen_atoms():
    """N = 18, drive 0.73, all down; seed 3, whose first individual jump comes after t = 0.2."""
    model = Model(18, 10.0)
    times = np.linspace(0, 0.9, 181)
    return atom_resolved.trajectory(
        model, DriveSchedule([model.rabi_frequency(0.73)]), initial_states.all_down(18), times, 3
    )


def test_spin_is_conserved_until_the_first_individual_jump(eighteen_atoms):
    first = eighteen_atoms.jumps.time[eighteen_atoms.jumps.individual][0]
    before = eighteen_atoms.times < first
    assert 0.2 < first < 0.8
    assert np.count_nonzero(eighteen_atoms.jumps.time < first) > 50
    np.testing.assert_allclose(eighteen_atoms.s_squared[before], 90, rtol=1e-13)
    assert eighteen_atoms.s_squared[~before].max() < 90 - 0.1


def test_state_becomes_a_crss_and_stays_one_until_the_first_individual_jump(eighteen_atoms):
    """At drive 0.73 the finite spin and the unseen individual photons leave 1 - F below 1e-3; a jump costs far more."""
    first = eighteen_atoms.jumps.time[eighteen_atoms.jumps.individual][0]
    formed = (eighteen_atoms.times > 0.1) & (eighteen_atoms.times < first)
    assert 0.3 < eighteen_atoms.crss_fidelity[0] < 0.33
    assert (1 - eighteen_atoms.crss_fidelity[formed]).max() < 1e-3
    assert eighteen_atoms.crss_fidelity[eighteen_atoms.times > first].max() < 0.97


def test_purely_collective_decay_leads_to_the_crss_to_ten_digits():
    """gamma_s = 0, drive 0.4: |alpha| is far below N/2, and S_-|alpha> = alpha|alpha> holds to rounding."""
    model = Model(18, 10.0, 0.0)
    trajectory = atom_resolved.trajectory(
        model, DriveSchedule([model.rabi_frequency(0.4)]), initial_states.all_down(18), [0.0, 0.2, 0.25, 0.3], 1
    )
    np.testing.assert_allclose(trajectory.crss_fidelity[1:], 1, rtol=0, atol=1e-10)
    assert trajectory.crss_fidelity[0] < 0.9
    assert not trajectory.jumps.individual.any()
