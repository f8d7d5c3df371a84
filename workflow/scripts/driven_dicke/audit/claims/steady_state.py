"""Claims 4-10: the exact steady state (Sec. III B, Appendix C)."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from driven_dicke.audit.claims.claim import Evidence, Result, Undecided, Verdict, by_size, crossing, decides
from driven_dicke.mean_field import branches as mean_field

SIZES = ("steady_small", "steady_large")


def outside(evidence: Evidence, name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows below the bistable region, and rows above it and above Omega_c.

    Raises:
        Undecided: there are none.
    """
    data, edges = evidence.data(name), evidence.edges(name)
    below, above = data[data["drive"] < edges.lower], data[data["drive"] > max(edges.upper, 1.0)]
    if below.empty or above.empty:
        raise Undecided(f"table {name} does not reach beyond both edges of the bistable region")
    return below, above


def compare(
    evidence: Evidence, deviation: Callable[[str], tuple[float, float]], limit: str, what: tuple[str, str]
) -> Result:
    """A verdict on (deviation below, deviation above) at both sizes."""
    found = {name: deviation(name) for name in SIZES}
    small, large = (max(found[name]) for name in SIZES)
    text = "; ".join(
        f"N = {evidence.n_atoms(name)}: {what[0]} {below:.3g}, {what[1]} {above:.3g}"
        for name, (below, above) in found.items()
    )
    return Result(by_size(small, large, evidence[limit]), text, large)


@decides("4")
def magnetization(evidence: Evidence) -> Result:

    def deviation(name: str) -> tuple[float, float]:
        model = evidence.model(name)
        below, above = outside(evidence, name)
        data = evidence.data(name)
        above = data[data["drive"] > evidence.edges(name).upper]
        ratio = model.collective_rate / model.single_atom_rate
        lower = mean_field.branches(ratio, below["drive"].to_numpy()).lower
        upper = mean_field.branches(ratio, above["drive"].to_numpy()).upper
        half = model.n_atoms / 2
        return (
            float(np.abs(below["s_z"].to_numpy() / half - lower).max()),
            float(np.abs(above["s_z"].to_numpy() / half - upper).max()),
        )

    what = ("largest |<S_z> - N s_z/2| / (N/2) below the region", "above it")
    return compare(evidence, deviation, "mean_field_deviation", what)


@decides("5")
def bimodal(evidence: Evidence) -> Result:
    data = evidence.complete("magnetization").sort_values("m")
    p, m = data["probability"].to_numpy(), data["m"].to_numpy()
    n_atoms = evidence.n_atoms("magnetization")
    branches = evidence.complete("mean_field_magnetization").set_index("branch")["s_z"]
    inner = np.flatnonzero((p[1:-1] > p[:-2]) & (p[1:-1] > p[2:])) + 1
    maxima = [float(m[i]) for i in inner]
    if len(maxima) != 2:
        return Result(Verdict.NOT_REPRODUCED, f"{len(maxima)} maxima of P_m at N = {n_atoms}, at m = {maxima}")
    distances = [abs(x - branches[name]) / (n_atoms / 2) for x, name in zip(maxima, ("lower", "upper"), strict=True)]
    largest = float(max(distances))
    return Result(
        Verdict.REPRODUCED if largest <= evidence["peak_deviation"] else Verdict.NOT_REPRODUCED,
        f"N = {n_atoms}, drive {data['drive'].iloc[0]:.4f}: maxima of P_m at m = {maxima[0]:g} and {maxima[1]:g}, "
        f"mean field {branches['lower']:.2f} and {branches['upper']:.2f}; largest distance {largest:.3f} of N/2",
        largest,
        1 / n_atoms,
    )


@decides("6a", "6b")
def critical_point(evidence: Evidence) -> Result:
    data, fit = evidence.complete("critical_point"), evidence.complete("fit").iloc[0]
    beyond = data[~data["fitted"]].sort_values("n_atoms")
    if len(beyond) < 2 or beyond["n_atoms"].iloc[-1] < evidence["large_n_atoms"]:
        raise Undecided(f"no exact critical point at N >= {evidence['large_n_atoms']:g}")
    agrees = abs(fit.limit - evidence["critical_drive_printed"]) <= evidence["critical_drive_deviation"]
    law = fit.limit + fit.amplitude * np.exp(-beyond["n_atoms"] / fit.scale)
    misses = np.abs(beyond["drive"] - law) / fit.limit_error
    # Algebraic law limit + c ln N / N, its constant from the point before the last, against the last one.
    x = np.log(beyond["n_atoms"].to_numpy()) / beyond["n_atoms"].to_numpy()
    excess = beyond["drive"].to_numpy() - fit.exact_limit
    ratio = float((excess[-1] / excess[-2]) / (x[-1] / x[-2]))
    law_holds = bool((misses <= evidence["standard_errors"]).all())
    limit = abs(fit.exact_limit - evidence["critical_drive_printed"]) <= evidence["critical_drive_deviation"]
    holds = {"a": limit, "b": law_holds}
    last = data["n_atoms"].iloc[-1]
    return Result(
        {letter: Verdict.of(ok) for letter, ok in holds.items()},
        f"exponential law through N <= {data[data['fitted']]['n_atoms'].max()}: {fit.limit:.4f} +- "
        f"{fit.limit_error:.4f}; exact points beyond it: {', '.join(f'{d:.5f} (N = {n})' for n, d in _few(beyond))}, "
        "up "
        f"to {misses.max():.1f} standard errors below the law; exact limit {fit.exact_limit:.5f}, approached as "
        f"ln N / N: excess over the limit at N = {last} is {ratio:.3f} times what ln N / N gives from the point before",
        float(beyond["drive"].iloc[-1]),
        abs(float(excess[-1])),
        earlier="reproduced" if agrees and law_holds else "finite-size" if agrees else "not reproduced",
    )


