"""The tables of Figs. 4, 5, 11 and 12 against published numbers, QuTiP, other solvers and their definitions."""

from dataclasses import replace

import numpy as np
import pytest
import qutip

from driven_dicke.closed_form import critical_point
from driven_dicke.generator import phases, stationary
from driven_dicke.model import checks
from driven_dicke.model.parameters import Model
from driven_dicke.pipeline import tables
from driven_dicke.studies import phases as contracts
from driven_dicke.studies.phases import compute as study

RATES = {"gamma_c": 5.0, "gamma_s": 0.5}  # in the tables' unit 10 and 1
PARAMETERS = {
    "rates": RATES,
    "n_atoms": 18,
    "drive": {"start": 0.13, "stop": 1.03, "points": 10},  # holds 0.7299999999999999
    "bistable_points": 4,
    "selected_drive": 0.73,
}
CONTRACTS = {
    "phases": contracts.PHASES,
    "magnetization": contracts.MAGNETIZATION,
    "matrices": contracts.MATRICES,
    "dicke": contracts.DICKE_INTENSITY,
    "weights": contracts.WEIGHTS_AT_TRANSITION,
    "weights_law": contracts.WEIGHTS_LAW,
}


@pytest.fixture(scope="module")
def results():
    return study.compute(PARAMETERS) | study.compute_weights({"rates": RATES, "n_atoms": [18, 24, 32]})


@pytest.fixture(scope="module")
def selected(results):
    """The row of the drive that is selected."""
    table = results["phases"]
    (row,) = np.flatnonzero(table["drive"] == 0.73)
    return {name: values[row] for name, values in table.items()}


def test_tables_keep_their_contracts(results, tmp_path):
    assert results.keys() == CONTRACTS.keys()
    for name, contract in CONTRACTS.items():
        tables.write(tmp_path / name, contract, results[name], PARAMETERS)


def test_published_numbers(selected):
    published = {
        "gap": 0.129240,
        "a_plus": 0.39978,
        "a_minus": 0.49584,
        "a_plus_physical": 0.37676,
        "a_minus_physical": 0.69893,
        "s_z_plus": -6.04759,
        "s_z_minus": -0.34627,
        "s_squared_plus": 84.4546,
        "s_squared_minus": 15.0585,
        "g2_plus": 0.99794,
    }
    for name, value in published.items():
        assert selected[name] == pytest.approx(value, rel=1e-5), name
    assert selected["crss_fidelity_plus"] ** 2 == pytest.approx(0.720, abs=5e-4)
    assert selected["xi2_plus"] == pytest.approx(0.747, abs=5e-4)


def test_fidelity_of_the_steady_state_with_the_crss(selected):
    """sqrt(<alpha|rho_s|alpha>) with rho_s from the sparse solve and |alpha> from the recursion of S_-."""
    model = Model(18, 10.0)
    coefficients = [1.0]
    for a in range(18):
        coefficients.append(-2 * model.rabi_frequency(0.73) / 10 * coefficients[a] / np.sqrt((a + 1) * (18 - a)))
    state = stationary.steady_state(model, model.rabi_frequency(0.73)).blocks[0]
    overlap = np.array(coefficients) @ state @ coefficients / np.linalg.norm(coefficients) ** 2
    assert selected["crss_fidelity_steady"] == pytest.approx(np.sqrt(overlap), rel=1e-10)


def test_drives_are_the_grid_the_selected_one_and_those_of_the_bistable_region(results):
    ratio = 17 * 10 / 11
    g = 1 / ratio
    edges = [np.sqrt(1 + 20 * g - 8 * g**2 + sign * (1 - 8 * g) ** 1.5) / 2 for sign in (-1, 1)]
    inside = edges[0] + np.arange(4) / 3 * (edges[1] - edges[0])
    expected = np.sort([*(0.13 + 0.1 * np.arange(10)), *inside])
    np.testing.assert_allclose(results["phases"]["drive"], expected, atol=1e-12)
    np.testing.assert_array_equal(results["dicke"]["drive"], results["phases"]["drive"])


