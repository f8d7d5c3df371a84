"""The closed-form steady state against the 2^N master equation, the generator on blocks, 50-digit sums and limits."""

import dataclasses

import mpmath
import numpy as np
import pytest
import qutip
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from driven_dicke.closed_form import absorber
from driven_dicke.model import checks, observables
from driven_dicke.model.dicke_basis import doubled_spins
from driven_dicke.model.operators import individual_decay, lowering, magnetization
from driven_dicke.model.parameters import Model
from driven_dicke.peers.qutip_reference import collapse_operators, embed, hamiltonian


def assert_equal_moments(found, expected, rel, absolute=0.0):
    for name, value in dataclasses.asdict(expected).items():
        assert getattr(found, name) == pytest.approx(value, rel=rel, abs=absolute), name


def rate_of_change(blocks, model, rabi_frequency):
    """d rho/dt of Eq. (1) on weighted blocks, dense, written for these tests."""
    change = [np.zeros_like(block) for block in blocks]
    for number, block in enumerate(blocks):
        doubled_spin = len(block) - 1
        minus = lowering(doubled_spin)
        drift = rabi_frequency * (minus - minus.T) - model.gamma_c / 2 * minus.T @ minus
        drift -= np.diag(model.gamma_s / 2 * (magnetization(doubled_spin) + model.n_atoms / 2))
        change[number] += drift @ block + block @ drift.T + model.gamma_c * minus @ block @ minus.T
        amplitudes = individual_decay(model.n_atoms, doubled_spin)
        for target, amplitude, a_0 in zip((number, number + 1, number - 1), amplitudes, (1, 2, 0), strict=True):
            if 0 <= target < len(blocks):
                arriving = (model.gamma_s * np.outer(amplitude, amplitude) * block)[a_0:, a_0:]
                size = min(len(arriving), len(change[target]))
                change[target][:size, :size] += arriving[:size, :size]
    return change


