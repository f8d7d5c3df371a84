"""Every verdict is computed: a world in which the claims hold, and what a verdict becomes when one number changes."""

from pathlib import Path

import numpy as np
import pytest
import yaml
from ideal_claims import tables

from driven_dicke.audit.claims import claim, gap, mean_field, mixed
from driven_dicke.audit.claims.registry import CLAIMS
from driven_dicke.pipeline.tables import Table, write
from driven_dicke.studies.claims import CLAIMS as CONTRACT
from driven_dicke.studies.claims import STUDIES, equations
from driven_dicke.studies.claims import compute as study
from driven_dicke.studies.claims import evidence as claims_evidence

LIMITS = yaml.safe_load((Path(__file__).parents[2] / "config/config.yaml").read_text())["claims"]["limits"]
BY_NUMBER = {known.statement.identifier: known for known in CLAIMS}
GOOD, PAPER, CORRECTED, SIZE, SMALL, BAD, OPEN = (
    "reproduced",
    "reproduced with the paper's convention",
    "reproduced after corrections",
    "approached as N grows",
    "at small N only",
    "not reproduced",
    "undecided",
)


def verdict(number, evidence, limits=LIMITS):
    return BY_NUMBER[number].row(evidence, limits)["verdict"]


def test_there_are_29_claims_and_no_table_is_unknown():
    assert list(dict.fromkeys(claim.statement.number for claim in CLAIMS)) == list(range(1, 30))
    assert len(BY_NUMBER) == len(CLAIMS) == 38
    assert (
        {name for claim in CLAIMS for name in claim.statement.tables}
        == set(STUDIES["claims_table"].inputs)
        == set(tables())
    )


def test_every_claim_holds_where_the_world_is_as_the_paper_says(tmp_path):
    columns = study.compute(LIMITS, **tables())["claims"]
    assert dict(zip(columns["id"], columns["verdict"], strict=True)) == dict.fromkeys(BY_NUMBER, GOOD)
    write(tmp_path / "claims.parquet", CONTRACT, columns, {})
    assert not any("{" in text for text in columns["criterion"])