def test_flags_count_the_roots_of_the_mean_field(results):
    """Eq. (2) with its three real roots inside the region; at the edges themselves two of them coincide."""
    g, table = 11 / 170, results["phases"]
    for drive, lower, upper, both in zip(
        *(table[name] for name in ("drive", "lower_branch", "upper_branch", "bistable")), strict=True
    ):
        roots = np.roots(np.polyadd(np.polymul([2, 2], np.polymul([1, -g], [1, -g])), [drive**2, 0]))
        real = roots[np.abs(roots.imag) < 1e-6].real
        assert both == (real.size == 3)
        assert lower == (real.min() < -0.25)  # the middle branch ends at -0.42 and -0.08
        assert upper == (real.max() > -0.09)


def test_without_bistability_only_the_lower_branch_exists():
    table = study.compute(PARAMETERS | {"n_atoms": 4})["phases"]
    assert table["drive"].size == 10
    assert table["lower_branch"].all()
    assert not table["upper_branch"].any()
    assert not table["bistable"].any()


def test_every_row_is_certified(results):
    for name in ("phases", "weights"):
        assert results[name]["residual"].max() < 1e-14
        assert results[name]["steady_state_error"].max() < 1e-11


def test_distributions_belong_to_the_states(results, selected):
    table = results["magnetization"]
    m = np.arange(19) - 9
    found = {}
    for state, weight in (("plus", selected["a_plus"]), ("minus", selected["a_minus"]), ("steady", 1.0)):
        inside = table["state"] == state
        np.testing.assert_array_equal(table["m"][inside], m)
        np.testing.assert_array_equal(table["weight"][inside], weight)
        np.testing.assert_array_equal(table["drive"][inside], 0.73)
        found[state] = table["probability"][inside]
        assert found[state].sum() == pytest.approx(1, abs=1e-12)
    for state in ("plus", "minus"):
        assert found[state] @ m == pytest.approx(selected[f"s_z_{state}"], rel=1e-12)
    solved = stationary.steady_state(Model(18, 10.0), Model(18, 10.0).rabi_frequency(0.73)).blocks
    expected = sum(np.pad(np.diagonal(block), (19 - len(block)) // 2) for block in solved)
    np.testing.assert_allclose(found["steady"], expected, atol=1e-12)
    mixture = selected["a_plus"] * found["plus"] + selected["a_minus"] * found["minus"]
    assert np.abs(mixture - found["steady"]).sum() < 0.25  # 0.40 + 0.50 is not yet 1
    assert np.corrcoef(mixture, found["steady"])[0, 1] > 0.97


def test_matrices_are_the_two_states(results, selected):
    table = results["matrices"]
    for state in ("plus", "minus"):
        inside = table["state"] == state
        j, m, m_prime, value = (table[name][inside] for name in ("j", "m", "m_prime", "value"))
        assert value.size == 19 * 20 * 21 // 6
        # j falls; within a block row m falls, and within a row m' falls
        order = np.lexsort((-m_prime, -m, -j))
        np.testing.assert_array_equal(order, np.arange(value.size))
        np.testing.assert_array_equal(np.unique(j), np.arange(10))
        assert (np.abs(m) <= j).all()
        diagonal = m == m_prime
        populations = value[diagonal]
        assert populations.sum() == pytest.approx(1, abs=1e-12)
        assert populations @ m[diagonal] == pytest.approx(selected[f"s_z_{state}"], rel=1e-12)
        assert populations @ (j * (j + 1))[diagonal] == pytest.approx(selected[f"s_squared_{state}"], rel=1e-12)
        # <S_+ S_-> and, from the first off-diagonal, the sign of the dipole: <S_-> points along -x' below inversion
        assert populations @ ((j + m) * (j - m + 1))[diagonal] == pytest.approx(
            selected[f"intensity_{state}"], rel=1e-12
        )
        beside = m == m_prime + 1
        assert value[beside] @ np.sqrt((j + m) * (j - m + 1))[beside] < 0
    plus, minus = (table["value"][table["state"] == state] for state in ("plus", "minus"))
    assert abs(plus @ minus) < 1e-15  # tr(rho_+ rho_-) = 0 in every block


@pytest.mark.parametrize("drive", [0.4, 0.95, 1.6])
def test_dicke_curve_is_qutips_steady_state_of_one_large_spin(drive):
    n_atoms = 6
    table = study.compute(
        PARAMETERS | {"n_atoms": n_atoms, "drive": {"start": drive, "stop": 2, "points": 2}, "selected_drive": drive}
    )["dicke"]
    lowering, s_z = qutip.jmat(n_atoms / 2, "-"), qutip.jmat(n_atoms / 2, "z")
    rabi_frequency = drive * (n_atoms - 1) * 10 / 4
    state = qutip.steadystate(rabi_frequency * (lowering + lowering.dag()), [np.sqrt(10) * lowering])
    assert table["intensity"][0] == pytest.approx(qutip.expect(lowering.dag() * lowering, state), rel=1e-9)
    assert table["s_z"][0] == pytest.approx(qutip.expect(s_z, state), rel=1e-9)


def test_weights_at_the_critical_point(results):
    """Eq. (C2), and 1 - a_+ - a_- as in Fig. 12(c)."""
    table = results["weights"]
    np.testing.assert_array_equal(table["n_atoms"], [18, 24, 32])
    np.testing.assert_allclose(table["drive"], [critical_point.critical_drive(Model(n, 10.0)) for n in (18, 24, 32)])
    assert table["drive"][0] == pytest.approx(0.72468, abs=5e-6)
    np.testing.assert_allclose(table["error"], np.abs(1 - table["a_plus"] - table["a_minus"]))
    np.testing.assert_allclose(
        table["error_physical"], np.abs(1 - table["a_plus_physical"] - table["a_minus_physical"])
    )
    assert table["error"][0] == pytest.approx(0.107, abs=5e-4)
    assert table["error"][2] == pytest.approx(0.039, abs=5e-4)


def test_laws_of_both_conventions(results):
    law, table = results["weights_law"], results["weights"]
    assert law["convention"] == ["block", "physical"]
    for number, column in enumerate(("error", "error_physical")):
        slope, intercept = np.polyfit(table["n_atoms"], np.log(table[column]), 1)
        assert law["rate"][number] == pytest.approx(-slope, rel=1e-10)
        assert law["prefactor"][number] == pytest.approx(np.exp(intercept), rel=1e-10)
    # the physical error rises from N = 18 to 32, where the paper's falls
    assert law["rate"][0] > 0 > law["rate"][1]


@pytest.mark.parametrize("blocks", ["steady", "plus"])
def test_a_state_that_is_not_the_spectrum_s_is_found_out(monkeypatch, blocks):
    original = phases.decompose

    def disturbed(*arguments):
        found = original(*arguments)
        state = [block.copy() for block in getattr(found, blocks)]
        state[0][0, 0] += 1e-9
        return replace(found, **{blocks: state})

    monkeypatch.setattr(phases, "decompose", disturbed)
    if blocks == "steady":
        with pytest.raises(checks.CertificateError, match=r"closed form differ by .* at N = 18, drive 0\.73"):
            study.certified_phases(Model(18, 10.0), 0.73)
    else:
        _, columns = study.certified_phases(Model(18, 10.0), 0.73)
        assert columns["residual"] > 1e-12


def test_a_wrong_gap_shows_in_the_residual(monkeypatch):
    original = phases.decompose
    monkeypatch.setattr(phases, "decompose", lambda *arguments: replace(original(*arguments), gap=0.12))
    assert study.certified_phases(Model(18, 10.0), 0.73)[1]["residual"] > 1e-6