@pytest.mark.parametrize("n_atoms", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("rates", [(10.0, 1.0), (1.0, 1.0), (0.0, 1.0), (3.0, 0.2)])
@pytest.mark.parametrize("rabi_frequency", [0.4, 3.0])
def test_density_matrix_solves_the_full_master_equation(n_atoms, rates, rabi_frequency):
    collapse = collapse_operators(n_atoms, *rates)
    full = qutip.steadystate(hamiltonian(n_atoms, rabi_frequency), collapse, sparse=False)
    blocks = absorber.density_blocks(Model(n_atoms, *rates), rabi_frequency)
    np.testing.assert_allclose(embed(blocks), full.full(), atol=1e-12)


@pytest.mark.parametrize(("n_atoms", "s_z"), [(4, -1.6359110), (6, -2.2224371)])
def test_published_full_space_values(n_atoms, s_z):
    """<S_z> of the 2^N steady state at gamma_c = 10 gamma_s, Omega = 0.73 Omega_c, to the digits on record."""
    model = Model(n_atoms, 10.0)
    assert absorber.steady_state_moments(model, model.rabi_frequency(0.73)).s_z == pytest.approx(s_z, abs=5e-8)


@pytest.mark.parametrize("n_atoms", [18, 33, 64])
@pytest.mark.parametrize("drive", [0.3, 0.61, 0.73, 3.0])
def test_blocks_are_stationary(n_atoms, drive):
    model = Model(n_atoms, 10.0)
    rabi_frequency = model.rabi_frequency(drive)
    blocks = absorber.density_blocks(model, rabi_frequency)
    scale = model.gamma_c * n_atoms**2 / 4 * max(np.linalg.norm(block) for block in blocks)
    assert max(np.linalg.norm(change) for change in rate_of_change(blocks, model, rabi_frequency)) < 1e-14 * scale
    disturbed = [block.copy() for block in blocks]
    disturbed[int(np.argmax(observables.spin_weights(blocks)))] *= 1 + 1e-6
    assert max(np.linalg.norm(change) for change in rate_of_change(disturbed, model, rabi_frequency)) > 1e-12 * scale


@given(
    n_atoms=st.integers(1, 40),
    gamma_c=st.floats(0.01, 100) | st.just(0.0),
    gamma_s=st.floats(0.01, 10),
    rabi_frequency=st.floats(1e-3, 1e3),
)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_blocks_are_a_state_with_the_moments_of_the_sums(n_atoms, gamma_c, gamma_s, rabi_frequency):
    """Trace 1, no negative eigenvalue, and two routes to each moment: blocks of all j, and averages over p_k."""
    model = Model(n_atoms, gamma_c, gamma_s)
    pairs = absorber.pair_distribution(model, rabi_frequency)
    blocks = absorber.blocks(pairs)
    assert observables.trace(blocks) == pytest.approx(1, abs=1e-12)
    assert min(np.linalg.eigvalsh(block)[0] for block in blocks) > -1e-15
    found, expected = absorber.moments(pairs), observables.expectation(blocks)
    # The sums over blocks lose digits where small means and variances are differences of large terms.
    spin = np.hypot(expected.s_z, expected.s_minus)
    for name in ("s_z", "s_minus"):
        assert getattr(found, name) == pytest.approx(getattr(expected, name), rel=1e-12, abs=1e-13 * n_atoms)
    for name in ("s_squared", "intensity", "g2"):
        assert getattr(found, name) == pytest.approx(getattr(expected, name), rel=1e-12, abs=1e-15), name
    digits_lost = n_atoms * (n_atoms / 2 / spin) ** 2
    assert found.xi2 == pytest.approx(expected.xi2, rel=1e-12 + 1e-15 * digits_lost)
    np.testing.assert_allclose(
        absorber.magnetization_distribution(pairs)[1], observables.magnetization_distribution(blocks)[1], atol=1e-13
    )


@pytest.mark.parametrize("n_atoms", range(1, 41))
def test_block_moments_are_the_sums_at_the_papers_rates(n_atoms):
    model = Model(n_atoms, 10.0)
    rabi_frequency = 0.73 * 10.0 * n_atoms / 4
    expected = observables.expectation(absorber.density_blocks(model, rabi_frequency))
    assert_equal_moments(absorber.steady_state_moments(model, rabi_frequency), expected, rel=1e-12)


def moments_by_definition(model, rabi_frequency):
    """The moments as matrix elements between the |D_k>, in 60 digits, with all their cancellations."""
    with mpmath.workdps(60):
        n_atoms = model.n_atoms
        gamma_c, gamma_s, omega = map(mpmath.mpf, (model.gamma_c, model.gamma_s, rabi_frequency))
        c = [mpmath.mpf(1)]
        for k in range(n_atoms):
            rate = (gamma_c * (n_atoms - 1 - k) + gamma_c + gamma_s) / 2
            c.append(-c[-1] * mpmath.sqrt(2) * omega * mpmath.sqrt(n_atoms - k) / (mpmath.sqrt(k + 1) * rate))
        norm = mpmath.sqrt(mpmath.fsum(x * x for x in c))
        c = [x / norm for x in c]
        p, every = [x * x for x in c], range(n_atoms + 1)
        n = [n_atoms - k for k in every]
        root = [mpmath.sqrt(k * (n[k] + 1)) for k in every]
        s_z = -mpmath.fsum(p[k] * n[k] for k in every) / 2
        s_z_squared = mpmath.mpf(n_atoms) / 4 + mpmath.fsum(p[k] * n[k] * (n[k] - 1) for k in every) / 4
        intensity = mpmath.fsum(p[k] * root[k] ** 2 for k in every) / 2
        pairs = mpmath.fsum(p[k] * (root[k] * root[k - 1]) ** 2 for k in every[2:]) / 4
        minus = mpmath.fsum(c[k] * c[k - 1] * root[k] for k in every[1:]) / mpmath.sqrt(2)
        minus_squared = mpmath.fsum(c[k] * c[k - 2] * root[k] * root[k - 1] for k in every[2:]) / 2
        plus_z = -mpmath.fsum(c[k + 1] * c[k] * root[k + 1] * n[k] for k in every[:-1]) / (2 * mpmath.sqrt(2))
        squared = s_z_squared + intensity - s_z
        var_x = (intensity - s_z + minus_squared) / 2 - minus**2
        var_y = (intensity - s_z - minus_squared) / 2
        covariance = plus_z + minus / 2 - minus * s_z
        length_squared = minus**2 + s_z**2
        in_plane = s_z**2 * var_x + minus**2 * (s_z_squared - s_z**2) - 2 * minus * s_z * covariance
        xi2 = n_atoms * min(var_y, in_plane / length_squared) / length_squared
        values = (s_z, squared, intensity, pairs / intensity**2, xi2, abs(minus))
        return observables.Observables(*map(float, values))


@pytest.mark.parametrize(
    ("model", "rabi_frequency"),
    [
        (Model(2, 10.0), 0.02),
        (Model(64, 10.0), 96.0),
        (Model(300, 10.0), 435.0),
        (Model(300, 10.0), 2000.0),
        (Model(300, 0.0), 0.3),
        (Model(300, 0.01, 5.0), 1.0),
        (Model(5000, 10.0), 6500.0),
        (Model(5000, 10.0), 7125.0),
        (Model(5000, 10.0, 0.0), 7000.0),
    ],
)
def test_moments_keep_their_digits(model, rabi_frequency):
    """Against 60-digit sums without any rearrangement: below, at and above the transition."""
    found = absorber.steady_state_moments(model, rabi_frequency)
    assert_equal_moments(found, moments_by_definition(model, rabi_frequency), rel=3e-13)


def test_a_million_atoms():
    """Finite everywhere; p_k as exact as its ratio allows: ln p_N - ln p_k from Gamma functions in 40 digits."""
    model = Model(10**6, 10.0)
    for drive in (0.0, 0.3, 0.56904, 0.7, 2.0):
        found = absorber.steady_state_moments(model, model.rabi_frequency(drive))
        assert np.isfinite(dataclasses.astuple(found)).all()
    pairs = absorber.pair_distribution(model, model.rabi_frequency(0.56904))
    below, n = 203_190, 10**6
    with mpmath.workdps(40):
        log_factorial, g = mpmath.loggamma, mpmath.mpf(model.gamma_s) / model.gamma_c
        exact = (n - below) * mpmath.log(8 * mpmath.mpf(pairs.rabi_frequency) ** 2 / mpmath.mpf(model.gamma_c) ** 2)
        exact += log_factorial(below + 1) + log_factorial(n - below + 1) - log_factorial(n + 1)
        exact += 2 * (log_factorial(1 + g) - log_factorial(n - below + 1 + g))
        assert float(exact - (pairs.log_weight[n] - pairs.log_weight[below])) == pytest.approx(0, abs=1e-7)


@pytest.mark.parametrize("n_atoms", [1, 2, 7, 40])
@pytest.mark.parametrize("rabi_frequency", [0.1, 0.9, 20.0])
def test_independent_atoms_are_bloch_vectors(n_atoms, rabi_frequency):
    """gamma_c = 0: P_e = 4 w^2 / (1 + 8 w^2) and |<sigma>| = 2 w / (1 + 8 w^2) with w = Omega / gamma_s."""
    model = Model(n_atoms, 0.0, 0.5)
    w = rabi_frequency / model.gamma_s
    excited, dipole = 4 * w**2 / (1 + 8 * w**2), 2 * w / (1 + 8 * w**2)
    found = absorber.steady_state_moments(model, rabi_frequency)
    assert found.s_z == pytest.approx(n_atoms * (excited - 0.5), rel=1e-12)
    assert found.s_minus == pytest.approx(n_atoms * dipole, rel=1e-12)
    assert found.intensity == pytest.approx(n_atoms * excited + n_atoms * (n_atoms - 1) * dipole**2, rel=1e-12)
    # Perpendicular to the mean spin every direction has variance N/4 without correlations.
    assert found.xi2 == pytest.approx(1 / (4 * dipole**2 + (2 * excited - 1) ** 2), rel=1e-12)
    _, probability = absorber.magnetization_distribution(absorber.pair_distribution(model, rabi_frequency))
    np.testing.assert_allclose(probability, binom.pmf(np.arange(n_atoms + 1), n_atoms, excited), rtol=1e-10)


@pytest.mark.parametrize(
    "model", [Model(1, 10.0), Model(2, 10.0), Model(18, 10.0), Model(18, 0.0), Model(18, 3.0, 0.0)]
)
def test_without_drive_the_ratios_take_their_limits(model):
    """p_0 = 1 exactly; g2 and xi^2 are the limits Omega -> 0, approached without a jump down to 10^-150."""
    pairs = absorber.pair_distribution(model, 0.0)
    assert pairs.log_weight[0] == 0
    assert (pairs.log_weight[1:] == -np.inf).all()
    found, n = absorber.moments(pairs), model.n_atoms
    assert (found.s_z, found.intensity, found.s_minus, found.xi2) == (-n / 2, 0, 0, 1)
    assert found.s_squared == n / 2 * (n / 2 + 1)
    first, second = n / (n * model.gamma_c + model.gamma_s), (n - 1) / ((n - 1) * model.gamma_c + model.gamma_s)
    assert found.g2 == pytest.approx((second / first) ** 2, rel=1e-14)
    for weak in (1e-150, 1e-7):
        assert absorber.steady_state_moments(model, weak).g2 == pytest.approx(found.g2, rel=1e-10)
        assert absorber.steady_state_moments(model, weak).xi2 == pytest.approx(1, rel=1e-10)
    lowest = absorber.density_blocks(model, 0.0)
    assert lowest[0][0, 0] == 1
    assert sum(np.abs(block).sum() for block in lowest) == 1


@pytest.mark.parametrize("n_atoms", [1, 2, 18, 65])
def test_strong_drive_mixes_totally(n_atoms):
    """The distance from 1 / 2^N falls as 1 / Omega, the field per atom; g2 and the rest as 1 / Omega^2."""
    model = Model(n_atoms, 10.0)
    mixed, closed = observables.totally_mixed_blocks(n_atoms), observables.totally_mixed(n_atoms)
    distances = []
    for drive in (1e4, 1e5):
        omega = drive * model.gamma_c
        found = absorber.density_blocks(model, omega)
        distances.append(max(np.abs(a - b).max() for a, b in zip(found, mixed, strict=True)))
        values = absorber.steady_state_moments(model, omega)
        for name in ("s_squared", "intensity", "g2"):
            assert getattr(values, name) == pytest.approx(getattr(closed, name), rel=5 * n_atoms / drive**2), name
    assert distances[0] < n_atoms / 1e4
    assert distances[0] / distances[1] == pytest.approx(10, rel=1e-3)


@given(scale=st.floats(1e-6, 1e6), drive=st.floats(0, 3))
@settings(max_examples=20, deadline=None, derandomize=True)
def test_only_ratios_of_rates_matter(scale, drive):
    model, scaled = Model(12, 10.0, 1.0), Model(12, 10.0 * scale, scale)
    omega = model.rabi_frequency(drive)
    assert_equal_moments(
        absorber.steady_state_moments(scaled, omega * scale), absorber.steady_state_moments(model, omega), rel=1e-11
    )


@pytest.mark.parametrize(("n_atoms", "drive"), [(18, 0.73), (400, 0.58), (10_000, 0.5695)])
def test_magnetization_has_the_moments_of_the_state(n_atoms, drive):
    model = Model(n_atoms, 10.0)
    pairs = absorber.pair_distribution(model, model.rabi_frequency(drive))
    m, probability = absorber.magnetization_distribution(pairs)
    n = n_atoms - np.arange(n_atoms + 1)
    second = n_atoms / 4 + np.exp(pairs.log_weight) @ (n * (n - 1)) / 4
    assert m[0] == -n_atoms / 2
    assert (probability >= 0).all()
    assert probability.sum() == pytest.approx(1, rel=1e-12)
    assert probability @ m == pytest.approx(absorber.moments(pairs).s_z, rel=1e-12)
    assert probability @ m**2 == pytest.approx(second, rel=1e-12)


def test_magnetization_is_bimodal_at_the_transition():
    """N = 64: one maximum near the lower mean-field branch, one at m = 0 (Fig. 2(b))."""
    model = Model(64, 10.0)
    m, probability = absorber.magnetization_distribution(absorber.pair_distribution(model, model.rabi_frequency(0.619)))
    peaks = m[1:-1][(np.diff(probability)[:-1] > 0) & (np.diff(probability)[1:] < 0)]
    assert peaks.size == 2
    assert peaks[0] == pytest.approx(-64 * (1 + np.sqrt(1 - 2 * 0.619**2)) / 4, abs=2)
    assert peaks[1] == pytest.approx(0, abs=1)


@pytest.mark.parametrize("rabi_frequency", [-1.0, np.nan, np.inf, "1"])
def test_a_bad_rabi_frequency_is_refused(rabi_frequency):
    for function in (absorber.pair_distribution, absorber.steady_state_moments, absorber.density_blocks):
        with pytest.raises(checks.ParameterError, match="argument rabi_frequency must be a finite number >= 0, but is"):
            function(Model(3, 10.0), rabi_frequency)


@pytest.mark.parametrize("n_atoms", [1, 4, 9])
def test_blocks_have_the_shapes_of_all_spins(n_atoms):
    blocks = absorber.density_blocks(Model(n_atoms, 1.0), 1.0)
    assert [len(block) - 1 for block in blocks] == doubled_spins(n_atoms).tolist()
