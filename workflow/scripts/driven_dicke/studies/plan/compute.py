"""From an experiment as people state it to the numbers that it should see."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from driven_dicke.closed_form import absorber, critical_point
from driven_dicke.generator import phases
from driven_dicke.mean_field import branches as mean_field
from driven_dicke.model import checks, observables
from driven_dicke.model.observables import Observables, SpinMoments, spin_squeezing
from driven_dicke.model.parameters import Model
from driven_dicke.studies.common import bistability_edges, value_or_note
from driven_dicke.switching import detection, switching_law
from driven_dicke.switching.switching_law import OfPhases

FAST, SLOW = 10.0, 1.0  # kappa / (N gamma_c) from which a cavity counts as fast, and below which as too slow
PORTS = ("cavity", "side")


def compute(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Table plan.

    Raises:
        checks.ParameterError: an experiment states too little or too much; the text names it and its key.
    """
    rows = []
    for experiment in parameters["experiments"]:
        rows += [
            {"experiment": experiment["name"], **row}
            for row in plan(experiment, parameters["error"], parameters["spectral_until"])
        ]
        logging.info("planned %s", experiment["name"])
    return {"plan": {name: [row[name] for row in rows] for name in rows[0]}}


@dataclass
class Sheet:
    """Rows of the plan, in order."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    topic: str = ""

    def add(self, quantity: str, value: float = np.nan, unit: str = "1", remark: str = "") -> None:
        """One number, or one statement."""
        self.rows.append(
            {"topic": self.topic, "quantity": quantity, "value": float(value), "unit": unit, "remark": remark}
        )


class Phase(NamedTuple):
    """One phase at the drive of the experiment."""

    expected: Observables
    moments: SpinMoments
    log_leave: float  # ln of the rate of leaving it, unit of gamma_s


def plan(experiment: Mapping[str, Any], error: float = 1e-3, spectral_until: int = 64) -> list[dict[str, Any]]:
    """Expected numbers of one experiment, as rows of topic, quantity, value, unit and remark.

    Args:
        experiment: the keys of an entry of config/plan.yaml.
        error: with which the phases are to be told apart.
        spectral_until: atoms up to which the phases are taken from the spectrum, beyond from the closed form.

    Raises:
        checks.ParameterError: an experiment states too little or too much; the text names it and its key.
    """
    sheet = Sheet()
    model, unit = _rates(sheet, experiment)
    drive = _drive(sheet, experiment, model)
    both = _phases(sheet, experiment, model, drive, unit, spectral_until)
    if both:
        _telling_apart(sheet, experiment, both, model, unit, error)
    return sheet.rows


def _exactly_one(experiment: Mapping[str, Any], first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    given = [keys for keys in (first, second) if all(key in experiment for key in keys)]
    some = [key for key in (*first, *second) if key in experiment]
    if len(given) != 1 or len(some) != len(given[0]):
        raise checks.ParameterError(
            f"config/plan.yaml: experiment {experiment['name']} must give either {' and '.join(first)}, or "
            f"{' and '.join(second)}, but gives {', '.join(some) or 'none of them'}"
        )
    return given[0]


def _rates(sheet: Sheet, experiment: Mapping[str, Any]) -> tuple[Model, float]:
    """The model in units of gamma_s, and gamma_s in 1/s."""
    sheet.topic = "Rates of the model"
    atom, n_atoms = experiment["atom_linewidth"], experiment["n_atoms"]
    given = _exactly_one(experiment, ("coupling", "cavity_linewidth"), ("cooperativity",))
    if "cooperativity" in given:
        ratio = experiment["cooperativity"]
    else:
        ratio = 4 * experiment["coupling"] ** 2 / experiment["cavity_linewidth"] / atom
    sheet.add("gamma_s / 2 pi", atom, "MHz", "linewidth of the atom: decay out of the side of the cavity")
    sheet.add("gamma_c / 2 pi", ratio * atom, "MHz", "4 g^2 / kappa, (A8) on resonance")
    sheet.add("gamma_c / gamma_s", ratio, "1", "cooperativity of one atom")
    if "cavity_linewidth" in experiment:
        speed = experiment["cavity_linewidth"] / (n_atoms * ratio * atom)
        verdict = "fast" if speed >= FAST else "too slow" if speed < SLOW else "hardly fast"
        sheet.add(
            "kappa / (N gamma_c)",
            speed,
            "1",
            f"{verdict}: Eq. (1) takes the cavity to follow the atoms at once, which wants much more than 1"
            + ("" if speed >= FAST else "; all numbers below are those of Eq. (1) all the same"),
        )
    else:
        sheet.add("kappa / (N gamma_c)", np.nan, "1", "not known: no cavity is given; it must be much more than 1")
    return Model(n_atoms, ratio), 2 * np.pi * 1e6 * atom


def _drive(sheet: Sheet, experiment: Mapping[str, Any], model: Model) -> float:
    """Omega / Omega_c."""
    sheet.topic = "Drive"
    given = _exactly_one(experiment, ("drive",), ("photons",))
    coupling = experiment.get("coupling")
    gamma_s = experiment["atom_linewidth"]
    critical = model.critical_drive * gamma_s
    if "photons" in given:
        if coupling is None:
            raise checks.ParameterError(
                f"config/plan.yaml: experiment {experiment['name']} gives photons, which needs coupling; give drive"
            )
        drive = coupling * np.sqrt(experiment["photons"]) / critical
    else:
        drive = experiment["drive"]
    sheet.add("Omega_c / 2 pi", critical, "MHz", "(N - 1) gamma_c / 4")
    sheet.add("Omega / Omega_c", drive)
    if coupling is not None:
        sheet.add("photons in the empty cavity", (drive * critical / coupling) ** 2, "1", "(Omega / g)^2")
    edges: list[mean_field.Edges] = []

    def lower_edge() -> float:
        edges.append(bistability_edges(model))
        return edges[0].lower

    lower, note = value_or_note(lower_edge)
    sheet.add("bistable from Omega / Omega_c", lower, "1", note or "mean field, (B5)")
    if edges:
        sheet.add("bistable to Omega / Omega_c", edges[0].upper, "1", "mean field, (B5)")
        critical_drive, note = value_or_note(lambda: critical_point.critical_drive(model))
        sheet.add("Omega_PT / Omega_c", critical_drive, "1", note or "exact <S_z> midway between the branches, (C2)")
    return float(drive)


def _phases(
    sheet: Sheet, experiment: Mapping[str, Any], model: Model, drive: float, unit: float, spectral_until: int
) -> dict[str, Phase]:
    """Both phases, or none; and what is expected of them and of the steady state."""
    omega = model.rabi_frequency(drive)
    both: dict[str, Phase] = {}

    def find() -> float:
        bistability_edges(model)
        both.update(_of_spectrum(model, omega) if model.n_atoms <= spectral_until else _of_pairs(model, drive))
        return 0.0

    _, note = value_or_note(find)
    for name, title in (("plus", "Phase rho_+"), ("minus", "Phase rho_-")):
        if name in both:
            sheet.topic = title
            _expect(sheet, experiment, model, unit, both[name].expected)
    sheet.topic = "Steady state"
    _expect(sheet, experiment, model, unit, absorber.steady_state_moments(model, omega))
    sheet.topic = "Switching"
    if not both:
        sheet.add("dwell times", np.nan, "s", f"no two phases: {note}")
        return {}
    source = "spectrum" if model.n_atoms <= spectral_until else "law of Ext. 3, for N -> infinity"
    for name in ("plus", "minus"):
        log_dwell = -both[name].log_leave - np.log(unit)
        symbol = "rho_+" if name == "plus" else "rho_-"
        sheet.add(f"log10 of the mean dwell time in {symbol}", log_dwell / np.log(10), "log10 s", source)
        expected = experiment["duration"] * np.exp(min(-log_dwell, 700.0))
        seen = -np.expm1(-expected)
        remark = "seen" if seen > 0.95 else "hardly ever seen" if seen < 0.05 else "sometimes seen"
        sheet.add(f"probability to see {symbol} left within a run", seen, "1", remark)
    return both


def _of_spectrum(model: Model, omega: float) -> dict[str, Phase]:
    split = phases.decompose(model, omega)
    # In the extreme states both weights add up to 1; the parts of rho_1 only nearly.
    share = split.a_plus / (split.a_plus + split.a_minus)
    leave = {"plus": split.gap * (1 - share), "minus": split.gap * share}
    return {
        name: Phase(observables.expectation(blocks), observables.spin_moments(blocks), float(np.log(leave[name])))
        for name, blocks in (("plus", split.plus), ("minus", split.minus))
    }


def _of_pairs(model: Model, drive: float) -> dict[str, Phase]:
    parts = absorber.restricted(absorber.pair_distribution(model, model.rabi_frequency(drive)))
    leave = switching_law.log_rates(model, drive)
    return {
        name: Phase(absorber.moments(pairs), absorber.spin_moments(pairs), getattr(leave, name))
        for name, pairs in (("plus", parts.plus), ("minus", parts.minus))
    }


def count_rates(experiment: Mapping[str, Any], model: Model, unit: float, expected: Observables) -> list[float]:
    """Counts per second at the detectors of PORTS: collective light through the mirrors, the rest out of the side."""
    emitted = (model.gamma_c * expected.intensity, expected.s_z + model.n_atoms / 2)
    return [
        experiment["efficiency"][port] * unit * photons + experiment["dark_counts"][port]
        for port, photons in zip(PORTS, emitted, strict=True)
    ]


def _expect(sheet: Sheet, experiment: Mapping[str, Any], model: Model, unit: float, expected: Observables) -> None:
    sheet.add("2 <S_z> / N", 2 * expected.s_z / model.n_atoms)
    for port, rate in zip(PORTS, count_rates(experiment, model, unit, expected), strict=True):
        sheet.add(f"counts at the {port} detector", rate, "1/s", "dark counts among them")
    sheet.add("g2(0) through the mirrors", expected.g2)
    sheet.add("xi^2", expected.xi2, "1", "squeezed" if expected.xi2 < 1 else "")


def _telling_apart(
    sheet: Sheet, experiment: Mapping[str, Any], both: Mapping[str, Phase], model: Model, unit: float, error: float
) -> None:
    sheet.topic = "Telling the phases apart"
    plus, minus = (count_rates(experiment, model, unit, both[name].expected) for name in ("plus", "minus"))
    needed = detection.distinguishing_time(plus, minus, error)
    sheet.add(f"time to tell them apart with error {error:g}", needed, "s", "Chernoff bound, both detectors")
    correlation = 1 / (unit * model.collective_rate)
    if needed < 100 * correlation:
        sheet.add(
            "correlation time of the light",
            correlation,
            "s",
            "not much shorter: counts in such a time are bunched; take a few times longer",
        )
    shortest = min(-both[name].log_leave for name in ("plus", "minus")) - np.log(unit)
    if shortest > np.log(1e9 * experiment["duration"]):
        sheet.add("error of the filter on the counts", 0.0, "1", "no switch within a run")
    else:
        leave = OfPhases(*(float(np.exp(both[name].log_leave)) * unit for name in ("plus", "minus")))
        wrong = detection.filter_error(plus, minus, leave)
        how = f"simulated, +- {wrong.standard_error:.1g}" if wrong.simulated else "estimated from the delay of a switch"
        sheet.add("error of the filter on the counts", wrong.probability, "1", f"two-state hidden Markov filter, {how}")
    heralded = _mixture(model.n_atoms, both, error)
    sheet.add("xi^2 once rho_+ is heralded", heralded, "1", f"with error {error:g}")


def _mixture(n_atoms: int, both: Mapping[str, Phase], error: float) -> float:
    """xi^2 of (1 - error) rho_+ + error rho_-."""
    plus, minus = both["plus"].moments, both["minus"].moments
    mean = (1 - error) * plus.mean + error * minus.mean
    apart = plus.mean - minus.mean
    covariance = (1 - error) * plus.covariance + error * minus.covariance
    return spin_squeezing(n_atoms, mean, covariance + error * (1 - error) * np.outer(apart, apart))