CHANGES = [
    ("1", "edges", "lower_edge", lambda d: d + 1e-6, BAD),
    ("3", "equations", "verdict", lambda d: d.where(d.index != 1, "differs"), CORRECTED),
    ("3", "branches", "stable", lambda d: ~d, BAD),
    ("4", "steady_small", "s_z", lambda d: d + 0.6, SIZE),
    ("4", "steady_large", "s_z", lambda d: d + 3.2, BAD),
    ("5", "mean_field_magnetization", "s_z", lambda d: d + 3, BAD),
    ("5", "magnetization", "probability", lambda d: d.iloc[::-1].cumsum().to_numpy(), BAD),
    ("6b", "critical_point", "drive", lambda d: d - 0.02 * (d.index == 5), BAD),
    ("6a", "fit", "exact_limit", lambda d: d - 0.005, BAD),
    ("6b", "fit", "limit", lambda d: d - 0.02, BAD),
    ("6a", "critical_point", "n_atoms", lambda d: d.clip(upper=5000), OPEN),
    ("7", "steady_small", "s_squared", lambda d: 1.2 * d, SIZE),
    ("7", "steady_large", "s_squared", lambda d: 1.2 * d, BAD),
    ("8", "steady_large", "intensity", lambda d: 1.2 * d, BAD),
    ("9", "steady_small", "g2", lambda d: 0.8 * d, SIZE),
    ("10", "steady_small", "xi2", lambda d: 1.2 * d, SIZE),
    ("10", "steady_large", "xi2", lambda d: d.where(d.index != 5, 1.5), BAD),
    ("11", "gap", "gap_eigenvalue", lambda d: d**0.5 * [1, 0.99, 0.8, 0.3], SIZE),
    ("11", "gap", "gap_eigenvalue", lambda d: 1 / d, BAD),
    ("12", "gap", "gap_fit", lambda d: 1.002 * d, BAD),
    ("12", "gap_validation", "within", lambda d: ~d, BAD),
    ("13", "phases_small", "a_minus_physical", lambda d: d + 0.2, PAPER),
    ("13", "phases_small", "a_minus", lambda d: d + 0.2, BAD),
    ("13", "phases_small", "drive", lambda d: d + 1e-3, OPEN),
    ("14", "phases_small", "a_minus_physical", lambda d: d + 0.3, PAPER),
    ("14", "phases_small", "a_minus", lambda d: d + 0.3, BAD),
    ("15", "phases_large", "s_z_minus", lambda d: d - 2, SMALL),
    ("15", "phases_small", "s_z_minus", lambda d: d - 2, SIZE),
    ("16", "matrices", "j", lambda d: d * 0.5, BAD),
    ("16", "matrices", "j", lambda d: d + 9, BAD),
    ("17", "phases_small", "intensity_plus", lambda d: 1.2 * d, BAD),
    ("18a", "phases_small", "crss_fidelity_plus", lambda d: d - 0.06, PAPER),
    ("18a", "fidelity", "crss_fidelity_plus", lambda d: d - 0.2, SMALL),
    ("18a", "phases_small", "crss_fidelity_plus", lambda d: d - 0.2, BAD),
    ("18b", "critical_point", "drive", lambda d: d + 0.1, BAD),
    ("19", "phases_large", "g2_plus", lambda d: d + 0.1, BAD),
    ("20", "large_n", "xi2", lambda d: 1.1 * d, SMALL),
    ("20", "phases_small", "xi2_plus", lambda d: 1.1 * d, BAD),
    ("21a", "large_n", "xi2", lambda d: 1.1 * d, BAD),
    ("21b", "large_n", "xi2", lambda d: 1.1 * d, GOOD),
    ("21b", "large_n", "xi2", lambda d: d * [1.1, 1.0], BAD),
    ("21c", "purely_collective", "xi2", lambda d: d**2, BAD),
    ("21d", "purely_collective", "xi2", lambda d: d**2, BAD),
    ("22", "dwell_rates", "rate_predicted_physical", lambda d: d * 2, PAPER),
    ("22", "dwell_rates", "rate_predicted", lambda d: d * 1.4, SIZE),
    ("22", "metastable", "rate", lambda d: d * 2, GOOD),
    ("22", "dwell_rates", "switches", lambda d: d * 0 + 3, OPEN),
    ("23b", "transient", "crss_fidelity", lambda d: d - 1e-4, SIZE),
    ("23b", "transient", "crss_fidelity", lambda d: d - 0.05, BAD),
    ("23a", "dynamics", "time", lambda d: 10 * d, BAD),
    ("24a", "switching_zoom", "note", lambda d: d + "no switch up to t = 70", "undecided"),
    ("25", "expected_counts", "collective", lambda d: d * np.nan, "undecided"),
    ("25", "counts", "collective", lambda d: 2 * d, BAD),
    ("25", "expected_counts", "individual_exact", lambda d: 2 * d, BAD),
    ("26", "preparation", "place", lambda d: d + np.array([0, 0.31, 0]), BAD),
    ("26", "preparation", "place", lambda d: d + np.array([0, 0, 0.24]), BAD),
    ("26", "preparation", "place", lambda d: d - np.array([0.3, 0, 0]), BAD),
    ("27b", "weights", "error_physical", lambda d: d.iloc[::-1].to_numpy(), PAPER),
    ("27b", "weights", "error", lambda d: d.iloc[::-1].to_numpy(), BAD),
    ("27a", "phases_large", "a_plus", lambda d: d + 1, BAD),
    ("28a", "totally_mixed", "g2", lambda d: d + 1e-6, BAD),
    ("28b", "steady_small", "s_squared", lambda d: 1.2 * d, SIZE),
]


@pytest.mark.parametrize(("number", "name", "column", "change", "expected"), CHANGES)
def test_a_changed_number_changes_the_verdict(number, name, column, change, expected):
    evidence = tables()
    evidence[name].data[column] = change(evidence[name].data[column])
    assert verdict(number, evidence) == expected


