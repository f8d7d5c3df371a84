"""Every verdict is computed: a world in which the claims hold, and what a verdict becomes when one number changes."""

from pathlib import Path

import numpy as np
import pytest
import yaml
from ideal_claims import tables

from driven_dicke.audit.claims import gap, mean_field, mixed
from driven_dicke.audit.claims.registry import CLAIMS
from driven_dicke.pipeline.tables import Table, write
from driven_dicke.studies.claims import CLAIMS as CONTRACT
from driven_dicke.studies.claims import STUDIES, equations
from driven_dicke.studies.claims import compute as study
from driven_dicke.studies.claims import evidence as claims_evidence

LIMITS = yaml.safe_load((Path(__file__).parents[2] / "config/config.yaml").read_text())["claims"]["limits"]
BY_NUMBER = {claim.statement.number: claim for claim in CLAIMS}
GOOD, PAPER, SIZE, BAD, OPEN = (
    "reproduced",
    "reproduced with the paper's convention",
    "finite-size",
    "not reproduced",
    "undecided",
)


def verdict(number, evidence, limits=LIMITS):
    return BY_NUMBER[number].row(evidence, limits)["verdict"]


def test_there_are_29_claims_and_no_table_is_unknown():
    assert [claim.statement.number for claim in CLAIMS] == list(range(1, 30))
    assert (
        {name for claim in CLAIMS for name in claim.statement.tables}
        == set(STUDIES["claims_table"].inputs)
        == set(tables())
    )


def test_every_claim_holds_where_the_world_is_as_the_paper_says(tmp_path):
    columns = study.compute(LIMITS, **tables())["claims"]
    assert dict(zip(columns["id"], columns["verdict"], strict=True)) == dict.fromkeys(range(1, 30), GOOD)
    write(tmp_path / "claims.parquet", CONTRACT, columns, {})
    assert not any("{" in text for text in columns["criterion"])


