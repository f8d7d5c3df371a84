"""Spins within the absorber state, against its blocks, the sparse solve, Uhlmann's fidelity and the large-N law."""

import numpy as np
import pytest
from scipy.linalg import sqrtm

from driven_dicke.closed_form import absorber
from driven_dicke.closed_form.spin_content import PlusLimit, content_of_blocks, own_spin_infidelity_law, spin_content
from driven_dicke.generator import stationary
from driven_dicke.mean_field import branches as mean_field
from driven_dicke.model import checks, crss, observables
from driven_dicke.model.dicke_basis import degeneracy
from driven_dicke.model.parameters import Model


def plus_of(model, drive):
    return absorber.restricted(absorber.pair_distribution(model, model.rabi_frequency(drive))).plus


@pytest.mark.parametrize(("n_atoms", "gamma_c", "drive"), [(18, 10.0, 0.73), (33, 10.0, 0.66), (64, 2.0, 0.6)])
@pytest.mark.parametrize("part", ["whole", "plus", "minus"])
def test_content_is_that_of_the_blocks(n_atoms, gamma_c, drive, part):
    model = Model(n_atoms, gamma_c)
    omega = model.rabi_frequency(drive)
    pairs = absorber.pair_distribution(model, omega)
    if part != "whole":
        pairs = getattr(absorber.restricted(pairs), part)
    found, expected = spin_content(pairs), content_of_blocks(absorber.blocks(pairs), model, omega)
    assert found.doubled_spins.tolist() == expected.doubled_spins.tolist()
    assert found.weight == pytest.approx(expected.weight, rel=1e-10, abs=1e-14)
    seen = expected.weight > 1e-12
    assert found.crss_fidelity[seen] == pytest.approx(expected.crss_fidelity[seen], rel=1e-10)
    for name in ("largest_spin_fidelity", "own_spin_fidelity", "own_spin_infidelity", "mean", "spread"):
        assert getattr(found, name) == pytest.approx(getattr(expected, name), rel=1e-9, abs=1e-12)


def test_content_is_that_of_the_sparse_solve():
    model = Model(12, 3.0)
    omega = model.rabi_frequency(0.5)
    found = spin_content(absorber.pair_distribution(model, omega))
    blocks = stationary.steady_state(model, omega).blocks
    assert found.weight == pytest.approx([np.trace(block) for block in blocks], abs=1e-12)
    assert found.largest_spin_fidelity == pytest.approx(crss.fidelity(blocks, model, omega), abs=1e-10)


def test_mean_spin_and_spread_are_moments_of_s_squared():
    """<S^2> = <j (j+1)> follows from the mean and the spread of j, here from sums over p_k instead."""
    part = plus_of(Model(200, 10.0), 0.55)
    content, n = spin_content(part), 200
    squared = n**2 / 4 * (content.mean**2 + content.spread**2) + n / 2 * content.mean
    assert squared == pytest.approx(absorber.moments(part).s_squared, rel=1e-10)


def test_without_individual_decay_every_long_spin_is_its_crss():
    model = Model(20, 10.0, 1e-9)
    content = spin_content(absorber.pair_distribution(model, model.rabi_frequency(0.3)))
    long = content.doubled_spins > 2 * 0.3 * model.n_atoms
    assert content.crss_fidelity[long] == pytest.approx(1, abs=1e-4)
    exact = crss.dicke_steady_state(10, crss.amplitude(model, model.rabi_frequency(0.3)))
    vector = crss.coefficients(10, crss.amplitude(model, model.rabi_frequency(0.3)))
    assert content.crss_fidelity[5] == pytest.approx(np.sqrt(vector @ exact @ vector), abs=1e-7)


def test_own_spin_fidelity_is_the_fidelity_with_the_mixture_of_crss():
    """Uhlmann's root fidelity of rho with sum_j w_j |alpha><alpha| (x) 1/d_j, each of d_j copies counted."""
    model = Model(6, 4.0)
    omega = model.rabi_frequency(0.6)
    pairs = absorber.pair_distribution(model, omega)
    content, total = spin_content(pairs), 0.0
    for block, weight, spin in zip(absorber.blocks(pairs), content.weight, content.doubled_spins, strict=True):
        copies = degeneracy(6, int(spin))
        vector = crss.coefficients(int(spin), crss.amplitude(model, omega))
        root = sqrtm(block / copies)
        total += copies * np.trace(sqrtm(root @ np.outer(vector, vector) * weight / copies @ root)).real
    assert content.own_spin_fidelity == pytest.approx(total, abs=1e-6)  # of sqrtm near rank one


