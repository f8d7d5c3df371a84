"""The two phases as parts of the absorber state: distance from the spectral ones, and the best squeezing of rho_+.

`absorber.restricted` cuts the weights p_k at the minimum between their two maxima. What it neglects, the coherences
across the cut, is as rare as a switch.
"""

from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize_scalar

from driven_dicke.closed_form import absorber
from driven_dicke.mean_field import branches as mean_field
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import Blocks, FloatArray
from driven_dicke.model.observables import number_of_atoms
from driven_dicke.model.parameters import Model

SMALLEST_N_ATOMS = 32  # below, the closed form of rho_+ has no squeezing optimum within the bistable region


class Optimum(NamedTuple):
    """Least xi^2 of rho_+, and the drive Omega / Omega_c where it lies."""

    drive: float
    xi2: float


class EdgeLaw(NamedTuple):
    """Where rho_+ is squeezed best at large N, as spread r = sqrt(1 - 2 w^2), and how far xi^2 is then from 2/3."""

    spread: float
    excess: float


def trace_distance(first: Blocks, second: Blocks) -> float:
    """(1/2) ||rho - sigma||_1 of two states given as weighted blocks.

    The sum of absolute eigenvalues of all blocks is the trace norm in the space of 2^N states: block j stands for d_j
    equal copies that carry 1/d_j of it each. Unlike products of states, it needs no convention.

    Raises:
        checks.ParameterError: the states have different numbers of atoms.
    """
    if number_of_atoms(first) != number_of_atoms(second):
        raise checks.ParameterError(
            f"arguments first and second must be states of equally many atoms, but have {number_of_atoms(first)} and "
            f"{number_of_atoms(second)}"
        )
    return sum(float(np.abs(np.linalg.eigvalsh(a - b)).sum()) for a, b in zip(first, second, strict=True)) / 2


def mixture(phases: absorber.RestrictedPhases) -> Blocks:
    """a_+ rho_+ + a_- rho_- of the closed form: the steady state without its coherences across the cut."""
    weights = np.exp([phases.log_weight_plus, phases.log_weight_minus])
    parts = absorber.blocks(phases.plus), absorber.blocks(phases.minus)
    return [weights[0] * plus + weights[1] * minus for plus, minus in zip(*parts, strict=True)]


def barrier_depth(part: absorber.PairDistribution) -> float:
    """ln of the largest p_k over p_k at the cut, of a rho_+ from `absorber.restricted`; below about 5 it has no cut."""
    return float(part.log_weight.max() - part.log_weight[part.last])


def edge_law(n_atoms: int) -> EdgeLaw:
    """Least value of 2r/9 + (1/3) sqrt(2 N r / pi) exp(-2 N r^3 / 3) over r = sqrt(1 - 2 w^2), w = Omega / Omega_c.

    The first term is xi^2 - 2/3 of the mean field near the edge r = 0. There p_k, of variance N / (4r) about its
    maximum, falls by exp(-2 N r^3 / 3) to the cut, where it adds p_cut (N w)^2 / 8 to Var S_y'. The least value tends
    to (2/9) (ln N / N)^(1/3), as ln ln N / ln N; the sum itself is right to order 1 / ln N.

    Raises:
        checks.ParameterError: n_atoms < 2.
    """
    n = float(checks.integer("n_atoms", n_atoms, 2))

    def excess(r: float) -> float:
        return 2 * r / 9 + np.sqrt(2 * n * r / np.pi) / 3 * np.exp(-2 * n * r**3 / 3)

    leading = float(np.cbrt(np.log(n) / n))
    # From 0.8 on, right of the maximum that the second term makes at r ~ N^(-1/3).
    bounds, accuracy = (0.8 * leading, 3 * leading), 1e-6 * leading
    found = minimize_scalar(excess, bounds=bounds, method="bounded", options={"xatol": accuracy})
    return EdgeLaw(float(found.x), float(found.fun))


def best_squeezing(model: Model, points: int = 16) -> Optimum:
    """Least xi^2 of the closed form of rho_+ over the drive within the bistable region (B5).

    Args:
        model: n_atoms >= 32, with a bistable region.
        points: drives of the first search, before the refinement.

    Raises:
        checks.ParameterError: an argument is out of range, there is no bistable region, or xi2 falls to its edge.
        checks.CertificateError: the least value lies at another end of the searched range.
    """
    checks.integer("n_atoms", model.n_atoms, SMALLEST_N_ATOMS)
    checks.integer("points", points, 3)
    edges = mean_field.bistability_edges(model.collective_rate / model.single_atom_rate)

    def xi2(drive: float) -> float:
        pairs = absorber.pair_distribution(model, model.rabi_frequency(drive))
        return absorber.moments(absorber.restricted(pairs).plus).xi2

    spread = edge_law(model.n_atoms).spread
    region = float(np.sqrt(1 - (edges.lower / edges.upper) ** 2))
    spreads = np.linspace(min(2 * spread, region), spread / 2, points)
    drives: FloatArray = edges.upper * np.sqrt(1 - spreads**2)
    values = [xi2(float(drive)) for drive in drives]
    least = int(np.argmin(values))
    if region <= spread / 2 or (region < 2 * spread and least == 0):
        raise checks.ParameterError(
            f"xi2 of rho_+ has no least value within the bistable region, {edges.lower:.4g} to {edges.upper:.4g} "
            f"Omega_c, at N = {model.n_atoms}"
        )
    if least in (0, points - 1):
        raise checks.CertificateError(
            f"xi2 of rho_+ has no least value between {drives[0]:.5f} and {drives[-1]:.5f} Omega_c at "
            f"N = {model.n_atoms}"
        )
    bounds = float(drives[least - 1]), float(drives[least + 1])
    accuracy = 1e-3 * (bounds[1] - bounds[0])  # of the drive; the square of it in xi^2, of order 1e-6 of its excess
    found = minimize_scalar(xi2, bounds=bounds, method="bounded", options={"xatol": accuracy})
    return Optimum(float(found.x), float(found.fun))
