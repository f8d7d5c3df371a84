"""The study of the sharpening transition at small size: curves, their limit, width, flash and best squeezing."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from driven_dicke.closed_form import absorber, phase_balance
from driven_dicke.generator import stationary
from driven_dicke.generator.liouvillian import generator
from driven_dicke.mean_field import branches as mean_field
from driven_dicke.mean_field import squeezing
from driven_dicke.model import checks
from driven_dicke.model.parameters import Model
from driven_dicke.studies.sharpening import compute as sharpening

PARAMETERS = {
    "rates": {"gamma_c": 20.0, "gamma_s": 2.0},
    "n_atoms": [18, 64, 2000],
    "drive": {"start": 0.01, "stop": 1.0, "points": 30},
    "switch": {"points": 41, "log_ratio": 20.0},
    "drives": [0.4],
    "tolerance": 1e-11,
}
LIMIT = absorber.limit_critical_drive()


@pytest.fixture(scope="module")
def found():
    return {name: pd.DataFrame(table) for name, table in sharpening.compute(PARAMETERS).items()}


def test_curves_are_resolved_where_they_switch(found):
    for n_atoms, rows in found["curves"].groupby("n_atoms"):
        centre = phase_balance.equal_weight_drive(Model(n_atoms, 10.0))
        assert np.all(np.diff(rows["drive"]) > 0)
        assert rows["drive"].min() == 0.01
        assert rows["drive"].max() == 1.0
        np.testing.assert_allclose(
            rows["scaled_distance"], 2.800555 * n_atoms * (rows["drive"] - centre), rtol=1e-6, atol=1e-9
        )
        switching = rows[rows["jump_fraction"].between(0.1, 0.9)]
        assert len(switching) >= 4
        assert np.abs(np.diff(switching["s_z_per_atom"])).max() < 0.3


def test_curves_are_the_master_equation(found):
    rows = found["curves"][found["curves"]["n_atoms"] == 18].iloc[::40]
    model = Model(18, 10.0)
    for row in rows.itertuples():
        matrix = generator(model, model.rabi_frequency(row.drive))
        certificate = stationary.certify(matrix, absorber.density_blocks(model, model.rabi_frequency(row.drive)))
        assert certificate.residual < 1e-12
        state = absorber.steady_state_moments(model, model.rabi_frequency(row.drive))
        assert row.s_z_per_atom == pytest.approx(state.s_z / 9)
        assert row.s_squared_share == pytest.approx(state.s_squared / 90)
        assert (row.g2, row.xi2) == pytest.approx((state.g2, state.xi2))


def test_the_limit_is_the_mean_field_with_the_jump_at_the_critical_point(found):
    limit = found["limit"]
    for branch, rows in limit.groupby("branch"):
        inside = rows[rows["drive"].between(0.05, 0.7)]
        exact = np.asarray(getattr(mean_field.branches(1e9, inside["drive"]), branch))
        np.testing.assert_allclose(inside["s_z_per_atom"], exact, atol=1e-6)
        s_y = mean_field.spin(1e9, inside["drive"], exact)[:, 1]
        np.testing.assert_allclose(inside["s_squared_share"], exact**2 + s_y**2, atol=1e-6)
    followed = limit[limit["favoured"]].sort_values("drive")
    assert set(followed.loc[followed["drive"] < LIMIT, "branch"]) == {"lower"}
    assert set(followed.loc[followed["drive"] > LIMIT, "branch"]) == {"upper"}
    assert len(followed[followed["drive"] == LIMIT]) == 2
    lower = limit[limit["branch"] == "lower"]
    np.testing.assert_allclose(lower["xi2"], squeezing.xi2_pair_correlation_limit(lower["drive"]))
    assert followed["xi2"].min() == pytest.approx(2 / (2 + 2 * 0.203188), abs=1e-5)


def test_curves_tend_to_the_limit(found):
    limit = found["limit"][found["limit"]["favoured"]]
    rows = found["curves"][found["curves"]["n_atoms"] == 2000]
    away = rows[np.abs(rows["drive"] - LIMIT) > 0.02]
    for column in ("s_z_per_atom", "s_squared_share", "g2", "xi2"):
        known = limit.dropna(subset=[column])
        for branch, side in (("lower", away["drive"] < LIMIT), ("upper", away["drive"] > LIMIT)):
            branch_rows = known[known["branch"] == branch]
            if len(branch_rows):
                expected = np.interp(away["drive"][side], branch_rows["drive"], branch_rows[column])
                np.testing.assert_allclose(away[column][side], expected, atol=5e-3, err_msg=column)


def test_width_flash_and_squeezing(found):
    rows = found["transition"].set_index("n_atoms")
    assert np.isnan(rows.loc[18, "width"])  # wider than the bistable region
    assert rows.loc[64, "width"] == pytest.approx(0.0143409, abs=1e-6)
    assert rows.loc[2000, "width"] == pytest.approx(rows.loc[2000, "width_two_states"], rel=1e-3)
    assert rows.loc[2000, "width"] == pytest.approx(0.78457 / 2000, rel=0.02)
    assert rows.loc[2000, "g2_peak"] == pytest.approx(rows.loc[2000, "g2_peak_limit"], rel=0.03)
    dense = found["curves"].groupby("n_atoms")[["g2", "xi2"]].agg({"g2": "max", "xi2": "min"})
    assert (rows["g2_peak"] >= dense["g2"] * (1 - 1e-6)).all()
    assert (rows["xi2_best"] <= dense["xi2"] * (1 + 1e-9)).all()
    assert rows.loc[2000, "xi2_best"] == pytest.approx(0.83113, abs=5e-4)


def test_an_extreme_at_the_end_of_the_grid_is_none():
    curve = {"drive": np.array([0.1, 0.2, 0.3]), "g2": np.array([1.0, 1.1, 1.2])}
    assert np.isnan(sharpening.extreme(Model(18, 10.0), curve, "g2", largest=True)).all()


def test_the_check_with_fifty_digits_can_fail(found, monkeypatch):
    deviations = found["validation"].filter(like="deviation")
    assert len(found["validation"]) == 6
    assert deviations.to_numpy().max() < 1e-12
    exact = absorber.steady_state_moments

    def wrong(model, rabi_frequency):
        state = exact(model, rabi_frequency)
        return replace(state, g2=state.g2 * (1 + 1e-9))

    monkeypatch.setattr(sharpening.absorber, "steady_state_moments", wrong)
    with pytest.raises(checks.CertificateError, match="g2 of N = 18"):
        sharpening.validation_row(Model(18, 10.0), 0.6, 1e-11)