def _few(rows: pd.DataFrame) -> list[tuple[int, float]]:
    """The first, a middle and the last of some critical points."""
    chosen = rows.iloc[sorted({0, len(rows) // 2, len(rows) - 1})]
    return list(zip(chosen["n_atoms"], chosen["drive"], strict=True))


@decides("7")
def angular_momentum(evidence: Evidence) -> Result:
    widths = {}

    def deviation(name: str) -> tuple[float, float]:
        half = evidence.n_atoms(name) / 2
        below, above = outside(evidence, name)
        data = evidence.data(name)
        low, high = 1.5 * half, half * (half + 1)
        drives = [crossing(data["drive"], data["s_squared"], low + part * (high - low)) for part in (0.9, 0.1)]
        widths[name] = drives[1] - drives[0]
        return (
            float(np.abs(below["s_squared"] / high - 1).max()),
            float(np.abs(above["s_squared"] / low - 1).max()),
        )

    result = compare(
        evidence, deviation, "deviation", ("relative deviation from (N/2)(N/2+1) below", "from 3N/4 above Omega_c")
    )
    small, large = (widths[name] for name in SIZES)
    verdict = result.verdict if large < small else Verdict.NOT_REPRODUCED
    return Result(
        verdict, f"{result.computed}; fall from 90% to 10% within {small:.3f} and {large:.3f} Omega_c", result.value
    )


@decides("8")
def intensity(evidence: Evidence) -> Result:

    def deviation(name: str) -> tuple[float, float]:
        model = evidence.model(name)
        below, above = outside(evidence, name)
        quadratic = (2 * below["drive"] * model.critical_drive / model.gamma_c) ** 2
        return (
            float(np.abs(below["intensity"] / quadratic - 1).max()),
            float(np.abs(above["intensity"] / (model.n_atoms / 2) - 1).max()),
        )

    what = ("relative deviation from (2 Omega/gamma_c)^2 below", "from N/2 above Omega_c")
    return compare(evidence, deviation, "deviation", what)


@decides("9")
def coherence(evidence: Evidence) -> Result:

    def deviation(name: str) -> tuple[float, float]:
        below, above = outside(evidence, name)
        thermal = 2 * (1 - 1 / evidence.n_atoms(name))
        return float(np.abs(below["g2"] - 1).max()), float(np.abs(above["g2"] / thermal - 1).max())

    return compare(evidence, deviation, "deviation", ("|g2 - 1| below", "relative to 2(1 - 1/N) above Omega_c"))


@decides("10")
def squeezing(evidence: Evidence) -> Result:
    critical = evidence.complete("critical_point").set_index("n_atoms")["drive"]
    jumps = []

    def deviation(name: str) -> tuple[float, float]:
        n_atoms = evidence.n_atoms(name)
        if n_atoms not in critical.index:
            raise Undecided(f"no critical point at N = {n_atoms}")
        data, analytic = evidence.data(name), evidence.data(name.replace("steady", "squeezing"))
        below, _ = outside(evidence, name)
        printed = np.interp(below["drive"], analytic["drive"], analytic["xi2"])
        jumps.append((below["xi2"].max() < 1, crossing(data["drive"], data["xi2"], 1.0) - critical[n_atoms]))
        return float(np.abs(below["xi2"] / printed - 1).max()), abs(float(jumps[-1][1]))

    what = ("relative deviation from Eq. (7) below the region", "xi^2 = 1 is crossed from the critical drive by")
    result = compare(evidence, deviation, "squeezing_deviation", what)
    squeezed = {evidence.n_atoms(name): below for name, (below, _) in zip(SIZES, jumps, strict=True)}
    verdict = result.verdict
    if not all(squeezed.values()) and verdict == Verdict.REPRODUCED:
        verdict = Verdict.GROWING
    return Result(
        verdict if squeezed[evidence.n_atoms(SIZES[-1])] else Verdict.NOT_REPRODUCED,
        f"{result.computed}; xi^2 < 1 at all drives below: "
        + ", ".join(f"{'yes' if below else 'no'} (N = {n})" for n, below in squeezed.items()),
        result.value,
    )
