"""Exact rates of switching between large and small total spin, as a record of spin-resolved trajectories counts them.

A trajectory carries a label: it turns to "minus" when a jump leads to j(j+1) <= low, to "plus" when one leads to
j(j+1) >= high, and stays in between (hysteresis). The unnormalised states with either label obey

    d rho^+/dt = (L - J_-) rho^+ + J_+ rho^-,    d rho^-/dt = (L - J_+) rho^- + J_- rho^+,

where J_- is the part of the individual decay in L that ends in j(j+1) <= low, J_+ that which ends in j(j+1) >= high.
In the steady state the rate of leaving a label is the flux of probability out of it over its probability.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from driven_dicke.generator import liouvillian, stationary
from driven_dicke.generator.factorisation import Factorisation
from driven_dicke.generator.ordering import nested_dissection
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import SymmetricCoordinates
from driven_dicke.model.parameters import Model

_BALANCE_LIMIT = 1e-6  # of the two fluxes, which must be equal; they are computed apart


@dataclass(frozen=True)
class SwitchingRates:
    """Rates of leaving the two labels in the steady state.

    Attributes:
        plus, minus: rate of leaving the label of large and of small spin, unit of the rates.
        probability_plus: probability of the label "plus".
        imbalance: relative difference of the fluxes from plus to minus and back.
    """

    plus: float
    minus: float
    probability_plus: float
    imbalance: float


def switching_rates(model: Model, rabi_frequency: float, low: float, high: float) -> SwitchingRates:
    """Rates of leaving large and small spin, with a switch where j(j+1) falls to `low` or rises to `high`.

    Args:
        model: needs gamma_s > 0: only individual decay changes the spin.
        rabi_frequency: Omega >= 0, unit of the rates.
        low, high: thresholds of j(j+1), low < high, with at least one spin of N atoms beyond each.

    Raises:
        checks.ParameterError: an argument is out of range.
        checks.CertificateError: both labels together are no steady state, or their fluxes differ by more than 1e-6.
    """
    liouvillian.require_unique(model)
    coordinates = SymmetricCoordinates(model.n_atoms)
    spin = (coordinates.dimensions[coordinates.block] - 1) / 2
    is_low, is_high = spin * (spin + 1) <= low, spin * (spin + 1) >= high
    if not checks.real("low", low) < checks.real("high", high) or not is_low.any() or not is_high.any():
        raise checks.ParameterError(
            f"arguments low and high must rise and have a spin of {model.n_atoms} atoms with j(j+1) beyond each, but "
            f"are {low:g} and {high:g}"
        )
    generator = liouvillian.generator(model, rabi_frequency)
    to_minus, to_plus = (sparse.diags_array(rows.astype(float)) @ generator for rows in (is_low, is_high))
    # L - J_- differs from L in rows of j(j+1) <= low alone, which label plus does not have; L - J_+ likewise.
    labelled = sparse.block_array([[generator, to_plus], [to_minus, generator]], format="csc")

    # A state with label plus has j(j+1) > low, one with label minus j(j+1) < high. Both of a coordinate side by side
    # in the order of elimination; the row of the last population follows from the others and makes room for the trace.
    both = np.ravel([[index, index + spin.size] for index in nested_dissection(coordinates)])
    order = both[np.concatenate([~is_low, ~is_high])[both]]
    trace_row = np.tile(coordinates.trace_row, 2)[order]
    last = np.flatnonzero(trace_row)[-1]
    order, trace_row = (
        np.append(np.delete(order, last), order[last]),
        np.append(np.delete(trace_row, last), trace_row[last]),
    )
    bordered = sparse.vstack([labelled[order][:-1, order], sparse.csc_array(trace_row[None])], format="csc")
    right_hand_side = np.eye(1, order.size, order.size - 1)[0]
    factors = Factorisation(bordered, np.arange(order.size))
    solution = factors.solve(right_hand_side)
    solution += factors.solve(right_hand_side - bordered @ solution)

    state = np.zeros(2 * spin.size)
    state[order] = solution
    plus, minus = np.split(state, 2)
    stationary.certify(generator, coordinates.unpack(plus + minus))
    probability = float(coordinates.trace_row @ plus)
    falling, rising = (float(coordinates.trace_row @ part) for part in (to_minus @ plus, to_plus @ minus))
    imbalance = abs(falling / rising - 1)
    if not imbalance <= _BALANCE_LIMIT:
        raise checks.CertificateError(f"the fluxes between the two phases differ: {falling:.6e} and {rising:.6e}")
    return SwitchingRates(falling / probability, rising / (1 - probability), probability, imbalance)
