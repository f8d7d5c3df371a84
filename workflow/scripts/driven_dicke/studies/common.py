"""How every study reads its parameters."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from driven_dicke.mean_field import branches as mean_field
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import FloatArray
from driven_dicke.model.parameters import Model
from driven_dicke.pipeline.contract import Contract


def model_of(parameters: Mapping[str, Any], n_atoms: int) -> Model:
    """The model of N atoms with the configured rates, in the tables' unit gamma_s = 1."""
    return Model.in_units_of_gamma_s(n_atoms, parameters["rates"])


def bistability_edges(model: Model) -> mean_field.Edges:
    """Edges of the bistable region (B5), Omega / Omega_c.

    Raises:
        checks.ParameterError: there is none; the text is a note for a table.
    """
    ratio = model.collective_rate / model.single_atom_rate
    if ratio <= mean_field.BISTABILITY_RATIO:
        raise checks.ParameterError(
            f"the mean field of N = {model.n_atoms} at gamma_c = {model.gamma_c / model.gamma_s:g} gamma_s is nowhere "
            f"bistable: Gamma / gamma is {ratio:.3g}, not above 8"
        )
    return mean_field.bistability_edges(ratio)


def drive_at(model: Model, fraction: float) -> float:
    """The drive at `fraction` of the way from the lower to the upper edge of the bistable region (B5).

    Raises:
        checks.ParameterError: there is no such region.
    """
    edges = bistability_edges(model)
    return edges.lower + fraction * (edges.upper - edges.lower)


def grid(parameters: Mapping[str, Any]) -> FloatArray:
    """The values {start, stop, points} of a configured grid, equally spaced, both ends included."""
    return np.linspace(parameters["start"], parameters["stop"], parameters["points"])


def time_grid(parameters: Mapping[str, Any]) -> FloatArray:
    """The times {spacing, start, stop, points} of a configured grid, both ends included, in 1/gamma_s."""
    spaced = np.geomspace if parameters["spacing"] == "logarithmic" else np.linspace
    return spaced(parameters["start"], parameters["stop"], parameters["points"])


def value_or_note(compute: Callable[[], float]) -> tuple[float, str]:
    """The number that `compute` returns and no note; or NaN and, as a note, why the number does not exist.

    Only checks.ParameterError says that: nothing of the kind exists at these parameters. A failed certificate is no
    reason to leave a point out and passes on.
    """
    try:
        return compute(), ""
    except checks.ParameterError as error:
        logging.info("left out: %s", error)
        return float("nan"), str(error)


def row_or_note(compute: Callable[[], Mapping[str, Any]], contract: Contract) -> dict[str, Any]:
    """A table's row with an empty note, unless it has one; or every optional value of the contract NaN and the reason.

    As for `value_or_note`, only checks.ParameterError says that the row's object does not exist.
    """
    try:
        return {"note": "", **compute()}
    except checks.ParameterError as error:
        logging.info("left out: %s", error)
        return missing(contract, str(error))


def missing(contract: Contract, note: str) -> dict[str, Any]:
    """A row without its optional values: NaN in their columns, and `note`, which says why."""
    return {column.name: np.nan for column in contract.columns if column.optional} | {"note": note}


def at_most_one(fidelity: FloatArray) -> FloatArray:
    """Root fidelities without the rounding by which one may exceed 1.

    Raises:
        checks.CertificateError: the excess is more than rounding (1e-9).
    """
    if not fidelity.max() <= 1 + 1e-9:
        raise checks.CertificateError(f"a fidelity is not at most 1: {fidelity.max()!r}")
    return np.minimum(fidelity, 1.0)
