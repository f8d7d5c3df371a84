"""The functions of `import driven_dicke as dd`: their examples, and what they return against QuTiP and the solvers."""

import doctest
import subprocess
import sys

import numpy as np
import pytest
import qutip
from qutip import piqs

import driven_dicke as dd
from driven_dicke import api
from driven_dicke.generator import stationary
from driven_dicke.mean_field import branches, squeezing
from driven_dicke.model import checks
from driven_dicke.peers import qutip_reference

ATOMS = dd.Model(3, 2.0)


def test_the_examples_are_true():
    found = doctest.testmod(api)
    assert found.failed == 0
    assert found.attempted >= 15


def test_the_import_alone_loads_no_solver():
    code = "import sys, driven_dicke as dd; assert 'scipy' not in sys.modules; dd.Model; assert 'scipy' in sys.modules"
    subprocess.run([sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{code}"], check=True)


def test_every_name_is_there_and_no_other():
    assert set(dd.__all__) < set(dir(dd))
    for name in dd.__all__:
        assert getattr(dd, name) is getattr(api, name)
    with pytest.raises(AttributeError, match="no attribute 'stedy_state'"):
        dd.stedy_state  # noqa: B018


def test_the_full_space_is_that_of_qutips_steady_state():
    """The same frame and order of atoms: no unitary between them."""
    omega = 1.3
    state = dd.steady_state(ATOMS, rabi_frequency=omega)
    expected, _ = qutip_reference.full_steady_state(ATOMS, omega)
    found = state.to_qutip("full")
    assert found.dims == [[2, 2, 2], [2, 2, 2]]
    assert np.abs(found.full() - expected).max() < 1e-12


@pytest.mark.parametrize("n_atoms", [1, 2, 5, 18])
def test_expectation_values_of_the_dicke_basis_are_the_states(n_atoms):
    state = dd.steady_state(dd.Model(n_atoms, 4.0), rabi_frequency=2.0 * n_atoms)
    rho, (s_x, s_y, s_z) = state.to_qutip(), (piqs.jspin(n_atoms, axis) for axis in "xyz")
    assert rho.tr() == pytest.approx(1)
    assert qutip.expect(s_z, rho) == pytest.approx(state.s_z)
    assert abs(qutip.expect(s_y, rho)) == pytest.approx(state.s_minus)
    assert qutip.expect(s_x, rho) == pytest.approx(0, abs=1e-9)
    assert qutip.expect(s_x**2 + s_y**2 + s_z**2, rho) == pytest.approx(state.s_squared)


def test_qutip_evolves_the_dicke_basis_as_we_do():
    atoms, omega, times = dd.Model(4, 2.0), 3.0, [0.0, 0.2, 1.0]
    ensemble = piqs.Dicke(4, hamiltonian=2 * omega * piqs.jspin(4, "x"), emission=1.0, collective_emission=2.0)
    start = dd.evolve(atoms, rabi_frequency=omega, times=[0.0])[0].to_qutip()
    theirs = qutip.mesolve(ensemble.liouvillian(), start, times, e_ops=[piqs.jspin(4, "z")]).expect[0]
    ours = dd.evolve(atoms, rabi_frequency=omega, times=times)
    assert ours.to_pandas()["s_z"].to_numpy() == pytest.approx(theirs, abs=1e-4)  # PIQS: single precision
    assert ours[-1].s_z == ours[len(ours) - 1].s_z
    assert [state.s_z for state in ours[1:]] == [ours[1].s_z, ours[2].s_z]
    with pytest.raises(IndexError):
        ours[3]


def test_a_state_is_that_of_the_sparse_solver():
    atoms = dd.Model(12, 10.0)
    state = dd.steady_state(atoms, drive=0.6)
    other = stationary.steady_state(atoms, atoms.rabi_frequency(0.6))
    assert max(np.abs(a - b).max() for a, b in zip(state.blocks, other.blocks, strict=True)) < 1e-12
    m, probability = state.magnetization_distribution()
    assert m @ probability == pytest.approx(state.s_z)
    assert 0.9 < state.crss_fidelity < 1


def test_phases_and_modes_belong_together():
    atoms = dd.Model(18, 10.0)
    split, modes = dd.phases(atoms, 0.73), dd.slow_modes(atoms, 0.73, count=3)
    assert split.gap == pytest.approx(modes.gap, rel=1e-9)
    assert split.steady.s_z == pytest.approx(dd.steady_state(atoms, 0.73).s_z, rel=1e-9)
    assert split.to_pandas().loc["plus", "s_z"] == split.plus.s_z
    assert modes.to_pandas()["decay_rate"].iloc[1] == modes.gap
    assert "eigenvalue" in modes.search or modes.search
    assert np.trace(modes.blocks(0)[0]) > 0


def test_an_evolution_may_begin_in_a_state():
    steady = dd.steady_state(ATOMS, 0.8)
    later = dd.evolve(ATOMS, 0.8, times=[0.0, 3.0], initial=steady)
    assert later[1].s_z == pytest.approx(steady.s_z, abs=1e-9)


@pytest.mark.parametrize("unravelling", ["atom", "spin"])
def test_both_unravellings_average_to_the_master_equation(unravelling):
    times = [0.0, 0.4]
    runs = [dd.trajectory(ATOMS, 0.8, times, seed, unravelling) for seed in range(300)]
    values = np.array([run.s_z[1] for run in runs])
    exact = dd.evolve(ATOMS, 0.8, times)[1].s_z
    assert abs(values.mean() - exact) < 4 * values.std() / np.sqrt(values.size)
    assert runs[0].to_pandas().columns[0] == "rabi_frequency"
    jumps = runs[0].jumps_to_pandas()
    assert list(jumps.columns) == ["time", "channel", "atom"]
    assert len(jumps) == runs[0].jumps.time.size


def test_the_mean_field_knows_its_edges_and_squeezing():
    found = dd.mean_field_branches(dd.Model(18, 10.0), [0.5, 0.75, 1.0])
    ratio = 170 / 11
    assert found.edges == branches.bistability_edges(ratio)
    assert np.isfinite(found.middle).tolist() == [False, True, False]
    _, s_y, s_z = branches.spin(ratio, 0.5, found.lower[0])
    assert found.to_pandas()["xi2"].iloc[0] == pytest.approx(float(squeezing.xi2(ratio, s_y, s_z)))
    assert np.isnan(found.xi2[2])
    assert "not bistable" in repr(dd.mean_field_branches(dd.Model(4, 1.0), 0.5))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: dd.steady_state(ATOMS), "give either drive"),
        (lambda: dd.steady_state(ATOMS, 0.5, rabi_frequency=1.0), "give either drive"),
        (lambda: dd.steady_state(ATOMS, -0.5), "drive must be a finite number >= 0"),
        (lambda: dd.steady_state(dd.Model(1, 1.0), 0.5), "needs n_atoms >= 2 and gamma_c > 0; give Omega itself"),
        (lambda: dd.trajectory(ATOMS, 0.5, unravelling="atoms"), "unravelling must be 'atom' or 'spin'"),
        (lambda: dd.steady_state(ATOMS, 0.5).to_qutip("ful"), "basis must be 'dicke' or 'full'"),
        (lambda: dd.steady_state(dd.Model(30, 1.0), 0.5).to_qutip("full"), "n_atoms must be a whole number >= 1 and"),
        (lambda: dd.mean_field_branches(dd.Model(3, 0.0), 0.5), "needs n_atoms >= 2"),
    ],
)
def test_a_bad_argument_is_named(call, said):
    with pytest.raises(checks.ParameterError, match=said):
        call()


def test_results_show_their_model():
    shown = [
        dd.steady_state(ATOMS, rabi_frequency=1.0),
        dd.slow_modes(ATOMS, 0.5),
        dd.evolve(ATOMS, 0.5),
        dd.trajectory(ATOMS, 0.5),
        dd.mean_field_branches(ATOMS, 0.5),
    ]
    assert all("(n_atoms=3, gamma_c=2, gamma_s=1, " in repr(result) for result in shown)
    assert "rabi_frequency=1" in repr(dd.steady_state(dd.Model(1, 1.0), rabi_frequency=1.0))
