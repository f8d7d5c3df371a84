"""The edges of what may be asked: sizes, drives, rates, times, seeds, thresholds and initial states."""

import numpy as np
import pytest

import driven_dicke as dd
from driven_dicke.closed_form import critical_point, enclosures, phase_balance, transition
from driven_dicke.generator import dynamics
from driven_dicke.mean_field import branches
from driven_dicke.model import checks, observables
from driven_dicke.peers import qutip_reference
from driven_dicke.trajectories import dwell, initial_states

ATOMS = dd.Model(4, 10.0)
RISING = "argument times must be [01] or more finite, strictly rising numbers >= 0"


def compared(state, model, omega):
    """Largest relative deviation of the six observables from their proven values."""
    balls = enclosures.moments(model, omega)
    return max(enclosures.deviation(getattr(state, name), ball) for name, ball in balls._asdict().items())


@pytest.mark.parametrize("n_atoms", [1, 2, 3])
def test_few_atoms(n_atoms):
    """The closed form, and 10^6/gamma_s of evolution, against QuTiP on 2^N states."""
    model = dd.Model(n_atoms, 10.0)
    rho, _ = qutip_reference.full_steady_state(model, 3.0)
    state = dd.steady_state(model, rabi_frequency=3.0)
    np.testing.assert_allclose(qutip_reference.embed(state.blocks), rho, atol=1e-12)
    late = dd.evolve(model, rabi_frequency=3.0, times=[0.0, 1e6])[1]
    assert late.s_z == pytest.approx(state.s_z, rel=1e-9)
    for unravelling in ("atom", "spin"):
        run = dd.trajectory(model, times=[0.0, 2.0], rabi_frequency=3.0, unravelling=unravelling)
        assert run.s_z[0] == -n_atoms / 2
        assert abs(run.s_z[1]) <= n_atoms / 2


def test_ten_million_atoms():
    """One drive (3 s, 0.9 GB): what is left to the mean field, N (2 <S_z>/N - s_z), has its limit to 1/N already."""
    lower = -(1 + np.sqrt(0.5)) / 2
    left = [n * (2 * dd.steady_state(dd.Model(n, 10.0), 0.5).s_z / n - lower) for n in (10**5, 10**7)]
    assert left[1] == pytest.approx(left[0], rel=1e-4)
    assert abs(left[1]) > 0.1


def test_a_thousand_times_the_critical_drive():
    model = dd.Model(18, 10.0)
    state, mixed = dd.steady_state(model, 1e3), observables.totally_mixed(18)
    assert compared(state, model, model.rabi_frequency(1e3)) < 1e-13
    for name in ("s_squared", "intensity", "g2"):
        assert getattr(state, name) == pytest.approx(getattr(mixed, name), rel=1e-6)
    assert dd.slow_modes(model, 1e3).gap == pytest.approx(1.33, abs=0.01)
    assert np.isfinite(dd.trajectory(ATOMS, 1e3, times=[0.0, 0.01]).s_z).all()


def test_atoms_that_decay_alone():
    """gamma_c = 0: every atom solves its own Bloch equations; nothing is critical."""
    model = dd.Model(6, 0.0)
    state = dd.steady_state(model, rabi_frequency=0.7)
    assert state.s_z == pytest.approx(-3 / (1 + 8 * 0.7**2), rel=1e-13)
    assert dd.slow_modes(model, rabi_frequency=2.0).gap == pytest.approx(0.75, rel=1e-12)
    for found in (critical_point.critical_drive, phase_balance.equal_weight_drive, enclosures.approach_law):
        with pytest.raises(checks.ParameterError, match="gamma_c > 0: without collective decay nothing changes"):
            found(model)


@pytest.mark.parametrize("gamma_s", [1e-12, 1e-6, 1e6, 1e12])
def test_one_decay_drowns_the_other(gamma_s):
    model, unit = dd.Model(8, 1.0, gamma_s), max(1.0, gamma_s)
    state = dd.steady_state(model, rabi_frequency=0.7 * unit)
    assert compared(state, model, 0.7 * unit) < 1e-13
    assert dd.slow_modes(model, rabi_frequency=0.7 * unit).gap > 0
    late = {"rabi_frequency": 0.7 * unit, "times": [0.0, 60 / gamma_s]}
    if gamma_s < 1e-9:  # 7e12 turns of the drive: too many, which is said early
        with pytest.raises(checks.CertificateError, match=r"cannot be propagated to t = 6e\+13: .* its trace is off"):
            dd.evolve(model, **late)
    else:
        assert dd.evolve(model, **late)[1].s_z == pytest.approx(state.s_z, rel=1e-6)
    with pytest.raises(checks.ParameterError, match="has no critical point"):
        critical_point.critical_drive(model)
    if gamma_s > 1:
        with pytest.raises(checks.ParameterError, match="too few atoms for two phases"):
            phase_balance.equal_weight_drive(model)