CHANGES = [
    (1, "edges", "lower_edge", lambda d: d + 1e-6, BAD),
    (3, "equations", "verdict", lambda d: d.where(d.index != 1, "differs"), BAD),
    (3, "branches", "stable", lambda d: ~d, BAD),
    (4, "steady_small", "s_z", lambda d: d + 0.6, SIZE),
    (4, "steady_large", "s_z", lambda d: d + 3.2, BAD),
    (5, "mean_field_magnetization", "s_z", lambda d: d + 3, BAD),
    (5, "magnetization", "probability", lambda d: d.iloc[::-1].cumsum().to_numpy(), BAD),
    (6, "critical_point", "drive", lambda d: d - 0.02 * (d.index == 5), SIZE),
    (6, "fit", "limit", lambda d: d - 0.02, BAD),
    (6, "critical_point", "n_atoms", lambda d: d.clip(upper=5000), OPEN),
    (7, "steady_small", "s_squared", lambda d: 1.2 * d, SIZE),
    (7, "steady_large", "s_squared", lambda d: 1.2 * d, BAD),
    (8, "steady_large", "intensity", lambda d: 1.2 * d, BAD),
    (9, "steady_small", "g2", lambda d: 0.8 * d, SIZE),
    (10, "steady_small", "xi2", lambda d: 1.2 * d, SIZE),
    (10, "steady_large", "xi2", lambda d: d.where(d.index != 5, 1.5), BAD),
    (11, "gap", "gap_eigenvalue", lambda d: d**0.5 * [1, 0.99, 0.8, 0.3], SIZE),
    (11, "gap", "gap_eigenvalue", lambda d: 1 / d, BAD),
    (12, "gap", "gap_fit", lambda d: 1.002 * d, BAD),
    (12, "gap_validation", "within", lambda d: ~d, BAD),
    (13, "phases_small", "a_minus_physical", lambda d: d + 0.2, PAPER),
    (13, "phases_small", "a_minus", lambda d: d + 0.2, BAD),
    (13, "phases_small", "drive", lambda d: d + 1e-3, OPEN),
    (14, "phases_small", "a_minus_physical", lambda d: d + 0.3, PAPER),
    (14, "phases_small", "a_minus", lambda d: d + 0.3, BAD),
    (15, "phases_large", "s_z_minus", lambda d: d - 2, SIZE),
    (16, "matrices", "j", lambda d: d * 0.5, BAD),
    (16, "matrices", "j", lambda d: d + 9, BAD),
    (17, "phases_small", "intensity_plus", lambda d: 1.2 * d, BAD),
    (18, "phases_small", "crss_fidelity_plus", lambda d: d - 0.06, PAPER),
    (18, "fidelity", "crss_fidelity_plus", lambda d: d - 0.2, SIZE),
    (18, "phases_small", "crss_fidelity_plus", lambda d: d - 0.2, BAD),
    (18, "critical_point", "drive", lambda d: d + 0.1, BAD),
    (19, "phases_large", "g2_plus", lambda d: d + 0.1, BAD),
    (20, "large_n", "xi2", lambda d: 1.1 * d, SIZE),
    (20, "phases_small", "xi2_plus", lambda d: 1.1 * d, BAD),
    (21, "large_n", "xi2", lambda d: 1.1 * d, BAD),
    (21, "large_n", "xi2", lambda d: d * [1.1, 1.0], BAD),
    (21, "purely_collective", "xi2", lambda d: d**2, BAD),
    (22, "dwell_rates", "rate_predicted_physical", lambda d: d * 2, PAPER),
    (22, "dwell_rates", "rate_predicted", lambda d: d * 1.4, SIZE),
    (22, "dwell_rates", "rate_predicted", lambda d: d * 2, BAD),
    (22, "dwell_rates", "switches", lambda d: d * 0 + 3, OPEN),
    (23, "transient", "crss_fidelity", lambda d: d - 1e-4, SIZE),
    (23, "transient", "crss_fidelity", lambda d: d - 0.05, BAD),
    (23, "dynamics", "time", lambda d: 10 * d, BAD),
    (24, "switching_zoom", "s_squared", lambda d: d + 2 * (d.index > 100), BAD),
    (24, "switching_zoom", "note", lambda d: d + "no switch up to t = 70", "undecided"),
    (25, "expected_counts", "collective", lambda d: d * np.nan, "undecided"),
    (25, "counts", "collective", lambda d: 2 * d, BAD),
    (25, "expected_counts", "individual_exact", lambda d: 2 * d, BAD),
    (26, "singlets", "s_squared", lambda d: d + 40, BAD),
    (26, "switching", "s_squared", lambda d: d - 40, BAD),
    (27, "weights", "error_physical", lambda d: d.iloc[::-1].to_numpy(), PAPER),
    (27, "weights", "error", lambda d: d.iloc[::-1].to_numpy(), BAD),
    (27, "phases_large", "a_plus", lambda d: d + 1, BAD),
    (28, "totally_mixed", "g2", lambda d: d + 1e-6, BAD),
    (28, "steady_small", "s_squared", lambda d: 1.2 * d, SIZE),
]


@pytest.mark.parametrize(("number", "name", "column", "change", "expected"), CHANGES)
def test_a_changed_number_changes_the_verdict(number, name, column, change, expected):
    evidence = tables()
    evidence[name].data[column] = change(evidence[name].data[column])
    assert verdict(number, evidence) == expected


@pytest.mark.parametrize(
    ("number", "changed", "expected"),
    [
        (1, {"edge_deviation": -1.0}, BAD),
        (2, {"collective_deviation": 1e-9}, BAD),
        (2, {"collective_ratios": [10.0, 100.0]}, OPEN),
        (3, {"order_deviation": 1e-9}, BAD),
        (29, {"cost_deviation": 1e-9}, BAD),
        (29, {"cost_n_atoms": [2, 4]}, BAD),
    ],
)
def test_claims_without_tables_keep_their_criterion(number, changed, expected):
    assert verdict(number, tables(), LIMITS | changed) == expected


@pytest.mark.parametrize("number", [claim.statement.number for claim in CLAIMS if claim.statement.tables])
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
    assert verdict(5, evidence) == BAD


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
