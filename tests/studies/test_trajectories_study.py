"""The tables of single trajectories: contract, units, start states, schedule and progress."""

import logging
from pathlib import Path

import numpy as np
import pytest
import yaml
from scipy.linalg import expm

from driven_dicke.model import checks
from driven_dicke.peers import qutip_reference
from driven_dicke.pipeline import tables
from driven_dicke.studies import trajectories as contracts
from driven_dicke.studies.trajectories import compute as trajectories

DEFINITIONS = Path(__file__).parents[2] / "workflow/schemas/definitions.yaml"
PARAMETERS = {
    "rates": {"gamma_c": 6.0, "gamma_s": 2.0},  # in the tables' unit 3 and 1
    "n_atoms": 4,
    "initial": "all_down",
    "drive": [[0.0, 2.0], [0.5, 0.7]],
    "times": {"spacing": "linear", "start": 0.0, "stop": 2.0, "points": 201},
    "seed": 3,
}
CONTRACTS = {"trajectory": contracts.TRAJECTORY, "jumps": contracts.JUMPS}


@pytest.fixture(scope="module")
def results():
    return trajectories.compute(PARAMETERS)


@pytest.mark.parametrize("initial", ["all_down", "singlets"])
def test_tables_keep_their_contracts(initial, tmp_path):
    results = trajectories.compute(PARAMETERS | {"initial": initial})
    assert results.keys() == CONTRACTS.keys()
    for name, contract in CONTRACTS.items():
        tables.write(tmp_path / name, contract, results[name], PARAMETERS)
    spin = {"all_down": 2.0, "singlets": 0.0}[initial]
    assert results["trajectory"]["s_squared"][0] == pytest.approx(spin * (spin + 1), abs=1e-12)
    assert results["trajectory"]["s_z"][0] == pytest.approx(-spin, abs=1e-12)
    assert np.isnan(results["trajectory"]["xi2"][0]) == (initial == "singlets")  # no mean spin


def test_the_schema_knows_the_start_states():
    initial = yaml.safe_load(DEFINITIONS.read_text())["trajectory"]["properties"]["initial"]["enum"]
    assert initial == list(trajectories.INITIAL_STATES)


def test_the_drive_is_the_configured_one(results):
    time = results["trajectory"]["time"]
    np.testing.assert_allclose(results["trajectory"]["drive"], np.where(time < 0.5, 2.0, 0.7), rtol=1e-14)


def test_until_the_first_jump_the_state_evolves_with_the_effective_hamiltonian(results):
    """QuTiP's operators on 2^4 states and a dense exponential; the drive 2 Omega_c is 2 * 3 gamma_c / 4."""
    collapse = qutip_reference.collapse_operators(4, 3.0, 1.0)
    decay = sum(operator.dag() * operator for operator in collapse).full()
    effective = qutip_reference.hamiltonian(4, 2.0 * 3 * 3.0 / 4).full() - 0.5j * decay
    lowering = qutip_reference.collective_lowering(4).full()
    intensity = lowering.conj().T @ lowering
    table, first = results["trajectory"], results["jumps"]["time"][0]
    before = np.flatnonzero(table["time"] < first)
    assert before.size >= 3
    for row in before:
        state = expm(-1j * effective * table["time"][row])[:, -1]
        expected = (state.conj() @ intensity @ state).real / np.linalg.norm(state) ** 2
        assert table["intensity"][row] == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_jumps_are_listed_in_order_by_channel_and_atom(results):
    jumps = results["jumps"]
    assert (np.diff(jumps["time"]) > 0).all()
    individual = jumps["channel"] == "individual"
    assert 0 < individual.sum() < individual.size
    assert set(jumps["atom"][individual]) <= {0, 1, 2, 3}
    assert set(jumps["atom"][~individual]) == {-1}


def test_only_ratios_of_rates_matter_and_the_seed_matters(results):
    scaled = trajectories.compute(PARAMETERS | {"rates": {"gamma_c": 3.0, "gamma_s": 1.0}})
    np.testing.assert_array_equal(scaled["jumps"]["time"], results["jumps"]["time"])
    other = trajectories.compute(PARAMETERS | {"seed": 4})
    assert other["jumps"]["time"][0] != results["jumps"]["time"][0]


def test_a_drive_must_begin_at_zero():
    with pytest.raises(checks.ParameterError, match=r"must begin at time 0, but begins at 0\.5"):
        trajectories.compute(PARAMETERS | {"drive": [[0.5, 0.7]]})


def test_progress_is_reported_at_most_every_two_seconds(monkeypatch, caplog):
    now = [100.0]
    monkeypatch.setattr(trajectories.time, "monotonic", lambda: now[0])
    caplog.set_level(logging.INFO)
    report = trajectories.progress_log("label", 70.0)
    for elapsed, fraction in ((1.9, 0.1), (2.1, 0.25), (3.9, 0.3), (4.2, 0.5)):
        now[0] = 100 + elapsed
        report(fraction, 12)
    assert caplog.messages == ["label: t = 17.5 of 70, 12 jumps", "label: t = 35 of 70, 12 jumps"]