def test_weights_add_up_at_a_thousand_atoms():
    content = spin_content(plus_of(Model(1000, 10.0), 0.6))
    assert content.weight.sum() == pytest.approx(1, rel=1e-10)
    assert content.own_spin_fidelity < 1 + 1e-12


@pytest.mark.parametrize("drive", [0.2, 0.5, 0.7])
def test_spins_concentrate_at_the_mean_field_length(drive):
    model = Model(10**6, 10.0)
    limit = PlusLimit(model, model.rabi_frequency(drive))
    ratio = model.collective_rate / model.single_atom_rate
    spin = mean_field.spin(ratio, drive, mean_field.branches(ratio, drive).lower)
    assert limit.length == pytest.approx(np.linalg.norm(spin), abs=1e-4)
    # xi^2 of the mixture: N / 2j times that of a CRSS of spin j, sqrt(1 - (alpha / j)^2).
    from_crss = np.sqrt(1 - (limit.drive / limit.length) ** 2) / limit.length
    assert from_crss == pytest.approx(absorber.moments(plus_of(model, drive)).xi2, rel=1e-3)


@pytest.mark.parametrize(("gamma_c", "drive"), [(10.0, 0.5), (10.0, 0.62), (1.0, 0.5)])
def test_law_is_approached_as_one_over_n(gamma_c, drive):
    errors = {}
    for n_atoms in (400, 800):
        model = Model(n_atoms, gamma_c)
        exact, limit = spin_content(plus_of(model, drive)), PlusLimit(model, model.rabi_frequency(drive))
        names = ("largest_spin_fidelity", "spread", "own_spin_infidelity")
        errors[n_atoms] = np.array([getattr(limit, name) / getattr(exact, name) - 1 for name in names])
        assert exact.mean == pytest.approx(limit.length, abs=2 / n_atoms)
    assert np.abs(errors[800]).max() < 0.03
    assert errors[400] / errors[800] == pytest.approx(2, abs=0.35)


def test_infidelity_law_holds_spin_by_spin():
    model = Model(1000, 5.0)
    omega = model.rabi_frequency(0.5)
    content = spin_content(plus_of(model, 0.5))
    seen = content.weight > 1e-6
    law = own_spin_infidelity_law(model, omega, content.doubled_spins / 1000)
    assert 1 - content.crss_fidelity[seen] ** 2 == pytest.approx(law[seen], rel=2e-2)
    assert np.isnan(own_spin_infidelity_law(model, omega, 0.49))


def test_rate_of_the_largest_spin():
    """w^4 / 16 for small drives, 0.0378 at the edge, and the slope of the exact weight in between."""
    model = Model(10**6, 10.0)

    def rate(drive):
        limit = PlusLimit(model, drive * model.n_atoms * model.gamma_c / 4)
        assert limit.drive == pytest.approx(drive, rel=1e-12)
        return limit.rate

    assert rate(0.05) == pytest.approx(0.05**4 / 16, rel=5e-3)
    assert rate(0.70710678) == pytest.approx(np.sqrt(2) - 1 - np.log(2) - 2 * np.log((2 + np.sqrt(2)) / 4), abs=1e-4)
    n, drive = np.array([600, 1200]), 0.6
    logs = [
        2 * np.log(spin_content(plus_of(Model(int(k), 10.0), drive * k / (k - 1))).largest_spin_fidelity) for k in n
    ]
    assert -(logs[1] - logs[0]) / 600 == pytest.approx(rate(drive), rel=1e-3)


def test_bad_arguments_are_refused():
    with pytest.raises(checks.ParameterError, match="rabi_frequency"):
        spin_content(absorber.pair_distribution(Model(4, 1.0), 0.0))
    with pytest.raises(checks.ParameterError, match="gamma_c > 0"):
        spin_content(absorber.pair_distribution(Model(4, 0.0), 1.0))
    with pytest.raises(checks.ParameterError, match="rho_\\+ ends"):
        PlusLimit(Model(1000, 10.0), Model(1000, 10.0).rabi_frequency(0.72))
    with pytest.raises(checks.ParameterError, match="rabi_frequency must be a finite number > 0"):
        PlusLimit(Model(10, 10.0), 0.0)


def test_rho_minus_holds_short_spins_only():
    """Those of the totally mixed state: <S^2> = 3N/4; spin N/2 is one of its 2^N levels, that is none."""
    model = Model(1000, 10.0)
    content = spin_content(absorber.restricted(absorber.pair_distribution(model, model.rabi_frequency(0.7))).minus)
    squared = 1000**2 / 4 * (content.mean**2 + content.spread**2) + 500 * content.mean
    assert squared == pytest.approx(observables.totally_mixed(1000).s_squared, rel=0.05)
    assert content.largest_spin_fidelity < 1e-20
