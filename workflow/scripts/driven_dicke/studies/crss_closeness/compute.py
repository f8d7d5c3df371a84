"""How close rho_+ is to the CRSS of spin N/2, and to the CRSS of each spin that it holds: Fig. ext5."""

import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from driven_dicke.closed_form import absorber
from driven_dicke.closed_form.spin_content import (
    PlusLimit,
    SpinContent,
    content_of_blocks,
    own_spin_infidelity_law,
    spin_content,
)
from driven_dicke.generator import phases
from driven_dicke.mean_field import branches as mean_field
from driven_dicke.model import checks, crss
from driven_dicke.model.dicke_basis import doubled_spins
from driven_dicke.model.parameters import Model
from driven_dicke.studies.common import at_most_one, drive_at, missing, model_of, value_or_note
from driven_dicke.studies.crss_closeness import FIDELITY, LANDMARKS, SPINS
from driven_dicke.studies.resolution import require_resolved


def compute(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Tables fidelity (`n_atoms` at `region_fractions`), spins and landmarks (`selected_n_atoms`, `selected_fraction`).

    Sizes up to `spectral_until` are decomposed as well. The law has rows where 2 |alpha| / N < 1/sqrt(2). A size
    without a bistable region, or a drive in it without two phases, keeps its rows, with a note.

    Raises:
        checks.ParameterError: a selected value is not on its list.
        checks.CertificateError: a decomposition fails its certificate.
    """
    selected, selected_sizes = parameters["selected_fraction"], parameters["selected_n_atoms"]
    if selected not in parameters["region_fractions"] or not set(selected_sizes) <= set(parameters["n_atoms"]):
        raise checks.ParameterError(
            "crss_closeness.selected_fraction and selected_n_atoms must be among region_fractions and n_atoms, but are "
            f"{selected} and {selected_sizes}"
        )
    rows: list[dict[str, Any]] = []
    spins, landmarks = [], []
    for n_atoms in parameters["n_atoms"]:
        model = model_of(parameters, n_atoms)
        for fraction in parameters["region_fractions"]:
            drive, note = value_or_note(partial(drive_at, model, fraction))
            sources = ["closed_form"] if n_atoms > parameters["spectral_until"] else ["spectral", "closed_form"]
            contents: dict[str, SpinContent] = {}
            notes = dict.fromkeys(sources, note)
            if not note:
                contents, notes = contents_of(model, drive, sources)
            place = {"n_atoms": n_atoms, "region_fraction": fraction, "drive": drive}
            rows += [place | row for row in ([] if note else summaries(model, drive, contents))]
            rows += [missing(FIDELITY, reason) | place | {"source": source} for source, reason in notes.items()]
            if fraction == selected and n_atoms in selected_sizes:
                spins += [spin_columns(model, drive, source, content) for source, content in contents.items()]
                spins += [no_spins(model, drive, source, reason) for source, reason in notes.items()]
                landmarks.append(missing(LANDMARKS, note) | {"n_atoms": n_atoms} if note else landmark(model, drive))
            logging.info("N = %d at %.4f Omega_c: %s", n_atoms, drive, ", ".join(contents) or note)
    return {
        "fidelity": {name: np.array([row[name] for row in rows]) for name in rows[0]},
        "spins": {name: np.concatenate([part[name] for part in spins]) for name in spins[0]},
        "landmarks": {name: np.array([row[name] for row in landmarks]) for name in landmarks[0]},
    }


def contents_of(model: Model, drive: float, sources: list[str]) -> tuple[dict[str, SpinContent], dict[str, str]]:
    """Spin content of rho_+ by its source, and by its source why there is none; of `sources`."""
    rabi_frequency = model.rabi_frequency(drive)

    def of_spectrum() -> SpinContent:
        require_resolved(model, rabi_frequency)
        return content_of_blocks(phases.decompose(model, rabi_frequency).plus, model, rabi_frequency)

    def of_pairs() -> SpinContent:
        return spin_content(absorber.restricted(absorber.pair_distribution(model, rabi_frequency)).plus)

    contents, notes = {}, {}
    for source in sources:
        try:
            contents[source] = {"spectral": of_spectrum, "closed_form": of_pairs}[source]()
        except checks.ParameterError as error:
            logging.info("left out: %s", error)
            notes[source] = str(error)
    return contents, notes


def summaries(model: Model, drive: float, contents: Mapping[str, SpinContent]) -> list[dict[str, Any]]:
    """What the table fidelity says of each content, and of the law where it and rho_+ in closed form exist."""
    rows: list[dict[str, Any]] = [
        {
            "source": source,
            "crss_fidelity": content.largest_spin_fidelity,
            "own_spin_infidelity": content.own_spin_infidelity,
            "mean_spin": content.mean,
            "spin_spread": content.spread,
            "rate": np.nan,
            "note": "",
        }
        for source, content in contents.items()
    ]
    rabi_frequency = model.rabi_frequency(drive)
    if "closed_form" in contents and -2 * crss.amplitude(model, rabi_frequency) / model.n_atoms < np.sqrt(0.5):
        limit = PlusLimit(model, rabi_frequency)
        rows.append(
            {
                "source": "law",
                "crss_fidelity": limit.largest_spin_fidelity,
                "own_spin_infidelity": limit.own_spin_infidelity,
                "mean_spin": limit.length,
                "spin_spread": limit.spread,
                "rate": limit.rate,
                "note": "",
            }
        )
    return rows


def spin_columns(model: Model, drive: float, source: str, content: SpinContent) -> dict[str, Any]:
    """Columns of contracts.crss_closeness.SPINS of one content, j falling."""
    size = content.doubled_spins.size
    relative = content.doubled_spins / model.n_atoms
    fidelity = at_most_one(np.nan_to_num(content.crss_fidelity))
    return {
        "n_atoms": np.full(size, model.n_atoms),
        "drive": np.full(size, drive),
        "source": np.full(size, source),
        "j": content.doubled_spins / 2,
        "relative_spin": relative,
        "weight": content.weight,
        "crss_fidelity": np.where(np.isnan(content.crss_fidelity), np.nan, fidelity),
        "infidelity_law": own_spin_infidelity_law(model, model.rabi_frequency(drive), relative),
        "note": np.full(size, ""),
    }


def no_spins(model: Model, drive: float, source: str, note: str) -> dict[str, Any]:
    """The same of a source without content: no weight of any spin, and why."""
    doubled = doubled_spins(model.n_atoms)
    names = [column.name for column in SPINS.columns if column.optional]
    return dict.fromkeys(names, np.full(doubled.size, np.nan)) | {
        "n_atoms": np.full(doubled.size, model.n_atoms),
        "drive": np.full(doubled.size, drive),
        "source": np.full(doubled.size, source),
        "j": doubled / 2,
        "relative_spin": doubled / model.n_atoms,
        "note": np.full(doubled.size, note),
    }


def landmark(model: Model, drive: float) -> dict[str, Any]:
    """Row of contracts.crss_closeness.LANDMARKS."""
    ratio = model.collective_rate / model.single_atom_rate
    spin = mean_field.spin(ratio, drive, mean_field.branches(ratio, drive).lower)
    return {
        "n_atoms": model.n_atoms,
        "drive": drive,
        "mean_field_spin": float(np.linalg.norm(spin)),
        "shortest_spin": -2 * crss.amplitude(model, model.rabi_frequency(drive)) / model.n_atoms,
        "note": "",
    }
