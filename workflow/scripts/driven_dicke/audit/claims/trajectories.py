"""Claims 22-26: time scales, switching and counts along quantum trajectories (Secs. VI and VII, Appendix G)."""

import numpy as np
import pandas as pd

from driven_dicke.audit.claims.claim import Evidence, Result, Undecided, Verdict, at_drive, decides, false_alarm
from driven_dicke.audit.claims.mixed import forbidden_changes

STATES = ("plus", "minus")


def phase(evidence: Evidence, trajectory: str) -> tuple[pd.DataFrame, pd.Series]:
    """A trajectory with `place`, its <S^2> on the way from rho_- (0) to rho_+ (1), and the phases at its last drive."""
    data = evidence.data(trajectory)
    row = at_drive(evidence.data("phases_small"), float(data["drive"].iloc[-1]))
    span = row["s_squared_plus"] - row["s_squared_minus"]
    if np.isnan(span):
        raise Undecided("there are no two phases at this drive")
    return data.assign(place=(data["s_squared"] - row["s_squared_minus"]) / span), row


@decides("22")
def dwell(evidence: Evidence) -> Result:
    rates = evidence.data("dwell_rates").set_index("state")
    others = evidence.data("dwell_thresholds")
    if (rates["switches"] < evidence["fewest_switches"]).any():
        raise Undecided(f"fewer than {evidence['fewest_switches']} switches")
    if rates[["rate", "rate_exact", "rate_predicted"]].isna().any(axis=None):
        raise Undecided("a rate of leaving a phase does not exist at this drive")
    allowed = np.maximum(evidence["standard_errors"] * rates["rate_error"], evidence["rate_deviation"] * rates["rate"])
    metastable = evidence.complete("metastable").set_index("state")
    predictions = [rates["rate_predicted"], rates["rate_predicted_physical"], metastable["rate"]]
    block, physical, extreme = (bool((np.abs(rates["rate"] - x) <= allowed).all()) for x in predictions)
    span = {state: others[others["state"] == state]["rate"].agg(["min", "max"]) for state in STATES}
    within = all(span[s]["min"] <= rates.loc[s, "rate_predicted"] <= span[s]["max"] for s in STATES)
    verdict = Verdict.GROWING if extreme else Verdict.NOT_REPRODUCED
    if block:
        verdict = Verdict.REPRODUCED if physical else Verdict.CONVENTION
    earlier = verdict.value if block else "finite-size" if within else Verdict.NOT_REPRODUCED.value
    alarm = false_alarm(evidence["standard_errors"], len(STATES))
    texts = [
        f"Gamma_{sign} = {row.rate:.4f} +- {row.rate_error:.4f} ({row.switches:.0f} switches, "
        f"exact {row.rate_exact:.4f}); lambda_1 a: {row.rate_predicted:.4f} block, {row.rate_predicted_physical:.4f} "
        "physical, "
        f"{float(metastable['rate'][state]):.4f} extreme metastable states; other thresholds: {span[state]['min']:.4f} "
        f"... {span[state]['max']:.4f}"
        for sign, state, row in (("+-"[i], state, rates.loc[state]) for i, state in enumerate(STATES))
    ]
    worst = float((rates["rate"] / rates["rate_predicted"] - 1).abs().max())
    share = f"{rates['rate_predicted'].sum() / metastable['rate'].sum():.3f}"
    computed = (
        f"N = {rates['n_atoms'].iloc[0]}: {'; '.join(texts)}; block weights sum to {share}, those of the extreme "
        f"metastable states to 1; a true law fails in {alarm:.2%} of such ensembles at most"
    )
    return Result(verdict, computed, worst, earlier=earlier)


def first_time(times: np.ndarray, reached: np.ndarray) -> float:
    """First time at which something is so.

    Raises:
        Undecided: never.
    """
    if not reached.any():
        raise Undecided("the dynamics ends before it relaxes")
    return float(times[int(np.argmax(reached))])


