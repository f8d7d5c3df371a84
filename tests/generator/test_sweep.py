"""Sweeps of the drive against QuTiP's full master equation, linear response, and trajectories."""

import numpy as np
import pytest
from scipy.linalg import expm, pinv

from driven_dicke.closed_form import absorber
from driven_dicke.generator import liouvillian, sweep
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import SymmetricCoordinates
from driven_dicke.model.drive_schedule import DriveSchedule
from driven_dicke.model.parameters import Model
from driven_dicke.peers import qutip_reference
from driven_dicke.trajectories import record, spin_resolved


def test_a_staircase_climbs_and_descends_and_the_ramp_crosses_its_levels_in_their_middle():
    model, drives = Model(5, 10.0), np.array([0.2, 0.3, 0.4])
    schedule, ends = sweep.staircase(model, drives, rate=0.5, settling=7.0)
    assert schedule.rabi_frequencies == tuple(10.0 * np.array([0.2, 0.3, 0.4, 0.3, 0.2]))  # Omega_c = Gamma / 4
    assert ends == pytest.approx([7.0, 7.2, 7.4, 7.6, 7.8])
    assert schedule.switch_times == tuple(ends[:-1])
    middles = (ends[1:] + ends[:-1]) / 2
    assert np.diff(middles[:2]) == pytest.approx(0.1 / 0.5)


@pytest.mark.parametrize(
    ("drives", "rate", "settling"),
    [([0.2], 1, 1), ([0.2, 0.1], 1, 1), ([0.1, 0.2, 0.4], 1, 1), ([0.1, 0.2], 0, 1), ([0.1, 0.2], 1, np.nan)],
)
def test_a_bad_staircase_is_refused(drives, rate, settling):
    with pytest.raises(checks.ParameterError):
        sweep.staircase(Model(5, 10.0), np.array(drives), rate, settling)


@pytest.fixture(scope="module")
def small():
    """A sweep of three atoms through seven levels, and <S_z> of QuTiP's 4^3 matrix after every stretch."""
    model = Model(3, 10.0)
    schedule, ends = sweep.staircase(model, np.linspace(0.1, 1.3, 4), rate=2.0, settling=0.4)
    lowering = qutip_reference.collective_lowering(3).full()
    raising = lowering.conj().T
    magnetisation = ((raising @ lowering - lowering @ raising) / 2).T.ravel(order="F")
    density = qutip_reference.full_steady_state(model, schedule.rabi_frequencies[0])[0].ravel(order="F")
    s_z = []
    for omega, duration in zip(schedule.rabi_frequencies, np.diff(ends, prepend=0.0), strict=True):
        density = expm(duration * qutip_reference.superoperator(3, 10.0, 1.0, omega)) @ density
        s_z.append((magnetisation @ density).real)
    return model, schedule, ends, np.array(s_z)


def test_a_sweep_is_that_of_the_full_master_equation(small):
    model, schedule, ends, reference = small
    found = sweep.follow(model, schedule, ends, parts=256)
    assert found.s_z[:, -1] == pytest.approx(reference, abs=1e-6)
    assert found.trace_error < 1e-12
    assert np.ptp(reference) > 0.5  # else nothing was swept


def test_the_approximation_is_of_third_order(small):
    model, schedule, ends, reference = small
    errors = [np.abs(sweep.follow(model, schedule, ends, parts).s_z[:, -1] - reference).max() for parts in (64, 128)]
    assert 2**2.6 < errors[0] / errors[1] < 2**3.4


def test_no_mode_is_amplified_and_fast_ones_are_gone():
    """|R(z)| <= 1 on the imaginary axis, hence on the left half-plane, where R has no pole."""

    def factor(z):
        return sum(weight * (1 - sweep._POLE * z) ** -(k + 1.0) for k, weight in enumerate(sweep._WEIGHTS))

    assert np.abs(factor(1j * np.geomspace(1e-3, 1e4, 2000))).max() <= 1 + 1e-12
    assert abs(factor(-1e6)) < 1e-5
    assert factor(-0.1) == pytest.approx(np.exp(-0.1), abs=1e-5)


def test_iterative_solves_and_factorisation_agree(monkeypatch):
    model = Model(12, 10.0)
    schedule, ends = sweep.staircase(model, np.linspace(0.5, 0.9, 4), rate=0.3, settling=1.0)
    factorised = sweep.follow(model, schedule, ends, parts=2)
    monkeypatch.setattr(sweep, "_LARGEST_FACTORISED", 0)
    iterated = sweep.follow(model, schedule, ends, parts=2)
    assert iterated.s_z == pytest.approx(factorised.s_z, abs=1e-5)
    assert (iterated.s_z != factorised.s_z).any()  # they were two ways
    monkeypatch.setattr(sweep, "_SOLVE_TOLERANCE", 1e-30)
    with pytest.raises(checks.CertificateError, match="did not converge"):
        sweep.follow(model, schedule, ends, parts=2)


def test_a_slow_ramp_lags_by_linear_response():
    """rho = rho_s + rate L^+ d rho_s / d drive to first order, hence the area of a slow loop."""
    model, rate = Model(6, 10.0), 0.02
    drives = np.linspace(0.2, 1.2, 101)
    schedule, ends = sweep.staircase(model, drives, rate, settling=1.0)
    s_z = sweep.follow(model, schedule, ends, parts=8).s_z[:, 3]
    coordinates, generator = SymmetricCoordinates(6), liouvillian.assemble(model)
    spin = (coordinates.dimensions[coordinates.block] - 1) / 2
    magnetisation = coordinates.trace_row * (coordinates.row - spin)

    def steady(drive):
        return coordinates.pack(absorber.density_blocks(model, model.rabi_frequency(drive)))

    def lag(drive):
        slope = (steady(drive + 1e-4) - steady(drive - 1e-4)) / 2e-4
        response = pinv(generator.at(model.rabi_frequency(drive)).toarray()) @ slope
        return magnetisation @ (response - coordinates.trace_row @ response * steady(drive))

    coarse = drives[::5]
    expected = -2 * rate * np.trapezoid([lag(drive) for drive in coarse], coarse)
    difference = s_z[drives.size - 1 :][::-1] - s_z[: drives.size]
    assert np.trapezoid(difference, drives) == pytest.approx(expected, rel=0.08)
    exact = [absorber.steady_state_moments(model, model.rabi_frequency(drive)).s_z for drive in drives]
    assert np.abs(s_z[: drives.size] - exact).max() < 0.08


def test_an_ensemble_under_the_same_schedule_has_the_same_average():
    model = Model(6, 10.0)
    schedule, ends = sweep.staircase(model, np.linspace(0.3, 1.1, 5), rate=0.5, settling=4.0)
    exact = sweep.follow(model, schedule, ends, parts=8).s_z[:, 3]  # in the middle of every stretch
    middles = (ends + np.concatenate([[0.0], ends[:-1]])) / 2
    trajectories = spin_resolved.ensemble(
        model, schedule, np.eye(1, 7)[0], middles, record.spawn(3, 300), with_jumps=False
    )
    s_z = np.array([trajectory.s_z for trajectory in trajectories])
    pulls = ((s_z.mean(axis=0) - exact) / (s_z.std(axis=0, ddof=1) / np.sqrt(300)))[1:]  # they begin differently
    assert np.abs(pulls).max() < 3.5
    assert 0.2 < np.mean(pulls**2) < 2.5


def test_a_unique_steady_state_is_needed():
    with pytest.raises(checks.ParameterError, match="gamma_s"):
        sweep.follow(Model(4, 10.0, 0.0), DriveSchedule([1.0]), np.array([1.0]), 2)
