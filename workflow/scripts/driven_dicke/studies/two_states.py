"""The two phases as a two-state process of their photons: what several studies compare exact light with."""

import numpy as np

from driven_dicke.closed_form.critical_point import critical_drive
from driven_dicke.generator import phases
from driven_dicke.generator.counting import Port, TwoStates
from driven_dicke.model.observables import Observables, expectation
from driven_dicke.model.parameters import Model
from driven_dicke.studies.common import bistability_edges, value_or_note
from driven_dicke.studies.resolution import require_resolved

PORTS: tuple[Port, ...] = ("cavity", "side")
STAND_IN = 0.7  # Omega_c, where there is no critical point


def photon_rates(model: Model, state: Observables) -> dict[str, float]:
    """gamma_c <S_+S_-> and gamma_s (N/2 + <S_z>), by port."""
    return {
        "cavity": model.gamma_c * state.intensity,
        "side": model.gamma_s * (model.n_atoms / 2 + state.s_z),
    }


def two_states(model: Model, rabi_frequency: float) -> dict[str, TwoStates]:
    """The two-state process of either port, at the rates of leaving lambda_1 a_-+ / (a_+ + a_-).

    Raises:
        checks.ParameterError: there is no bistable region, rounding hides the slow mode, or there are no two phases.
        checks.CertificateError: the decomposition fails its certificate.
    """
    bistability_edges(model)
    require_resolved(model, rabi_frequency)
    split = phases.decompose(model, rabi_frequency)
    share = split.a_plus / (split.a_plus + split.a_minus)
    plus, minus = (photon_rates(model, expectation(blocks)) for blocks in (split.plus, split.minus))
    leave = split.gap * (1 - share), split.gap * share
    return {port: TwoStates(plus[port], minus[port], *leave) for port in PORTS}


def transition_drive(model: Model) -> tuple[float, str]:
    """Omega_PT / Omega_c by Eq. (C2); or a stand-in, and why."""
    drive, note = value_or_note(lambda: critical_drive(model))
    return (drive, "") if np.isfinite(drive) else (STAND_IN, f"relative to {STAND_IN} Omega_c: {note}")