@decides("23a", "23b")
def time_scales(evidence: Evidence) -> Result:
    data, trajectory = evidence.data("dynamics"), evidence.data("transient")
    times, s_z, fidelity = (data[name].to_numpy() for name in ("time", "s_z", "crss_fidelity"))
    plateau = float(at_drive(evidence.data("dicke"), float(trajectory["drive"].iloc[-1]))["s_z"])
    down, final = float(s_z[0]), float(s_z[-1])
    peak = int(fidelity.argmax())
    found = (
        first_time(times, (s_z - down) / (plateau - down) >= 1 - np.exp(-1)),
        first_time(times[peak:], fidelity[peak:] <= fidelity[peak] - 0.1 * (fidelity[peak] - fidelity[-1])),
        float(times[np.flatnonzero(np.abs(s_z - final) > 0.1 * abs(plateau - final))[-1]]),
    )
    jumps = evidence.data("transient_jumps")
    individual = jumps[jumps["channel"] == "individual"]["time"]
    if individual.empty:
        raise Undecided("no individual jump")
    first = float(individual.iloc[0])
    before = trajectory[(trajectory["time"] > evidence["collective_relaxation"]) & (trajectory["time"] < first)]
    after = trajectory[trajectory["time"] > first]
    if before.empty or after.empty:
        raise Undecided(f"no times between the collective relaxation and the first individual jump at {first:.3g}")
    infidelity = float((1 - before["crss_fidelity"]).max())
    factors = [max(t / scale, scale / t) for t, scale in zip(found, evidence["time_scales"], strict=True)]
    timely, exact = max(factors) <= evidence["time_factor"], Verdict.NOT_REPRODUCED
    if infidelity <= evidence["near_fidelity"]:
        exact = Verdict.REPRODUCED if infidelity <= evidence["exact_fidelity"] else Verdict.GROWING
    both = exact if timely else Verdict.NOT_REPRODUCED
    return Result(
        {"a": Verdict.of(timely), "b": exact},
        f"<S_z> relaxes collectively at t = {found[0]:.3g}, a tenth of the fidelity of rho(t) is lost at "
        f"{found[1]:.3g}, <S_z> is "
        f"within a tenth of its end from {found[2]:.3g} (in 1/gamma_s); along the trajectory 1 - F is at most "
        f"{infidelity:.1e} between t = {evidence['collective_relaxation']:g} and the first individual jump at "
        f"{first:.3f}, and {1 - after['crss_fidelity'].iloc[0]:.3f} just after it",
        infidelity,
        earlier="finite-size" if both is Verdict.GROWING else both.value,
    )


def changes(zoom: pd.DataFrame, jumps: pd.DataFrame) -> pd.DataFrame:
    """Change of <S^2> between neighbouring times, and how many jumps of either kind lie between them."""
    times = zoom["time"].to_numpy()
    counts = {
        channel: np.histogram(jumps[jumps["channel"] == channel]["time"], times)[0]
        for channel in ("collective", "individual")
    }
    return pd.DataFrame({"change": np.abs(np.diff(zoom["s_squared"])), **counts})


@decides("24a")
def burst(evidence: Evidence) -> Result:
    zoom, row = phase(evidence, "switching_zoom")
    if zoom["note"].iloc[0]:
        raise Undecided(zoom["note"].iloc[0])
    steps = changes(zoom, evidence.data("switching_jumps"))
    one = {
        "collective": steps[(steps["collective"] == 1) & (steps["individual"] == 0)]["change"],
        "individual": steps[(steps["individual"] == 1) & (steps["collective"] == 0)]["change"],
    }
    if any(rows.empty for rows in one.values()):
        raise Undecided("no step with exactly one jump of either kind")
    place, times = zoom["place"].to_numpy(), zoom["time"].to_numpy()
    jumps = evidence.data("switching_jumps")
    individual = jumps[jumps["channel"] == "individual"]["time"]
    number, start, stop = during_switch(place, times, individual, *evidence["burst_places"])
    before, _, _ = during_switch(place, times, individual, evidence["rho_minus_place"], evidence["rho_plus_place"])
    ratio = float(one["collective"].max() / one["individual"].mean())
    return Result(
        Verdict.of(number >= evidence["burst"]),
        f"{number} individual jumps during the switch of {stop - start:.3f}/gamma_s, {number / (stop - start):.1f} per "
        "unit of "
        f"time (rho_+: {evidence.model('phases_small').n_atoms / 2 + row['s_z_plus']:.1f}); |change of <S^2>| in a "
        "step with one "
        f"jump: collective mean {one['collective'].mean():.3f}, largest {one['collective'].max():.2f} "
        f"({len(one['collective'])} steps), individual mean {one['individual'].mean():.2f} ({len(one['individual'])}): "
        "in the paper's unravelling the state is a superposition of several j between individual jumps, and a "
        "collective jump weighs them anew",
        number,
        earlier=Verdict.of(before >= evidence["burst"] and ratio <= evidence["collective_change"]).value,
    )


def during_switch(
    place: np.ndarray, times: np.ndarray, individual: pd.Series, low: float, high: float
) -> tuple[int, float, float]:
    """Number of individual jumps from the last time above `high` to the first time below `low`, and both times.

    Raises:
        Undecided: there is no switch.
    """
    falls = place[: int(np.argmax(place <= low)) + 1]
    if place.min() > low or falls.max() < high:
        raise Undecided("no switch in the table")
    start, stop = times[np.flatnonzero(falls >= high)[-1]], times[falls.size - 1]
    return int(((individual > start) & (individual <= stop)).sum()), float(start), float(stop)


