"""The two phases cut out of the closed form, against full space, the spectrum and brute force."""

import numpy as np
import pytest

from driven_dicke.closed_form import absorber
from driven_dicke.closed_form import closed_form_phases as closed
from driven_dicke.generator import phases
from driven_dicke.mean_field import branches as mean_field
from driven_dicke.mean_field import squeezing
from driven_dicke.model import checks, observables
from driven_dicke.model.dicke_basis import doubled_spins
from driven_dicke.model.parameters import Model


def pairs_of(model, drive):
    return absorber.pair_distribution(model, model.rabi_frequency(drive))


@pytest.mark.parametrize("n_atoms", [1, 4, 9])
def test_trace_distance_counts_every_copy(n_atoms):
    """All down beside the totally mixed state of 2^N levels: 1 - 2^-N."""
    down = [np.zeros((int(spin) + 1, int(spin) + 1)) for spin in doubled_spins(n_atoms)]
    down[0][0, 0] = 1
    mixed = observables.totally_mixed_blocks(n_atoms)
    assert closed.trace_distance(down, mixed) == pytest.approx(1 - 2.0**-n_atoms, rel=1e-12)
    assert closed.trace_distance(mixed, down) == closed.trace_distance(down, mixed)
    assert closed.trace_distance(mixed, mixed) == 0


def test_trace_distance_of_pure_states():
    """sqrt(1 - overlap^2) for two states of spin 1."""
    first, second = np.array([1.0, 0, 0]), np.array([0.6, 0.8, 0])
    states = [[np.outer(vector, vector), np.zeros((1, 1))] for vector in (first, second)]
    assert closed.trace_distance(*states) == pytest.approx(0.8, rel=1e-12)


def test_trace_distance_refuses_different_sizes():
    with pytest.raises(checks.ParameterError, match="equally many atoms, but have 2 and 3"):
        closed.trace_distance(observables.totally_mixed_blocks(2), observables.totally_mixed_blocks(3))


def test_mixture_lacks_only_coherences_across_the_cut():
    """Populations of S_z and the trace stay; the coherence between neighbouring k is the difference in <S_->."""
    model = Model(24, 10.0)
    pairs = pairs_of(model, 0.69)
    parts = absorber.restricted(pairs)
    mixed, exact = closed.mixture(parts), absorber.blocks(pairs)
    assert observables.trace(mixed) == pytest.approx(1, abs=1e-12)
    found = observables.magnetization_distribution(mixed)[1]
    assert found == pytest.approx(observables.magnetization_distribution(exact)[1], abs=1e-13)
    k, n = parts.plus.last + 1, 24 - parts.plus.last
    lost = np.sqrt(np.exp(pairs.log_weight[k - 1] + pairs.log_weight[k]) * k * n / 2)
    difference = observables.expectation(exact).s_minus - observables.expectation(mixed).s_minus
    assert difference == pytest.approx(lost, rel=1e-10)
    assert difference > 1e-3


def test_parts_approach_the_phases_of_the_spectrum():
    distances = []
    for n_atoms, drive in ((32, 0.662), (56, 0.625)):
        model = Model(n_atoms, 10.0)
        found, parts = phases.decompose(model, model.rabi_frequency(drive)), absorber.restricted(pairs_of(model, drive))
        distances.append(
            [
                closed.trace_distance(found.plus, absorber.blocks(parts.plus)),
                closed.trace_distance(found.minus, absorber.blocks(parts.minus)),
                abs(found.a_plus - np.exp(parts.log_weight_plus)),
            ]
        )
    assert (np.array(distances[1]) < 0.07 * np.array(distances[0])).all()
    assert max(distances[1]) < 3e-3


def test_barrier_near_the_edge():
    """(2/3) N r^3, r = sqrt(1 - 2 w^2): a cubic between its extrema."""
    depth = closed.barrier_depth(absorber.restricted(pairs_of(Model(10**5, 10.0), 0.7)).plus)
    assert depth == pytest.approx(2 / 3 * 1e5 * 0.02**1.5, rel=0.03)


@pytest.mark.parametrize(("n_atoms", "gamma_c"), [(64, 10.0), (1000, 10.0), (1000, 3.0)])
def test_best_squeezing_by_brute_force(n_atoms, gamma_c):
    model = Model(n_atoms, gamma_c)
    edges = mean_field.bistability_edges(model.collective_rate / model.single_atom_rate)
    drives = np.linspace(0.6, edges.upper - 1e-3, 400)
    values = [absorber.moments(absorber.restricted(pairs_of(model, drive)).plus).xi2 for drive in drives]
    best = closed.best_squeezing(model)
    assert best.xi2 <= min(values) + 1e-9
    assert best.xi2 == pytest.approx(min(values), abs=1e-4)
    assert best.drive == pytest.approx(drives[np.argmin(values)], abs=2 * (drives[1] - drives[0]))


def test_best_squeezing_tends_to_two_thirds():
    """Not to 1/sqrt(3) = 0.577: the excess over 2/3 falls as the barrier near the edge says, without a fit."""
    sizes = (1000, 10_000, 100_000)
    best, laws = [closed.best_squeezing(Model(n, 10.0)) for n in sizes], [closed.edge_law(n) for n in sizes]
    excess = np.array([found.xi2 - 2 / 3 for found in best])
    assert 0 < excess[2] < 0.0125
    assert excess == pytest.approx([law.excess for law in laws], rel=0.03)
    spreads = np.array([np.sqrt(1 - 2 * found.drive**2) for found in best])
    errors = np.abs(spreads / [law.spread for law in laws] - 1)
    assert errors == pytest.approx([0.073, 0.030, 0.013], abs=3e-3)
    assert squeezing.xi2_pair_correlation_limit(np.sqrt(0.5)) == pytest.approx(2 / 3)


def test_edge_law_is_a_minimum_that_falls_as_the_cube_root():
    for n_atoms in (2, 32, 10**6):
        law = closed.edge_law(n_atoms)
        near = law.spread * np.array([0.99, 1.01])
        values = 2 * near / 9 + np.sqrt(2 * n_atoms * near / np.pi) / 3 * np.exp(-2 / 3 * n_atoms * near**3)
        assert (values > law.excess).all()
    ratios = [closed.edge_law(10**k).excess / (2 / 9 * np.cbrt(np.log(10.0**k) / 10.0**k)) for k in (18, 100, 200)]
    assert ratios == sorted(ratios, reverse=True)
    assert ratios[-1] == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize(
    ("model", "points", "text"), [(Model(31, 10.0), 16, "n_atoms"), (Model(64, 10.0), 2, "points")]
)
def test_bad_arguments_are_refused(model, points, text):
    with pytest.raises(checks.ParameterError, match=f"argument {text} must be"):
        closed.best_squeezing(model, points)


def test_no_bistable_region_no_best_squeezing():
    with pytest.raises(checks.ParameterError, match="gamma_ratio"):
        closed.best_squeezing(Model(64, 0.1))