@pytest.mark.parametrize("scale", [1e-9, 1e9])
def test_only_ratios_of_rates_matter(scale):
    one, other = dd.Model(18, 10.0), dd.Model(18, 10.0 * scale, scale)
    expected, found = dd.steady_state(one, 0.7), dd.steady_state(other, 0.7)
    np.testing.assert_allclose(found.to_pandas(), expected.to_pandas(), rtol=1e-13)
    for find in (critical_point.critical_drive, phase_balance.equal_weight_drive):
        assert find(other) == pytest.approx(find(one), rel=1e-13)
    early = [dd.evolve(model, 0.7, times=[0.0, 0.3 / model.gamma_s])[1].s_z for model in (one, other)]
    assert early[1] == pytest.approx(early[0], rel=1e-13)
    runs = [dd.trajectory(dd.Model(4, 10 * s, s), 0.7, times=[0.0, 0.3 / s], seed=3).s_z for s in (1.0, scale)]
    np.testing.assert_allclose(runs[1], runs[0], rtol=1e-12)
    # An eigenvector is as good as rounding over the distance of its eigenvalue from the next.
    assert dd.slow_modes(other, 0.7).gap / scale == pytest.approx(dd.slow_modes(one, 0.7).gap, rel=1e-11)
    assert dd.phases(other, 0.7).a_plus == pytest.approx(dd.phases(one, 0.7).a_plus, rel=1e-11)


@pytest.mark.parametrize(
    "times",
    [[0.0, 0.0], [1.0, 0.5], [np.nan], [0.0, np.nan], [0.0, np.inf], [-1.0, 0.0], [[0.0, 1.0]], "ab", [1j], None],
)
def test_times_rise(times):
    for run in (
        lambda: dd.evolve(ATOMS, 0.7, times=times),
        lambda: dd.trajectory(ATOMS, 0.7, times=times),
        lambda: dd.trajectory(ATOMS, 0.7, times=times, unravelling="spin"),
        lambda: branches.relaxation(15.0, 0.7, [0.0, 0.0, -1.0], times),
    ):
        with pytest.raises(checks.ParameterError, match=RISING):
            run()


def test_no_time_and_no_time_to_pass():
    assert dd.evolve(ATOMS, 0.7, times=[0.0])[0].s_z == pytest.approx(-2, abs=1e-15)
    assert dd.trajectory(ATOMS, 0.7, times=[0.0]).s_z.tolist() == [-2.0]
    assert branches.relaxation(15.0, 0.7, [0.0, 0.0, -1.0], [0.0]).tolist() == [[0.0, 0.0, -1.0]]
    assert branches.relaxation(15.0, 0.7, [0.0, 0.0, -1.0], []).shape == (0, 3)
    for run in (dd.evolve, dd.trajectory):
        with pytest.raises(checks.ParameterError, match=RISING):
            run(ATOMS, 0.7, times=[])


@pytest.mark.parametrize("ratio", [9.0, 170 / 11, 1e6])
def test_a_drive_exactly_on_an_edge_of_bistability(ratio):
    """Both edges belong to the region; there two roots meet, neither is stable, and beyond it they are gone."""
    edges = branches.bistability_edges(ratio)
    for edge, outwards, gone in ((edges.lower, 0.0, "upper"), (edges.upper, 2.0, "lower")):
        at, beyond = branches.branches(ratio, edge), branches.branches(ratio, np.nextafter(edge, outwards))
        assert np.isfinite(at).all()
        assert float(getattr(at, gone)) == pytest.approx(float(at.middle), abs=1e-6)
        kept = {"upper": "lower", "lower": "upper"}[gone]
        assert float(getattr(beyond, kept)) == pytest.approx(float(getattr(at, kept)), rel=1e-9)
        assert np.isnan(getattr(beyond, gone))
        assert np.isnan(beyond.middle)
        stable = branches.stable(ratio, edge, np.array(at))
        assert dict(zip(at._fields, stable.tolist(), strict=True)) == {kept: True, "middle": False, gone: False}


