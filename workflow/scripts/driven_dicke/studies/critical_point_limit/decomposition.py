"""The critical point by the spectral decomposition: a_+ = a_-, as long as it can be computed. Fig. ext1."""

import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
from scipy.optimize import brentq

from driven_dicke.closed_form import critical_point
from driven_dicke.generator import phases
from driven_dicke.model import checks
from driven_dicke.model.parameters import Model
from driven_dicke.studies.common import model_of, row_or_note
from driven_dicke.studies.critical_point_limit import DECOMPOSITION
from driven_dicke.studies.phases.compute import certified_phases


def compute(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Table decomposition for every N of `n_atoms`: a_+ = a_- within `window` of the drive of Eq. (C2).

    The row of an N without a critical point, or whose weights do not cross within `window`, has a note instead.

    Raises:
        checks.CertificateError: a decomposition fails its certificate.
    """
    rows: list[dict[str, Any]] = []
    for n_atoms in parameters["n_atoms"]:
        model = model_of(parameters, n_atoms)
        row = row_or_note(partial(crossing, model, parameters), DECOMPOSITION)
        rows.append({"n_atoms": n_atoms} | row)
        logging.info(
            "N = %d: a_+ = a_- at %.5f, physical at %.5f", n_atoms, rows[-1]["drive"], rows[-1]["drive_physical"]
        )
    return {"decomposition": {name: np.array([row[name] for row in rows]) for name in rows[0]}}


def crossing(model: Model, parameters: Mapping[str, Any]) -> dict[str, float]:
    """A row of contracts.critical_point_limit.DECOMPOSITION.

    Weights with traces over blocks cross once. Physical a_- jumps where a block changes sides, so that there may be
    several crossings: the one closest to the first is looked for, in steps of `step` downwards.
    """
    tolerance = parameters["tolerance"]

    def excess(drive: float, suffix: str) -> float:
        found = phases.decompose(model, model.rabi_frequency(drive))
        return float(getattr(found, f"a_plus{suffix}") - getattr(found, f"a_minus{suffix}"))

    centre, window = critical_point.critical_drive(model), parameters["window"]
    if not excess(centre - window, "") > 0 > excess(centre + window, ""):
        raise checks.ParameterError(
            f"a_+ and a_- of N = {model.n_atoms} do not cross within {window:g} Omega_c of Eq. (C2), {centre:.4g}"
        )
    drive = float(brentq(excess, centre - window, centre + window, args=("",), xtol=tolerance))
    below = drive
    while excess(below, "_physical") < 0:
        below -= parameters["step"]
    physical = below
    if below < drive:
        physical = float(brentq(excess, below, below + parameters["step"], args=("_physical",), xtol=tolerance))
    found, columns = certified_phases(model, drive)
    there = phases.decompose(model, model.rabi_frequency(physical))
    return {
        "n_atoms": model.n_atoms,
        "drive": drive,
        "weight": found.a_plus,
        "difference": abs(found.a_plus - found.a_minus),
        "drive_physical": physical,
        "weight_physical": there.a_plus_physical,
        "difference_physical": abs(there.a_plus_physical - there.a_minus_physical),
        **{name: columns[name] for name in ("gap", "residual", "steady_state_error")},
    }