@decides("24b")
def conserved(evidence: Evidence) -> Result:
    sizes = evidence["explicit_n_atoms"]
    commutator, far = (max(values) for values in zip(*map(forbidden_changes, sizes), strict=True))
    return Result(
        Verdict.of(max(commutator, far) <= evidence["formula_deviation"]),
        f"on all 2^N states, N = {', '.join(map(str, sizes))}: largest element of [S^2, S_-] {commutator:.1e}, of "
        f"sigma_n between spins more than 1 apart {far:.1e}; what one trajectory shows besides, see 24a, is that a "
        "superposition of several j is weighed anew",
        max(commutator, far),
    )


@decides("25")
def counts(evidence: Evidence) -> Result:
    data, _ = phase(evidence, "switching")
    table, expected = evidence.data("counts"), evidence.data("expected_counts").set_index("state")
    if expected[["individual_exact", "collective"]].isna().any(axis=None):
        raise Undecided("; ".join(filter(None, expected["note"])))
    width = float(np.diff(table["time"])[0]) if len(table) > 1 else np.nan
    if not np.isfinite(width):
        raise Undecided("fewer than two bins")
    edges = np.append(table["time"] - width / 2, table["time"].iloc[-1] + width / 2)
    bins = np.digitize(data["time"], edges) - 1
    mean = data.groupby(bins)[["s_z", "intensity", "place"]].mean().reindex(range(len(table)))
    model = evidence.model("phases_small")
    rates = {
        "individual": model.gamma_s * (model.n_atoms / 2 + mean["s_z"]) * width,
        "collective": model.gamma_c * mean["intensity"] * width,
    }
    totals = {name: float(table[name].sum() / rates[name].sum() - 1) for name in rates}
    low, high = evidence["rho_minus_place"], evidence["rho_plus_place"]
    stays = {"plus": mean["place"] >= high, "minus": mean["place"] <= low}
    misses, errors, wide, texts = [], [], [], []
    for state, chosen in stays.items():
        if chosen.sum() < evidence["fewest_bins"]:
            raise Undecided(f"only {int(chosen.sum())} bins in rho_{state}")
        for name in rates:
            measured, error = table[name][chosen].mean(), table[name][chosen].sem()
            theory = float(expected["individual_exact" if name == "individual" else name][state])
            misses.append(abs(measured - theory))
            errors.append(error)
            wide.append(evidence["count_deviation"] * theory)
            extra = f", mean field {expected[name][state]:.2f}" if name == "individual" else ""
            texts.append(f"rho_{state} {name}: {measured:.2f} +- {error:.2f} a bin, expected {theory:.2f}{extra}")
    largest = max(abs(x) for x in totals.values())
    totals_hold = largest <= evidence["count_deviation"]
    limit = evidence["standard_errors"] * np.array(errors)
    return Result(
        Verdict.of(totals_hold and bool((misses <= limit).all())),
        f"all counts against (G1) and (G2) along the trajectory: individual {totals['individual']:+.4f}, collective "
        f"{totals['collective']:+.4f} (relative); "
        + "; ".join(texts)
        + f"; true means fail in {false_alarm(evidence['standard_errors'], len(misses)):.1%} of such trajectories",
        largest,
        float(1 / np.sqrt(table["individual"].sum())),
        earlier=Verdict.of(totals_hold and bool((misses <= np.maximum(limit, wide)).all())).value,
    )


def sampled_places(evidence: Evidence) -> dict[str, float]:
    """Mean place of <S^2> in the window after each preparation, along one trajectory each.

    Raises:
        Undecided: a trajectory ends before its window.
    """
    first, last = evidence["preparation_window"]
    places = {}
    for name in ("switching", "singlets", "quench"):
        data, _ = phase(evidence, name)
        changed = data["time"][data["drive"] == data["drive"].iloc[-1]].iloc[0]
        window = data[(data["time"] >= changed + first) & (data["time"] <= changed + last)]
        if window.empty:
            raise Undecided(f"{name} ends before its window")
        places[name] = float(window["place"].mean())
    return places


@decides("26")
def preparation(evidence: Evidence) -> Result:
    table = evidence.complete("preparation").set_index("initial")
    place = table["place"]

    def verdict(plus: float, *minus: float) -> Verdict:
        return Verdict.of(plus >= evidence["rho_plus_place"] and max(minus) <= evidence["rho_minus_place"])

    drawn = sampled_places(evidence)
    texts = [f"{str(name).replace('_', ' ')} {value:.4f}" for name, value in place.items()]
    return Result(
        verdict(place["all_down"], place["singlets"], place["quench"]),
        f"N = {table['n_atoms'].iloc[0]}, drive {table['drive'].iloc[0]:g}: by the slow left mode, on the way from "
        f"metastable rho_- (0) to rho_+ (1): {', '.join(texts)}; averages over all trajectories, without "
        f"sampling; <S^2> along the drawn ones, which were chosen: {', '.join(f'{x:.3f}' for x in drawn.values())}",
        float(place["all_down"]),
        earlier=verdict(drawn["switching"], drawn["singlets"], drawn["quench"]).value,
    )