FLIPS = [  # statement, table, column, change by x, an x that keeps the verdict, one that does not, the verdict then
    ("1", "edges", "upper_edge", lambda d, x: d * (1 + x), 9e-10, 1.1e-9, BAD),
    ("4", "steady_large", "s_z", lambda d, x: d + 32 * x, 0.049, 0.051, BAD),
    ("4", "steady_small", "s_z", lambda d, x: d - 9 * x, 0.049, 0.051, SIZE),
    ("5", "mean_field_magnetization", "s_z", lambda d, x: d + x, 1.69, 1.71, BAD),
    ("6a", "fit", "exact_limit", lambda d, x: d - x, 0.0039, 0.0041, BAD),
    ("6b", "critical_point", "drive", lambda d, x: d - x * (d.index == 5), 0.0059, 0.0061, BAD),
    ("7", "steady_large", "s_squared", lambda d, x: d * x, 1.099, 1.101, BAD),
    ("8", "steady_small", "intensity", lambda d, x: d * x, 0.901, 0.899, SIZE),
    ("9", "steady_small", "g2", lambda d, x: d * x, 1.099, 1.101, SIZE),
    ("10", "steady_small", "xi2", lambda d, x: d * x, 0.951, 0.949, SIZE),
    ("11", "gap", "gap_eigenvalue", lambda d, x: d * [1, 1, 1, x], 0.88, 0.84, SIZE),
    ("11", "gap", "gap_eigenvalue", lambda d, x: d * [1, 1, 1, x], 0.88, 2.0, BAD),
    ("12", "gap", "gap_fit", lambda d, x: d * x, 0.9991, 0.9989, BAD),
    ("13", "phases_small", "a_plus", lambda d, x: d + x, 0.049, 0.051, BAD),
    ("14", "phases_small", "a_minus_physical", lambda d, x: d + x, 0.199, 0.201, PAPER),
    ("15", "phases_small", "s_z_plus", lambda d, x: d + 9 * x, 0.099, 0.101, SIZE),
    ("16", "matrices", "value", lambda d, x: d * x, 0.901, 0.899, BAD),
    ("17", "phases_small", "intensity_plus", lambda d, x: d * x, 0.901, 0.899, BAD),
    ("18a", "fidelity", "crss_fidelity_plus", lambda d, x: d - x, 0.02, 0.03, PAPER),
    ("18a", "phases_small", "crss_fidelity_plus", lambda d, x: d - x, 0.041, 0.042, PAPER),
    ("18b", "critical_point", "drive", lambda d, x: d + x, 0.03, 0.06, BAD),
    ("19", "phases_small", "g2_plus", lambda d, x: d - x, 0.049, 0.051, BAD),
    ("20", "large_n", "xi2", lambda d, x: d * x, 0.951, 0.949, SMALL),
    ("20", "phases_large", "xi2_plus", lambda d, x: d * x, 1.049, 1.051, BAD),
    ("21a", "large_n", "xi2", lambda d, x: d * x, 0.981, 0.979, BAD),
    ("21b", "large_n", "xi2", lambda d, x: d * [x, 1], 1.019, 1.021, BAD),
    ("21c", "purely_collective", "xi2", lambda d, x: d * [1, 1, 1, x], 1.019, 1.021, BAD),
    ("22", "dwell_rates", "rate_predicted", lambda d, x: d * x, 1.14, 1.16, SIZE),
    ("22", "dwell_rates", "rate_predicted_physical", lambda d, x: d * x, 0.86, 0.84, PAPER),
    ("23a", "dynamics", "time", lambda d, x: d * x, 2.0, 3.1, BAD),
    ("23b", "transient", "crss_fidelity", lambda d, x: d - x, 9e-7, 1.1e-6, SIZE),
    ("23b", "transient", "crss_fidelity", lambda d, x: d - x, 9e-7, 0.0101, BAD),
    ("24a", "switching_jumps", "time", lambda d, x: d.where(~d.between(x, 10.59), d + 0.3), 10.465, 10.455, BAD),
    ("25", "counts", "collective", lambda d, x: d + x + np.resize([30, -30], 20), 28, 31, BAD),
    ("25", "counts", "individual", lambda d, x: d * x, 1, 1.05, BAD),
    ("25", "expected_counts", "collective", lambda d, x: d * x, 1, 1.01, BAD),
    ("26", "preparation", "place", lambda d, x: d + np.array([0, x, 0]), 0.299, 0.301, BAD),
    ("26", "preparation", "place", lambda d, x: d + np.array([0, 0, x]), 0.229, 0.231, BAD),
    ("26", "preparation", "place", lambda d, x: d - np.array([x, 0, 0]), 0.298, 0.3, BAD),
    ("27a", "weights", "drive", lambda d, x: d + x, 0.0099, 0.0101, BAD),
    ("27b", "weights", "error", lambda d, x: d * [1, 1, x], 0.9, 0.4, SIZE),
    ("28a", "totally_mixed", "s_squared", lambda d, x: d + x, 9e-10, 1.1e-9, BAD),
    ("28b", "steady_small", "s_squared", lambda d, x: d * x, 0.901, 0.899, SIZE),
]


@pytest.mark.parametrize(("number", "name", "column", "change", "kept", "lost", "expected"), FLIPS)
def test_a_verdict_flips_at_its_limit(number, name, column, change, kept, lost, expected):
    for size, outcome in ((kept, GOOD), (lost, expected)):
        evidence = tables()
        evidence[name].data[column] = change(evidence[name].data[column], size)
        assert verdict(number, evidence) == outcome, size


def test_rates_by_the_extreme_metastable_states_decide_where_block_weights_miss():
    evidence = tables()
    evidence["dwell_rates"].data["rate_predicted"] *= 1.4
    assert verdict("22", evidence) == SIZE
    evidence["metastable"].data["rate"] *= 1.2
    assert verdict("22", evidence) == BAD


