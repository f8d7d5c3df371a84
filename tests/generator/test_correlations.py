"""Correlations in time against QuTiP's in the space of 2^N states, sum rules and limits."""

import numpy as np
import pytest
import qutip
from scipy import sparse
from scipy.sparse.linalg import spsolve

from driven_dicke.closed_form import absorber
from driven_dicke.generator import phases, superoperators
from driven_dicke.generator.correlations import Correlation, Light, MarkedAtom, correlation
from driven_dicke.generator.liouvillian import ElementCoordinates, assemble
from driven_dicke.model import checks
from driven_dicke.model.parameters import Model
from driven_dicke.peers import qutip_reference as reference

TIMES = np.array([0.0, 0.01, 0.05, 0.2, 1.0, 3.0])
OPTIONS = {"rtol": 1e-10, "atol": 1e-12, "nsteps": 100000}


def light_of(model, drive):
    omega = model.rabi_frequency(drive)
    return Light(model, omega, absorber.density_blocks(model, omega))


@pytest.fixture(scope="module")
def three():
    """Light of three atoms, and QuTiP's objects of the same."""
    light = light_of(Model(3, 10.0), 0.6)
    hamiltonian = reference.hamiltonian(3, light.rabi_frequency)
    jumps = reference.collapse_operators(3, 10.0, 1.0)
    return light, hamiltonian, jumps, qutip.steadystate(hamiltonian, jumps)


def test_first_order_coherence_of_both_ports(three):
    light, hamiltonian, jumps, state = three
    for found, operators in (
        (light.collective_coherence, [reference.collective_lowering(3)]),
        (light.individual_coherence(), reference.atom_lowering(3)),
    ):
        expected = sum(
            qutip.correlation_2op_1t(hamiltonian, state, TIMES, jumps, op.dag(), op, options=OPTIONS)
            for op in operators
        )
        assert np.abs(expected.imag).max() < 1e-8
        assert found(TIMES) == pytest.approx(expected.real, abs=1e-7)
        dipole = sum(abs(qutip.expect(op, state)) ** 2 for op in operators)
        assert found.constant == pytest.approx(dipole, abs=1e-9)


def test_second_order_coherence_between_all_ports(three):
    light, hamiltonian, jumps, state = three
    ports = [jumps[:1], jumps[1:]]
    found = light.second_order()
    for a, first in enumerate(ports):
        for b, second in enumerate(ports):
            expected = sum(
                qutip.correlation_3op_1t(
                    hamiltonian, state, TIMES, jumps, one.dag(), other.dag() * other, one, options=OPTIONS
                )
                for one in first
                for other in second
            )
            norm = light.rates[a] * light.rates[b]
            assert found[a][b](TIMES) == pytest.approx(expected.real / norm, abs=1e-6)


@pytest.fixture(scope="module")
def eighteen():
    return light_of(Model(18, 10.0), 0.73)


def test_sum_rules(eighteen):
    """At tau = 0 intensities and g2(0) of the closed form, at infinity independence; areas of the spectra."""
    model = eighteen.model
    exact = absorber.steady_state_moments(model, eighteen.rabi_frequency)
    coherence, alone = eighteen.collective_coherence, eighteen.individual_coherence()
    assert coherence(0.0) == pytest.approx(exact.intensity, rel=1e-9)
    assert coherence.constant == pytest.approx(exact.s_minus**2, rel=1e-9)
    assert alone(0.0) == pytest.approx(exact.s_z + 9, rel=1e-9)
    assert alone.constant == pytest.approx(exact.s_minus**2 / 18, rel=1e-9)
    pairs = eighteen.second_order()
    assert pairs[0][0](0.0) == pytest.approx(exact.g2, rel=1e-9)
    assert pairs[0][1](0.0) == pytest.approx(pairs[1][0](0.0), rel=1e-9)  # the jumps commute within one instant
    assert [[c(1e4) for c in row] for row in pairs] == pytest.approx(np.ones((2, 2)), abs=1e-5)
    for found in (coherence, alone):
        frequencies = np.sinh(np.linspace(-16, 16, 4001)) / 1e2
        area = np.trapezoid(found.spectrum(frequencies), frequencies)
        assert area == pytest.approx(found(0.0) - found.constant, rel=5e-3)


