"""Claims 13-17 and 27: the two phases, their weights and where they sit (Sec. IV, Appendix E)."""

import numpy as np
import pandas as pd

from driven_dicke.audit.claims.claim import (
    Evidence,
    Result,
    Undecided,
    Verdict,
    at_drive,
    crossing,
    decides,
    exponential,
    local_rates,
)
from driven_dicke.mean_field import branches as mean_field

SUFFIXES = {"block": "", "physical": "_physical"}  # conventions of the trace; the paper's first


def by_convention(holds: dict[str, bool]) -> Verdict:
    """Reproduced if it holds in both conventions of the trace, or in the paper's only."""
    if holds["block"]:
        return Verdict.REPRODUCED if holds["physical"] else Verdict.CONVENTION
    return Verdict.NOT_REPRODUCED


@decides("13")
def weights(evidence: Evidence) -> Result:
    if evidence.n_atoms("phases_small") != evidence["weights_n_atoms"]:
        raise Undecided(f"the phases are those of N = {evidence.n_atoms('phases_small')}")
    row = at_drive(evidence.data("phases_small"), evidence["weights_drive"])
    printed = evidence["weights_printed"]
    found = {kind: [float(row[f"a_{s}{suffix}"]) for s in ("plus", "minus")] for kind, suffix in SUFFIXES.items()}
    distance = {kind: float(np.abs(np.subtract(pair, printed)).max()) for kind, pair in found.items()}
    holds = {kind: distance[kind] <= evidence["weights_rounding"] for kind in SUFFIXES}
    return Result(
        by_convention(holds),
        "; ".join(
            f"{kind} traces: a_+ = {plus:.4f}, a_- = {minus:.4f}, sum {plus + minus:.3f}"
            for kind, (plus, minus) in found.items()
        ),
        distance["block"],
    )


@decides("14")
def mixture(evidence: Evidence) -> Result:
    data = evidence.data("phases_magnetization")
    p = {state: rows.sort_values("m")["probability"].to_numpy() for state, rows in data.groupby("state")}
    row = at_drive(evidence.data("phases_small"), float(data["drive"].iloc[0]))
    distance, maxima = {}, {}
    for kind, suffix in SUFFIXES.items():
        total = row[f"a_plus{suffix}"] * p["plus"] + row[f"a_minus{suffix}"] * p["minus"]
        distance[kind] = float(np.abs(total - p["steady"]).sum() / 2)
        maxima[kind] = int(((total[1:-1] > total[:-2]) & (total[1:-1] > total[2:])).sum())
    holds = {kind: distance[kind] <= evidence["mixture_deviation"] and maxima[kind] == 2 for kind in SUFFIXES}
    share = np.linspace(0, 1, 1001)
    best = min(np.abs(x * p["plus"] + (1 - x) * p["minus"] - p["steady"]).sum() / 2 for x in share)
    return Result(
        by_convention(holds),
        f"half the sum of |a_+ P_+ + a_- P_- - P_s|: {distance['block']:.3f} with block, {distance['physical']:.3f} "
        "with "
        f"physical traces, {best:.3f} with the best weights of sum 1; maxima of the sum: {maxima['block']} and "
        f"{maxima['physical']}",
        distance["block"],
    )


def branch_deviations(evidence: Evidence, name: str) -> dict[str, pd.Series]:
    """|<S_z> of the phase - N s_z / 2 of its branch| / (N/2) over the bistable region, by its fraction."""
    model, region = evidence.model(name), evidence.region(name)
    branches = mean_field.branches(model.collective_rate / model.single_atom_rate, region["drive"].to_numpy())
    half = model.n_atoms / 2
    return {
        state: pd.Series(np.abs(region[f"s_z_{state}"] / half - s_z).to_numpy(), index=region["fraction"])
        for state, s_z in (("plus", branches.lower), ("minus", branches.upper))
    }


@decides("15")
def follow(evidence: Evidence) -> Result:
    largest, texts = [], []
    for name in ("phases_small", "phases_large"):
        found = branch_deviations(evidence, name)
        largest.append(max(float(series.max()) for series in found.values()))
        texts.append(
            f"N = {evidence.n_atoms(name)}: rho_+ {found['plus'].median():.3f} (largest {found['plus'].max():.3f} at "
            f"{found['plus'].idxmax():.2f} of the region), rho_- {found['minus'].median():.3f} (largest "
            f"{found['minus'].max():.3f} at {found['minus'].idxmax():.2f})"
        )
    verdict = Verdict.NOT_REPRODUCED
    if max(largest) <= evidence["branch_deviation"]:
        verdict = Verdict.REPRODUCED
    elif min(largest) <= evidence["branch_deviation"]:
        verdict = Verdict.SMALL if largest[0] < largest[1] else Verdict.GROWING
    return Result(
        verdict,
        f"median distance from the branch in units of N/2: {'; '.join(texts)}",
        max(largest),
    )