def test_the_first_criteria_keep_their_verdicts():
    """What the first reading of the claims said of the world of the paper, and of one that is not quite like it."""
    rows = {number: known.row(tables(), LIMITS) for number, known in BY_NUMBER.items()}
    first = {number: row["earlier_verdict"] for number, row in rows.items() if row["earlier_criterion"]}
    sized = ["6a", "6b", "18a", "18b", "22", "23a", "23b", "28a", "28b"]
    letters = ["3", "21a", "21b", "21c", "21d", "24a", "25", "26", "27a", "27b", *sized]
    assert first == dict.fromkeys(letters, GOOD)
    later = {number for number, row in rows.items() if not row["beforehand"]}
    assert later == {*letters, "10", "15", "24b"} - {"18a", "18b", "28a", "28b"}
    evidence = tables()
    evidence["equations"].data["verdict"] = "differs"
    evidence["fit"].data["exact_limit"] = 0.569
    evidence["critical_point"].data["drive"] -= 0.02 * (np.arange(8) == 5)
    evidence["transient"].data["crss_fidelity"] -= 1e-4
    evidence["steady_small"].data["s_squared"] *= 1.2
    evidence["fidelity"].data["crss_fidelity_plus"] -= 0.2
    evidence["dwell_rates"].data["rate_predicted"] *= 1.4
    evidence["singlets"].data["s_squared"] += 40
    evidence["large_n"].data["xi2"] *= 1.1
    evidence["switching_zoom"].data["s_squared"] += 2.0 * (np.arange(1001) > 100)
    found = {n: BY_NUMBER[n].row(evidence, LIMITS)["earlier_verdict"] for n in letters}
    assert {n for n, said in found.items() if said == "finite-size"} == set(sized)
    assert {n for n, said in found.items() if said == BAD} == {"3", "21a", "21b", "21c", "21d", "24a", "26"}


def test_false_alarms():
    assert claim.false_alarm(3, 1) == pytest.approx(0.0026998, rel=1e-4)
    assert claim.false_alarm(3, 4) == pytest.approx(1 - (1 - 0.0026998) ** 4, rel=1e-4)


@pytest.mark.parametrize("n_atoms", [2, 3, 4])
def test_collective_jumps_keep_the_spin(n_atoms):
    assert max(mixed.forbidden_changes(n_atoms)) < 1e-12


def test_a_changed_jump_operator_is_seen(monkeypatch):
    monkeypatch.setattr(mixed, "LOWERING", mixed.LOWERING + np.diag([0.1, 0]))
    assert verdict("24b", tables()) == BAD


@pytest.mark.parametrize(
    ("number", "changed", "expected"),
    [
        ("1", {"edge_deviation": -1.0}, BAD),
        ("2", {"collective_deviation": 1e-9}, BAD),
        ("2", {"collective_ratios": [10.0, 100.0]}, OPEN),
        ("3", {"order_deviation": 1e-9}, BAD),
        ("29", {"cost_deviation": 1e-9}, BAD),
        ("29", {"cost_n_atoms": [2, 4]}, BAD),
    ],
)
def test_claims_without_tables_keep_their_criterion(number, changed, expected):
    assert verdict(number, tables(), LIMITS | changed) == expected


@pytest.mark.parametrize("number", [claim.statement.identifier for claim in CLAIMS if claim.statement.tables])
def test_a_claim_without_rows_is_undecided(number):
    evidence = tables()
    for name in BY_NUMBER[number].statement.tables:
        evidence[name] = Table(evidence[name].data.iloc[:0], evidence[name].parameters)
    row = BY_NUMBER[number].row(evidence, LIMITS)
    assert row["verdict"] == OPEN
    assert "cannot be decided" in row["computed"]


def test_a_second_peak_too_few_is_seen():
    evidence = tables()
    evidence["magnetization"].data["probability"] = np.exp(-((np.arange(-32.0, 33) + 24) ** 2))
    assert verdict("5", evidence) == BAD


def test_folds_exist_above_8_only():
    assert mean_field.folds(8 - 1e-3) is None
    lower, upper = mean_field.folds(8 + 1e-2)
    assert 0 < upper - lower < 1e-3


def test_the_barrier_is_that_of_the_notes():
    assert gap.barrier_rate(0.61) == pytest.approx(0.1025, abs=5e-5)
    assert gap.barrier_rate(0.5) == pytest.approx(0.1345, abs=5e-5)


def test_averages_on_all_states_are_the_printed_ones():
    for name, value in mixed.printed_averages(3).items():
        assert mixed.explicit_averages(3)[name] == pytest.approx(value, abs=1e-14)


def test_squeezing_of_purely_collective_decay():
    assert claims_evidence.collective_squeezing(200, 0.6) == pytest.approx(0.8, rel=1e-3)
    assert claims_evidence.collective_squeezing(200, 0.0) == pytest.approx(1.0)


def test_the_audit_becomes_a_table(monkeypatch):
    findings = equations.run.CITATIONS[:1]
    monkeypatch.setattr(equations.run, "all_findings", lambda: [citation.finding() for citation in findings])
    columns = equations.compute({})["equations"]
    assert columns["identifier"] == [findings[0].finding().identifier]
