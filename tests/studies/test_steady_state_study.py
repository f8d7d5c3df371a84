"""Tables of Fig. 2 against QuTiP's full master equation on 2^N states, and the thin curves of Figs. 2(d) and 5(c)."""

import numpy as np
import pandas as pd
import pytest

from driven_dicke.model.parameters import Model
from driven_dicke.peers import qutip_reference
from driven_dicke.pipeline import tables
from driven_dicke.studies import squeezing as squeezing_contracts
from driven_dicke.studies import steady_state as contracts
from driven_dicke.studies.squeezing import compute as squeezing
from driven_dicke.studies.steady_state import compute as steady_state

RATES = {"rates": {"gamma_c": 20.0, "gamma_s": 2.0}}
DRIVE = {"start": 0.3, "stop": 0.9, "points": 3}


def operators(n_atoms):
    """S_-, S_z and S_+S_- on 2^N states."""
    lowering = qutip_reference.collective_lowering(n_atoms).full()
    s_z = (lowering.T @ lowering - lowering @ lowering.T) / 2
    return lowering, s_z, lowering.T @ lowering


def test_observables_are_those_of_the_full_master_equation(tmp_path):
    columns = steady_state.compute(RATES | {"n_atoms": 4, "drive": DRIVE})["steady_state"]
    tables.write(tmp_path / "t", contracts.STEADY_STATE, columns, {})
    lowering, s_z, light = operators(4)
    model = Model(4, 10.0)
    for row in pd.DataFrame(columns).itertuples():
        density, _ = qutip_reference.full_steady_state(model, model.rabi_frequency(row.drive))
        mean = {name: np.trace(density @ op).real for name, op in {"s_z": s_z, "intensity": light}.items()}
        assert (row.s_z, row.intensity) == pytest.approx((mean["s_z"], mean["intensity"]), abs=1e-10)
        squared = light + s_z @ s_z - s_z
        assert row.s_squared == pytest.approx(np.trace(density @ squared).real, abs=1e-10)
        pairs = np.trace(density @ lowering.T @ light @ lowering).real
        assert row.g2 == pytest.approx(pairs / mean["intensity"] ** 2, rel=1e-9)
        assert row.s_minus == pytest.approx(abs(np.trace(density @ lowering)), abs=1e-10)
        assert row.residual < 1e-12


def test_the_distribution_is_that_of_the_critical_point(tmp_path):
    """N = 18: Omega_PT = 0.72468; its mean is the exact <S_z>, midway between the branches."""
    found = steady_state.compute_magnetization(RATES | {"n_atoms": 18})
    rows, branches = found["magnetization"], found["mean_field_magnetization"]
    tables.write(tmp_path / "t", contracts.MAGNETIZATION, rows, {})
    tables.write(tmp_path / "u", contracts.MEAN_FIELD_MAGNETIZATION, branches, {})
    assert rows["drive"][0] == pytest.approx(0.72468, abs=1e-5)
    assert rows["probability"].sum() == pytest.approx(1, abs=1e-12)
    assert rows["probability"] @ rows["m"] == pytest.approx(branches["s_z"].mean(), abs=1e-9)


def test_the_totally_mixed_state(tmp_path):
    columns = steady_state.compute_totally_mixed({"n_atoms": [2, 3]})["totally_mixed"]
    tables.write(tmp_path / "t", contracts.TOTALLY_MIXED, columns, {})
    for n_atoms, s_squared, intensity, g2 in zip(
        *(columns[name] for name in ("n_atoms", "s_squared", "intensity", "g2")), strict=True
    ):
        lowering, s_z, light = operators(n_atoms)
        size = 2**n_atoms
        assert s_squared == pytest.approx(np.trace(light + s_z @ s_z - s_z) / size)
        assert intensity == pytest.approx(np.trace(light) / size)
        assert g2 == pytest.approx(np.trace(lowering.T @ light @ lowering) / size / intensity**2)


def test_analytic_squeezing_ends_with_the_lower_branch(tmp_path):
    """Weak drive: no squeezing; the spin has the length of the mean field; the curve ends at the upper edge (B5)."""
    grid = {"start": 1e-4, "stop": 1.2, "points": 60}
    columns = squeezing.compute(RATES | {"n_atoms": 18, "drive": grid})["squeezing"]
    tables.write(tmp_path / "t", squeezing_contracts.SQUEEZING, columns, {})
    data = pd.DataFrame(columns)
    g = 11 / 170
    upper = np.sqrt(1 + 20 * g - 8 * g**2 + np.sqrt((1 - 8 * g) ** 3)) / 2
    assert upper - 1.2 / 59 <= data["drive"].max() <= upper
    assert data[["xi2", "xi2_quadrature", "xi2_pair_correlation"]].iloc[0].to_numpy() == pytest.approx(1, abs=1e-3)
    np.testing.assert_allclose(data["s_length"], np.hypot(data["s_y"], data["s_z"]))
    at = data.iloc[(data["drive"] - 0.73).abs().argmin()]
    assert (at.xi2, at.xi2_quadrature, at.xi2_pair_correlation) == pytest.approx((0.738, 0.688, 0.784), abs=0.01)