@decides("16")
def spins(evidence: Evidence) -> Result:
    data = evidence.data("matrices")
    diagonal = data[data["m"] == data["m_prime"]]
    half = evidence.n_atoms("matrices") / 2
    share = {state: rows.groupby("j")["value"].sum() for state, rows in diagonal.groupby("state")}
    high = float(share["plus"][share["plus"].index >= evidence["high_spin"] * half].sum())
    low = float(share["minus"][share["minus"].index <= evidence["low_spin"] * half].sum())
    mean = {state: float((rows.index * rows).sum()) for state, rows in share.items()}
    highest, worst = float(share["plus"].get(half, 0.0)), min(high, low)
    return Result(
        Verdict.REPRODUCED if worst >= evidence["spin_share"] else Verdict.NOT_REPRODUCED,
        f"N = {2 * half:g}: {high:.3f} of rho_+ at j >= {evidence['high_spin'] * half:g} ({highest:.3f} at j = N/2, "
        f"mean j {mean['plus']:.2f}), {low:.3f} of rho_- at j <= {evidence['low_spin'] * half:g} (mean j "
        f"{mean['minus']:.2f})",
        worst,
    )


@decides("17")
def dicke_intensity(evidence: Evidence) -> Result:
    region, dicke = evidence.region("phases_small"), evidence.data("dicke").set_index("drive")["intensity"]
    deviation = np.abs(region["intensity_plus"].to_numpy() / dicke.reindex(region["drive"]).to_numpy() - 1)
    if not np.isfinite(deviation).all():
        raise Undecided("the tables have different drives")
    largest, at = float(deviation.max()), float(region["fraction"].iloc[int(deviation.argmax())])
    return Result(
        Verdict.REPRODUCED if largest <= evidence["deviation"] else Verdict.NOT_REPRODUCED,
        f"N = {evidence.n_atoms('phases_small')}: relative deviation in the region at most {largest:.3f} (at {at:.2f} "
        "of "
        f"it), median {np.median(deviation):.4f}",
        largest,
    )


@decides("27a", "27b")
def equal_weights(evidence: Evidence) -> Result:
    table = evidence.complete("weights").sort_values("n_atoms")
    critical = table.set_index("n_atoms")["drive"]
    distance: dict[str, list[float]] = {kind: [] for kind in SUFFIXES}
    texts = []
    for name in ("phases_small", "phases_large"):
        n_atoms, region = evidence.n_atoms(name), evidence.region(name)
        if n_atoms not in critical.index:
            raise Undecided(f"no weights at the critical point of N = {n_atoms}")
        for kind, suffix in SUFFIXES.items():
            try:
                drive = crossing(region["drive"], region[f"a_plus{suffix}"] - region[f"a_minus{suffix}"])
            except Undecided:  # nowhere in the region: as far from the critical point as can be
                drive = np.inf
            distance[kind].append(abs(drive - critical[n_atoms]))
            where = f"{drive:.4f}" if np.isfinite(drive) else "no drive of the region"
            texts.append(f"{where} (N = {n_atoms}, {kind}; {critical[n_atoms]:.4f} by (C2))")
    near = {kind: max(distance[kind]) <= evidence["crossing_deviation"] for kind in SUFFIXES}
    law = {}
    for kind, suffix in SUFFIXES.items():
        rates = local_rates(table["n_atoms"], table[f"error{suffix}"])
        law[kind] = exponential(table["n_atoms"], table[f"error{suffix}"], evidence["rate_spread"])
        errors = ", ".join(f"{x:.4g}" for x in table[f"error{suffix}"])
        texts.append(f"{kind} |1 - a_+ - a_-|: {errors}; per atom {rates.min():.3f} ... {rates.max():.3f}")
    falls = {kind: verdict != Verdict.NOT_REPRODUCED for kind, verdict in law.items()}
    return Result(
        {"a": by_convention(near), "b": by_convention(falls) if law["block"] is Verdict.REPRODUCED else law["block"]},
        "a_+ = a_- at " + "; ".join(texts),
        max(distance["block"]),
        earlier=by_convention({kind: near[kind] and falls[kind] for kind in SUFFIXES}).value,
    )
