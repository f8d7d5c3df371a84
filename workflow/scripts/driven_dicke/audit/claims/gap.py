"""Claims 11 and 12: the Liouvillian gap (Sec. IV, Fig. 3)."""

import numpy as np
from scipy.integrate import quad

from driven_dicke.audit.claims.claim import Evidence, Result, Undecided, Verdict, decides, exponential, local_rates
from driven_dicke.closed_form import absorber


def barrier_rate(drive: float) -> float:
    """Smaller barrier of -ln p_k per atom for N -> infinity: the exponential rate at which the gap closes at last."""
    x_minus, x_plus = absorber.mean_field_pair_fractions(drive)

    def slope(x: float) -> float:
        return float(np.log(drive**2 / (2 * x * (1 - x))))

    return min(-quad(slope, x_minus, x_plus)[0], quad(slope, x_plus, 1)[0])


@decides("11")
def closing(evidence: Evidence) -> Result:
    data = evidence.data("gap").sort_values("n_atoms")
    rates = local_rates(data["n_atoms"], data["gap_eigenvalue"])
    law, drive = evidence.complete("law").iloc[0], float(data["drive"].iloc[0])
    return Result(
        exponential(data["n_atoms"], data["gap_eigenvalue"], evidence["rate_spread"]),
        f"lambda_1 from {data['gap_eigenvalue'].iloc[0]:.4g} (N = {data['n_atoms'].iloc[0]}) to "
        f"{data['gap_eigenvalue'].iloc[-1]:.4g} gamma_s (N = {data['n_atoms'].iloc[-1]}), exponential law "
        f"{law.rate:.4f} +- {law.rate_error:.4f} per atom, not the asymptotic one: it goes from "
        f"{rates[0]:.4f} to {rates[-1]:.4f} (largest {rates.max():.4f}), and the barrier of the closed form gives "
        f"{barrier_rate(drive):.4f} for N -> infinity at {drive:g} Omega_c",
        float(law.rate),
        float(law.rate_error),
    )


@decides("12")
def fitted(evidence: Evidence) -> Result:
    data, validation = evidence.complete("gap"), evidence.data("gap_validation")
    small = data[data["n_atoms"] <= evidence["diagonalised_n_atoms"]]
    if small.empty:
        raise Undecided("no size small enough")
    deviation = np.abs(data["gap_fit"] / data["gap_eigenvalue"] - 1)
    largest, everywhere = float(deviation[small.index].max()), float(deviation.max())
    complete = float(validation["relative_deviation"].max())
    good = largest <= evidence["fit_deviation"] and bool(validation["within"].all())
    return Result(
        Verdict.REPRODUCED if good else Verdict.NOT_REPRODUCED,
        f"largest relative deviation {largest:.1e} for N <= {small['n_atoms'].max()}, {everywhere:.1e} up to N = "
        f"{data['n_atoms'].max()}; eigenvalues against complete spectra: {complete:.1e}",
        largest,
    )
