"""Spectra of both ports and second-order coherence within and between them, below, at and above the transition."""

import logging
from collections.abc import Mapping
from typing import Any

import numpy as np

from driven_dicke.closed_form import absorber
from driven_dicke.generator.correlations import Light
from driven_dicke.generator.counting import TwoStates
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import FloatArray
from driven_dicke.model.parameters import Model
from driven_dicke.studies.common import grid, model_of
from driven_dicke.studies.two_states import PORTS, transition_drive, two_states

Columns = dict[str, Any]


def compute(parameters: Mapping[str, Any]) -> dict[str, Columns]:
    """Tables spectra, light_rates and coherence, for every N and place.

    The side port, whose first-order coherence needs an atom unlike the others, has spectra up to `side_until` atoms.

    Raises:
        checks.CertificateError: a correlation does not settle.
    """
    frequencies = 10 ** grid(parameters["log_frequency"])
    times = 10 ** grid(parameters["log_time"])
    spectra: list[Columns] = []
    rates: list[Columns] = []
    coherence: list[Columns] = []
    for n_atoms in parameters["n_atoms"]:
        model = model_of(parameters, n_atoms)
        middle, note = transition_drive(model)
        for place in parameters["places"]:
            drive = float(place * middle)
            here = {"n_atoms": n_atoms, "place": float(place), "drive": drive, "note": note}
            omega = model.rabi_frequency(drive)
            light = Light(model, omega, absorber.density_blocks(model, omega))
            found = {"cavity": light.collective_coherence}
            if n_atoms <= parameters["side_until"]:
                found["side"] = light.individual_coherence()
            for port, first_order in found.items():
                total = float(first_order(0.0))
                density = first_order.spectrum(frequencies) / total
                spectra.append(here | {"port": port, "frequency": frequencies, "spectrum": density})
                share = first_order.constant / total
                rates.append(here | {"port": port, "rate": light.rates[PORTS.index(port)], "coherent_share": share})
            coherence += pairs(light, here, times, model, omega)
            logging.info("light of N = %d at %.4f Omega_c", n_atoms, drive)
    return {"spectra": stacked(spectra), "light_rates": stacked(rates), "coherence": stacked(coherence)}


def pairs(light: Light, here: Columns, times: FloatArray, model: Model, omega: float) -> list[Columns]:
    """Parts of COHERENCE: every pair of ports."""
    try:
        states = two_states(model, omega)
    except checks.ParameterError as error:
        logging.info("no two phases: %s", error)
        states = {}
    rows = []
    for first, row in zip(PORTS, light.second_order(), strict=True):
        for second, exact in zip(PORTS, row, strict=True):
            both = telegraph(states[first], states[second], times) if states else np.full(times.size, np.nan)
            rows.append(
                here | {"first": first, "second": second, "time": times, "g2": exact(times), "two_states": both}
            )
    return rows


def telegraph(first: TwoStates, second: TwoStates, times: FloatArray) -> FloatArray:
    """g2 of Poissonian light of two states, 1 + a_+ a_- (r_+ - r_-)(r'_+ - r'_-) e^(-lambda tau) / (r r')."""
    share = first.share_plus
    contrast = (first.rate_plus - first.rate_minus) * (second.rate_plus - second.rate_minus)
    decay = np.exp(-(first.leave_plus + first.leave_minus) * times)
    return 1 + share * (1 - share) * contrast * decay / (first.rate * second.rate)


def stacked(parts: list[Columns]) -> Columns:
    """Columns of a table from parts in which some values are arrays and the others hold for all of it."""
    lengths = [max(np.size(value) for value in part.values()) for part in parts]
    return {
        name: np.concatenate([np.broadcast_to(part[name], n) for part, n in zip(parts, lengths, strict=True)])
        for name in parts[0]
    }