def test_a_steady_state_exactly_on_an_edge_of_bistability():
    model = dd.Model(18, 10.0)
    edges = branches.bistability_edges(model.collective_rate / model.single_atom_rate)
    for edge in edges:
        state = dd.steady_state(model, edge)
        assert compared(state, model, model.rabi_frequency(edge)) < 1e-13
        assert np.isfinite(transition.jump_fraction(model, edge, state.s_z))
        assert np.isfinite(dd.mean_field_branches(model, edge).lower).all()
    assert np.isnan(transition.jump_fraction(model, np.nextafter(edges.upper, 2), -1.0))


def test_squeezing_where_the_mean_spin_vanishes():
    """xi^2 divides by it: infinite, by blocks, by closed formula and along a trajectory."""
    assert observables.totally_mixed(18).xi2 == np.inf
    assert observables.expectation(observables.totally_mixed_blocks(18)).xi2 == np.inf
    run = dd.trajectory(ATOMS, 0.7, times=[0.0, 0.1], initial=initial_states.singlets(4))
    assert run.xi2[0] == np.inf
    assert np.isfinite(dd.steady_state(ATOMS, 1e3).xi2)


@pytest.mark.parametrize("unravelling", ["atom", "spin"])
def test_seeds(unravelling):
    for seed in (0, 2**128 - 1):
        assert np.isfinite(dd.trajectory(ATOMS, 0.7, [0.0, 0.1], seed, unravelling).s_z).all()
    for seed in (-1, 2**128):
        with pytest.raises(checks.ParameterError, match=f"seed must be a whole number >= 0 and <= .*, but is {seed}"):
            dd.trajectory(ATOMS, 0.7, [0.0, 0.1], seed, unravelling)


@pytest.mark.parametrize(("low", "high"), [(0.5, 0.5), (0.8, 0.2)])
def test_thresholds_equal_or_inverted(low, high):
    with pytest.raises(checks.ParameterError, match=f"low must be < high, but they are {low} and {high}"):
        dwell.dwell_times(np.arange(4.0), np.array([0.0, 1.0, 0.0, 1.0]), low, high)


@pytest.mark.parametrize(("unravelling", "size"), [("atom", 16), ("spin", 5)])
def test_amplitudes_of_a_start(unravelling, size):
    def run(initial):
        return dd.trajectory(ATOMS, 0.7, [0.0, 0.5], 2, unravelling, initial=initial)

    down = np.eye(size)[0]
    np.testing.assert_allclose(run(1j * down).s_z, run(down).s_z, rtol=1e-12)  # a phase is no state of its own
    turned = (down + 1j * np.eye(size)[1]) / np.sqrt(2)
    assert run(turned).s_z[0] == pytest.approx(-1.5)
    for initial, said in (
        (2 * down, "must be normalised, but its norm is 2.0"),
        (0 * down, "must be normalised, but its norm is 0.0"),
        (np.nan * down, "must be finite"),
        ([], "must be normalised"),
        ("down", "must be a list of numbers"),
        (np.eye(size) / np.sqrt(size), "must be a list of amplitudes, but has shape"),
    ):
        with pytest.raises(checks.ParameterError, match=f"argument initial {said}"):
            run(initial)


def test_blocks_of_a_start():
    down = dynamics.all_down(4)
    kept = dd.evolve(ATOMS, 0.7, times=[0.0], initial=[block + 0j for block in down])
    assert kept[0].s_z == pytest.approx(-2, abs=1e-15)
    for initial, said in (
        ([2 * block for block in down], "must have trace 1, but its trace is 2.0"),
        ([0 * block for block in down], "must have trace 1, but its trace is 0.0"),
        ([1j * block for block in down], "must be real .*, but has imaginary parts"),
        ([np.nan * block for block in down], "must hold finite numbers"),
        ([], "must hold the blocks of 4 atoms"),
        (np.ones(3), "must hold the blocks of 4 atoms"),
    ):
        with pytest.raises(checks.ParameterError, match=f"argument initial {said}"):
            dd.evolve(ATOMS, 0.7, times=[0.0, 0.1], initial=initial)
