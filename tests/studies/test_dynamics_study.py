"""The table of rho(t) against QuTiP's full master equation."""

import numpy as np
import pytest
import qutip

from driven_dicke.model import checks
from driven_dicke.peers import qutip_reference
from driven_dicke.pipeline import tables
from driven_dicke.studies import common
from driven_dicke.studies import dynamics as contracts
from driven_dicke.studies.dynamics import compute as dynamics

N_ATOMS = 4
PARAMETERS = {
    "rates": {"gamma_c": 6.0, "gamma_s": 2.0},  # in the tables' unit 3 and 1
    "n_atoms": N_ATOMS,
    "drive": 0.7,
    "times": {"spacing": "logarithmic", "start": 1e-3, "stop": 10.0, "points": 9},
}


@pytest.fixture(scope="module")
def transient():
    return dynamics.compute(PARAMETERS)["transient"]


def test_table_keeps_its_contract_and_covers_the_grid(transient, tmp_path):
    tables.write(tmp_path / "t.parquet", contracts.TRANSIENT, transient, PARAMETERS)
    np.testing.assert_allclose(transient["time"], 10.0 ** np.arange(-3, 1.1, 0.5))
    assert transient["error"].max() < 1e-6
    assert transient["trace_error"].max() < 1e-9


def test_agrees_with_the_full_master_equation(transient):
    """QuTiP on 2^4 states; the CRSS built rung by rung from the ground state."""
    rabi_frequency = 0.7 * 3 * 3.0 / 4  # 0.7 Gamma / 4
    lowering = qutip_reference.collective_lowering(N_ATOMS)
    s_z = (lowering.dag() * lowering - lowering * lowering.dag()) / 2
    ground = qutip.tensor([qutip.basis(2, 1)] * N_ATOMS)
    # S_-|alpha> = alpha|alpha>: S_- takes every rung of the ladder to alpha times the rung below.
    rung, crss = ground, ground
    for _ in range(N_ATOMS):
        raised = lowering.dag() * rung
        rung = raised * (-2j * rabi_frequency / 3.0) * rung.norm() ** 2 / raised.norm() ** 2
        crss = crss + rung
    crss = crss.unit()
    result = qutip.mesolve(
        qutip_reference.hamiltonian(N_ATOMS, rabi_frequency),
        ground,
        [0.0, *transient["time"]],
        qutip_reference.collapse_operators(N_ATOMS, 3.0, 1.0),
        e_ops=[s_z, crss * crss.dag()],
        options={"rtol": 1e-10, "atol": 1e-12},
    )
    np.testing.assert_allclose(transient["s_z"], result.expect[0][1:], atol=1e-7)
    np.testing.assert_allclose(transient["crss_fidelity"] ** 2, result.expect[1][1:], atol=1e-7)


def test_rounding_above_one_is_removed_and_more_is_refused():
    np.testing.assert_array_equal(common.at_most_one(np.array([0.5, 1 + 1e-15])), [0.5, 1.0])
    for value in (1 + 1e-6, np.nan):
        with pytest.raises(checks.CertificateError, match="a fidelity is not at most 1"):
            common.at_most_one(np.array([0.5, value]))