@pytest.mark.parametrize("port", ["cavity", "side"])
def test_spectra_are_those_of_a_direct_solve(eighteen, port):
    """(-i omega - L) x = S_- rho_s less its steady part, from the line of switching to beyond the sidebands."""
    frequencies = np.array([0.01, 0.3, 3.0, 30.0, 2 * eighteen.rabi_frequency, 300.0])
    if port == "cavity":
        found = eighteen.collective_coherence
        matrix = assemble(eighteen.model, ElementCoordinates(18)).at(eighteen.rabi_frequency)
        left, right = superoperators.multiplication(18)
        trace, state, n_copies = superoperators.trace_row(18), superoperators.elements(eighteen.steady), 1
    else:
        found = eighteen.individual_coherence()
        marked = MarkedAtom(eighteen.model, eighteen.rabi_frequency)
        matrix, left, right = marked.generator, marked.lowering_left, marked.raising_right
        trace, state, n_copies = marked.trace_row, marked.steady_state(), 18
    start = left @ state - (trace @ (left @ state)) * state
    identity = sparse.eye_array(start.size, format="csc")
    solved = [spsolve((-1j * w * identity - matrix).tocsc(), start.astype(complex)) for w in frequencies]
    expected = np.array([n_copies * (trace @ (right @ x)).real / np.pi for x in solved])
    assert found.spectrum(frequencies) == pytest.approx(expected, rel=1e-3)
    assert found.spectrum(frequencies[:4]) == pytest.approx(expected[:4], rel=1e-6)


def test_long_times_are_those_of_switching(eighteen):
    """g2 of the cavity port decays with lambda_1 once all else has."""
    model = eighteen.model
    gap = phases.decompose(model, eighteen.rabi_frequency).gap
    pairs = eighteen.second_order()
    early, late = (pairs[0][0](time) - 1 for time in (16.0, 24.0))
    assert np.log(early / late) / 8 == pytest.approx(gap, rel=1e-4)


def test_a_reduced_model_is_the_complete_one(eighteen):
    """The antisymmetric part of S_- rho of 18 atoms, by all eigenvalues of its sector."""
    model = eighteen.model
    coordinates = ElementCoordinates(18)
    part = superoperators.sector(coordinates, "antisymmetric")
    matrix = (part.restrict @ assemble(model, coordinates).at(eighteen.rabi_frequency) @ part.extend).tocsc()
    start = part.restrict @ (superoperators.multiplication(18).lowering_left @ superoperators.elements(eighteen.steady))
    row = (superoperators.trace_row(18) @ superoperators.multiplication(18).raising_right @ part.extend)[None]
    (reduced,) = correlation(matrix, None, start, row, eighteen.scales)
    values, vectors = np.linalg.eig(matrix.toarray())
    weights = (row[0] @ vectors) * np.linalg.solve(vectors, start.astype(complex))
    complete = Correlation(0.0, weights, values, 0.0)
    assert reduced.weights.size < 200 < values.size
    assert reduced(TIMES) == pytest.approx(complete(TIMES), abs=2e-6 * abs(complete(0.0)))
    assert reduced.integral(TIMES) == pytest.approx(complete.integral(TIMES), abs=1e-5)


@pytest.mark.parametrize("n_atoms", [2, 5])
def test_sectors_and_marked_atom_hold_the_same_state(n_atoms):
    model = Model(n_atoms, 3.0)
    omega = model.rabi_frequency(0.8)
    blocks = absorber.density_blocks(model, omega)
    whole = superoperators.elements(blocks)
    part = superoperators.sector(ElementCoordinates(n_atoms), "symmetric")
    assert part.extend @ (part.restrict @ whole) == pytest.approx(whole, abs=1e-15)
    odd = superoperators.sector(ElementCoordinates(n_atoms), "antisymmetric")
    assert np.abs(odd.restrict @ whole).max() < 1e-15
    marked = MarkedAtom(model, omega)
    state = marked.steady_state()
    assert np.abs(marked.trace_row @ marked.generator).max() < 1e-12  # trace is kept
    excited = marked.trace_row @ (marked.lowering_left @ (marked.raising_right @ state))
    assert excited == pytest.approx(0.5 + absorber.steady_state_moments(model, omega).s_z / n_atoms, abs=1e-11)


def test_no_light_without_its_rates():
    with pytest.raises(checks.ParameterError, match="gamma_s"):
        light_of(Model(4, 1.0, 0.0), 0.5)
    alone = Model(4, 0.0, 1.0)
    state = absorber.density_blocks(alone, 1.0)
    with pytest.raises(checks.ParameterError, match="gamma_c"):
        Light(alone, 1.0, state)
