"""The tables of Fig. 3 against published gaps, QuTiP's full master equation and their own definitions."""

import numpy as np
import pytest
from scipy.linalg import expm

from driven_dicke.model.parameters import Model
from driven_dicke.peers import qutip_reference
from driven_dicke.pipeline import tables
from driven_dicke.studies import liouvillian_gap as contracts
from driven_dicke.studies.liouvillian_gap import compute as liouvillian_gap

PARAMETERS = {
    "rates": {"gamma_c": 20.0, "gamma_s": 2.0},  # in the tables' unit 10 and 1
    "n_atoms": [4, 8, 12, 18],
    "drive": 0.61,
    "law": {"first": 8, "last": 18},
    "relaxation": {"decay_times": 14.0, "points": 71},
}
CONTRACTS = {"gap": contracts.GAP, "relaxation": contracts.RELAXATION, "law": contracts.LAW}
# gamma_c = 10 gamma_s, by an independent solver.
PUBLISHED_GAPS = {8: 0.579045, 18: 0.222491}


@pytest.fixture(scope="module")
def results():
    return liouvillian_gap.compute(PARAMETERS)


@pytest.fixture(scope="module")
def rows(results):
    """One row of the table gap for every N."""
    names = results["gap"]
    return {n: {name: names[name][i] for name in names} for i, n in enumerate(names["n_atoms"])}


def test_tables_keep_their_contracts(results, tmp_path):
    assert results.keys() == CONTRACTS.keys()
    for name, contract in CONTRACTS.items():
        tables.write(tmp_path / name, contract, results[name], PARAMETERS)


def test_eigenvalues_are_the_published_ones(rows):
    assert list(rows) == PARAMETERS["n_atoms"]
    for n_atoms, gap in PUBLISHED_GAPS.items():
        assert rows[n_atoms]["gap_eigenvalue"] == pytest.approx(gap, abs=5e-7)
        assert rows[n_atoms]["drive"] == 0.61
    assert max(row["residual"] for row in rows.values()) < 1e-14
    assert max(row["trace_of_mode"] for row in rows.values()) < 1e-12


def test_the_fit_agrees_with_the_eigenvalue_within_an_error_bar_that_says_something(rows):
    for row in rows.values():
        assert abs(row["gap_fit"] - row["gap_eigenvalue"]) < row["gap_fit_error"] < 1e-3 * row["gap_eigenvalue"]


def test_relaxation_is_that_of_the_full_master_equation(results):
    """exp(L t) of QuTiP's 4^N matrix, from the lowest state, with its own steady state as the limit."""
    curve = {name: values[results["relaxation"]["n_atoms"] == 4] for name, values in results["relaxation"].items()}
    n_atoms, rabi_frequency = 4, Model(4, 10.0).rabi_frequency(0.61)
    superoperator = qutip_reference.superoperator(n_atoms, 10.0, 1.0, rabi_frequency)
    lowering = qutip_reference.atom_lowering(n_atoms)
    s_z = sum((s.dag() * s).full().diagonal().real for s in lowering) - n_atoms / 2

    def magnetization(vector):
        return float(s_z @ vector.reshape(2**n_atoms, -1).diagonal().real)

    state = np.zeros(4**n_atoms)
    state[-1] = 1.0
    limit = magnetization(qutip_reference.full_steady_state(Model(4, 10.0), rabi_frequency)[0].ravel())
    step = expm(superoperator * curve["time"][1])
    distances = []
    for _ in curve["time"]:
        distances.append(abs(magnetization(state) - limit))
        state = step @ state
    assert curve["distance"][0] == pytest.approx(2 + limit, rel=1e-9)
    np.testing.assert_allclose(curve["distance"], distances, atol=1e-7)
    assert (np.abs(curve["distance"] - distances) <= curve["error"] + 1e-12).all()


def test_relaxation_covers_the_decay_times_asked_for(results, rows):
    table = results["relaxation"]
    for n_atoms, row in rows.items():
        time = table["time"][table["n_atoms"] == n_atoms]
        np.testing.assert_allclose(time, np.linspace(0, 14, 71) / row["gap_eigenvalue"])


def test_the_window_that_is_marked_decays_at_the_gap(results, rows):
    table = results["relaxation"]
    for n_atoms, row in rows.items():
        window = (table["n_atoms"] == n_atoms) & table["fitted"]
        assert window.sum() >= 10
        np.testing.assert_array_equal(
            window,
            (table["n_atoms"] == n_atoms) & (table["time"] >= row["fit_start"]) & (table["time"] <= row["fit_stop"]),
        )
        slope, _ = np.polyfit(table["time"][window], np.log(table["distance"][window]), 1)
        assert -slope == pytest.approx(row["gap_eigenvalue"], rel=1e-3)


def test_the_law_is_fitted_in_its_range_and_admits_that_the_gap_bends(results, rows):
    law = {name: values[0] for name, values in results["law"].items()}
    sizes = np.array([8, 12, 18])
    logarithms = np.log([rows[n]["gap_eigenvalue"] for n in sizes])
    slope, intercept = np.linalg.lstsq(np.stack([sizes, np.ones(3)], axis=1), logarithms, rcond=None)[0]
    assert (law["n_atoms_first"], law["n_atoms_last"]) == (8, 18)
    assert law["rate"] == pytest.approx(-slope, rel=1e-10)
    assert law["prefactor"] == pytest.approx(np.exp(intercept), rel=1e-10)
    assert law["first_rate"] == pytest.approx((logarithms[0] - logarithms[1]) / 4, rel=1e-10)
    assert law["first_rate"] < law["rate"] < law["last_rate"]


def test_a_law_needs_three_sizes():
    law = liouvillian_gap.compute(PARAMETERS | {"n_atoms": [8], "law": {"first": 13, "last": 64}})["law"]
    assert (law["note"], law["n_atoms_last"]) == (["an exponential law needs three sizes, but there are 0"], [0])


def test_a_fit_that_misses_the_last_mode_is_left_out():
    """gamma_c = gamma_s, N = 2 and weak drive: all down holds 1.7e-6 of the slow mode beside 1.1e-3 of a faster one."""
    rates = {"rates": {"gamma_c": 1.0, "gamma_s": 1.0}, "drive": 0.1, "n_atoms": [2, 5, 8]}
    gap = liouvillian_gap.compute(PARAMETERS | rates)["gap"]
    np.testing.assert_allclose(gap["gap_eigenvalue"], [1.0000017, 0.9969859, 0.9962226], atol=1e-7)
    assert np.isnan(gap["gap_fit"]).tolist() == [True, False, False]
    assert gap["note"][0].startswith("the fit of N = 2 has not reached the last mode")
    covered = np.abs(gap["gap_fit"] - gap["gap_eigenvalue"]) < gap["gap_fit_error"]
    assert covered[1:].all()
