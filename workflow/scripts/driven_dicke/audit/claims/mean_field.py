"""Claims 1-3: the mean field (Sec. III A, Appendix B)."""

import numpy as np
from scipy.optimize import minimize_scalar

from driven_dicke.audit.claims.claim import Evidence, Result, Undecided, Verdict, decides
from driven_dicke.mean_field import branches as mean_field

POINTS = 4001


def folds(gamma_ratio: float) -> tuple[float, float] | None:
    """Drives at which the number of steady states changes, without Eq. (B5); None if it never does.

    Eq. (2) gives the drive as a function of s_z: (Omega / Omega_c)^2 = -2 (1 + s) (s - g)^2 / s, g = gamma / Gamma.
    Where that rises throughout -1 < s < 0, every drive has one steady state; its extremes are the folds.
    """
    g = 1 / gamma_ratio

    def drive(s: float) -> float:
        return float(np.sqrt(-2 * (1 + s) / s) * abs(s - g))

    s_z = -np.geomspace(1 - 1e-9, 1e-3 * g, POINTS)
    values = np.array([drive(s) for s in s_z])
    falls = np.flatnonzero(np.diff(values) < 0)
    if falls.size == 0:
        return None
    top, bottom = falls[0], falls[-1] + 1
    upper = minimize_scalar(lambda s: -drive(s), bounds=(s_z[top - 1], s_z[top + 1]), options={"xatol": 1e-14})
    lower = minimize_scalar(drive, bounds=(s_z[bottom - 1], s_z[bottom + 1]), options={"xatol": 1e-14})
    return float(lower.fun), float(-upper.fun)


@decides("1")
def bistability(evidence: Evidence) -> Result:
    ratios = evidence["bistability_ratios"]
    exists = {ratio: folds(ratio) for ratio in ratios}
    wrong = [ratio for ratio, found in exists.items() if (found is not None) != (ratio > mean_field.BISTABILITY_RATIO)]
    rows = evidence.data("edges")[["gamma_ratio", "lower_edge", "upper_edge"]].to_numpy()
    table: dict[float, tuple[float, ...]] = {float(ratio): (float(low), float(high)) for ratio, low, high in rows}
    printed = {ratio: tuple(mean_field.bistability_edges(ratio)) for ratio in ratios if exists[ratio]} | table
    found = {ratio: folds(ratio) for ratio in printed}
    deviations = [
        abs(edge / expected - 1)
        for ratio, edges in found.items()
        for edge, expected in zip(edges or (np.inf, np.inf), printed[ratio], strict=True)
    ]
    if not deviations:
        raise Undecided("no configured Gamma / gamma above 8")
    largest = max(deviations)
    good = not wrong and largest <= evidence["edge_deviation"]
    return Result(
        Verdict.REPRODUCED if good else Verdict.NOT_REPRODUCED,
        f"a region with three steady states at Gamma/gamma = {', '.join(f'{r:g}' for r in ratios if exists[r])}, none "
        f"at {', '.join(f'{r:g}' for r in ratios if not exists[r])}; folds of Omega(s_z) against (B5): largest "
        f"relative deviation {largest:.1e}",
        largest,
    )


@decides("2")
def collective_limit(evidence: Evidence) -> Result:
    ratios, drives = evidence["collective_ratios"], np.array(evidence["collective_drives"])
    spread = mean_field.zeroth_order_spread(drives)
    rows = []
    for ratio in ratios:
        lower, middle, upper = mean_field.branches(ratio, drives)
        edges = mean_field.bistability_edges(ratio)
        distance = (lower + (1 + spread) / 2, middle + (1 - spread) / 2, upper)
        branch = float(np.max(np.abs(distance)))  # NaN where a branch does not exist
        rows.append((abs(edges.upper - np.sqrt(0.5)), edges.lower, branch))
    distances = np.array(rows, dtype=float)
    if not np.isfinite(distances).all():
        raise Undecided("a configured drive lies outside the bistable region at a configured Gamma / gamma")
    falls = bool((np.diff(distances, axis=0) < 0).all())
    last = float(distances[-1].max())
    return Result(
        Verdict.REPRODUCED if falls and last <= evidence["collective_deviation"] else Verdict.NOT_REPRODUCED,
        "distances of upper edge from 1/sqrt(2), of lower edge from 0, of s_z from Eq. (3): "
        + "; ".join(
            f"Gamma/gamma = {ratio:g}: {', '.join(f'{x:.1e}' for x in row)}"
            for ratio, row in zip(ratios, distances, strict=True)
        ),
        last,
    )


@decides("3")
def perturbation(evidence: Evidence) -> Result:
    audit = evidence.data("equations")
    named = audit["identifier"].str.match(r"(B9|B10|B11|B12)")
    if not named.any():
        raise Undecided("the audit has no finding about (B9)-(B12)")
    failing = audit[named & (audit["verdict"] != "holds")]["identifier"].tolist()
    ratios = np.array(evidence["collective_ratios"][:2], dtype=float)
    drive = evidence["collective_drives"][-1]
    orders = []
    for index, branch in enumerate(("lower", "middle", "upper")):
        exact = [float(mean_field.branches(ratio, drive)[index]) for ratio in ratios]
        for order in (1, 2):
            series = [float(mean_field.perturbative_branch(branch, order, ratio, drive)) for ratio in ratios]  # type: ignore[arg-type]
            error = np.abs(np.subtract(series, exact))
            orders.append(np.log(error[0] / error[1]) / np.log(ratios[1] / ratios[0]) - (order + 1))
    table = evidence.data("branches")
    states = zip(table["gamma_ratio"], table["drive"], table["s_z"], strict=True)
    inner = table[[not mean_field.at_fold(*state) for state in states]]
    stability = bool((inner["stable"] == (inner["branch"] != "middle")).all())
    worst = float(np.max(np.abs(orders)))
    corrected = worst <= evidence["order_deviation"] and stability
    as_printed = Verdict.CORRECTED if failing else Verdict.REPRODUCED
    return Result(
        as_printed if corrected else Verdict.NOT_REPRODUCED,
        f"as printed, {'no equation fails' if not failing else 'fails: ' + ', '.join(failing)}; the series "
        f"{'with the corrected forms ' if failing else ''}miss the exact branches by g^2 and g^3, as they should, "
        f"exponents off by at most {worst:.1e}; lower and upper branch stable, middle branch unstable at "
        f"{'every' if stability else 'not every'} drive of the tables",
        worst,
        earlier=Verdict.of(corrected and not failing).value,
    )
