"""Tables of a world in which every claim of the paper holds, for the tests to break one thing at a time."""

import numpy as np
import pandas as pd

from driven_dicke.mean_field import branches as mean_field
from driven_dicke.mean_field import squeezing
from driven_dicke.model.parameters import Model
from driven_dicke.pipeline.tables import Table

RATES = {"gamma_c": 10.0, "gamma_s": 1.0}
TRANSITION = {18: 0.7247, 32: 0.6621, 64: 0.6190}


def table(columns, n_atoms=None):
    parameters = {"rates": RATES} | ({} if n_atoms is None else {"n_atoms": n_atoms})
    data = pd.DataFrame(columns)
    return Table(data if "note" in data else data.assign(note=""), parameters)


def gamma_ratio(n_atoms):
    model = Model(n_atoms, 10.0, 1.0)
    return model.collective_rate / model.single_atom_rate


def lower_branch(n_atoms, drives):
    """s_z on the lower branch up to its end, and (F11) there."""
    ratio = gamma_ratio(n_atoms)
    edges = mean_field.bistability_edges(ratio)
    inside = np.minimum(drives, edges.upper)
    _, s_y, s_z = mean_field.spin(ratio, inside, mean_field.branches(ratio, inside).lower).T
    return s_z, squeezing.xi2(ratio, s_y, s_z)


def upper_branch(n_atoms, drives):
    ratio = gamma_ratio(n_atoms)
    return mean_field.branches(ratio, np.maximum(drives, mean_field.bistability_edges(ratio).lower)).upper


def steady(n_atoms, points):
    drives = np.linspace(0.02, 1.2, points)
    half, low = n_atoms / 2, drives < TRANSITION[n_atoms]
    s_z, xi2 = lower_branch(n_atoms, drives)
    return table(
        {
            "drive": drives,
            "s_z": half * np.where(low, s_z, upper_branch(n_atoms, drives)),
            "s_squared": np.where(low, half * (half + 1), 1.5 * half),
            "intensity": np.where(low, (2 * drives * Model(n_atoms, 10.0, 1.0).critical_drive / 10) ** 2, half),
            "g2": np.where(low, 1.0, 2 * (1 - 1 / n_atoms)),
            "xi2": np.where(low, xi2, 5.0),
        },
        n_atoms,
    )


def analytic(n_atoms):
    drives = np.linspace(0.02, 0.8, 400)
    return table({"drive": drives, "xi2": lower_branch(n_atoms, drives)[1]}, n_atoms)


def phases(n_atoms):
    edges = mean_field.bistability_edges(gamma_ratio(n_atoms))
    drives = np.unique([*np.linspace(edges.lower, edges.upper, 41), 0.73]) if n_atoms == 18 else np.linspace(*edges, 41)
    s_z, xi2 = lower_branch(n_atoms, drives)
    slope = 0.05 / (0.73 - TRANSITION[18]) * (drives - TRANSITION[n_atoms])
    weights = {"a_plus": 0.45 - slope, "a_minus": 0.45 + slope}
    columns = weights | {f"{name}_physical": values for name, values in weights.items()}
    columns |= {
        "drive": drives,
        "s_z_plus": n_atoms / 2 * s_z,
        "s_z_minus": n_atoms / 2 * upper_branch(n_atoms, drives),
    }
    columns |= {"s_squared_plus": 90.0, "s_squared_minus": 10.0, "intensity_plus": 40 * drives**2, "g2_plus": 1.0}
    columns |= {"xi2_plus": xi2, "crss_fidelity_plus": 0.99}
    columns["crss_fidelity_steady"] = np.where(drives < TRANSITION[n_atoms], 0.99, 0.1)
    return table(columns, n_atoms)


def two_peaks(m, left, right):
    peaks = [np.exp(-((m - x) ** 2) / 4) for x in (left, right)]
    return [peak / peak.sum() for peak in peaks]


def trajectory(times, place, fidelity=0.99):
    s_squared = 10 + 80 * np.asarray(place) * np.ones_like(times)
    columns = {"time": times, "s_squared": s_squared, "s_z": -6.0, "intensity": 36.0, "crss_fidelity": fidelity}
    return table(columns | {"drive": 0.73}, 18)


def jumps(individual, collective):
    rows = [(t, "individual") for t in individual] + [(t, "collective") for t in collective]
    return table(pd.DataFrame(sorted(rows), columns=["time", "channel"]))


def tables():
    """Every table, by its name in studies.claims."""
    n_fit, n_large = np.array([16, 32, 64, 80]), np.array([128, 1000, 10000])
    n_atoms = np.array([*n_fit, *n_large, 18])
    law = 0.61 + 0.3 * np.exp(-n_atoms / 18.0)
    law[np.isin(n_atoms, list(TRANSITION))] = [TRANSITION[n] for n in n_atoms if n in TRANSITION]
    sizes, drive = np.array([8, 12, 18, 24]), 0.61
    m18, m64 = np.arange(-9.0, 10), np.arange(-32.0, 33)
    plus, minus = two_peaks(m18, -6, 0)
    left, right = two_peaks(m64, -24, 0)
    small = phases(18)
    times = np.geomspace(1e-3, 100, 400)
    relaxed, lost = 1 - np.exp(-times / 0.01), 1 - np.exp(-times / 5)
    fine = np.linspace(10, 11, 1001)
    switch = np.clip((10.6 - fine) / 0.2, 0, 1)
    bins = np.arange(0.5, 20)
    coarse = np.arange(0, 20, 0.05)
    low = bins > 10
    optimum = np.array([64, 128, 256])
    row = {"rate_error": 0.003, "switches": 400, "rate_exact": 0.06, "rate_predicted_mixture": 0.06, "n_atoms": 18}
    return {
        "branches": table(
            {"branch": ["lower", "middle", "upper"], "stable": [True, False, True]}
            | {"gamma_ratio": [15.0] * 3, "drive": [0.75] * 3, "s_z": list(mean_field.branches(15.0, 0.75))}
        ),
        "edges": table(
            {"gamma_ratio": [15.0]}
            | {f"{side}_edge": [getattr(mean_field.bistability_edges(15.0), side)] for side in ("lower", "upper")}
        ),
        "equations": table({"identifier": ["B9", "B10a", "B11", "B12 l_1"], "verdict": ["holds"] * 4}),
        "steady_small": steady(18, 240),
        "steady_large": steady(64, 600),
        "squeezing_small": analytic(18),
        "squeezing_large": analytic(64),
        "magnetization": table({"drive": 0.619, "m": m64, "probability": (left + right) / 2}, 64),
        "mean_field_magnetization": table({"branch": ["lower", "upper"], "s_z": [-24.2, -0.1]}, 64),
        "totally_mixed": table(
            {"n_atoms": [18], "s_z": [0.0], "s_squared": [13.5], "intensity": [9.0], "g2": [34 / 18]}
        ),
        "critical_point": table({"n_atoms": n_atoms, "drive": law, "fitted": np.isin(n_atoms, [*n_fit, 18])}),
        "fit": table(
            {"limit": [0.61], "limit_error": [0.002], "amplitude": [0.3], "scale": [18.0], "exact_limit": [0.609]}
        ),
        "gap": table(
            {"n_atoms": sizes, "drive": drive, "note": ""}
            | {"gap_eigenvalue": np.exp(-0.1 * sizes), "gap_fit": np.exp(-0.1 * sizes)}
        ),
        "law": table({"rate": [0.1], "rate_error": [0.001], "note": [""]}),
        "gap_validation": table({"relative_deviation": [1e-12], "within": [True]}),
        "phases_small": small,
        "phases_large": phases(32),
        "phases_magnetization": table(
            {
                "drive": 0.73,
                "state": np.repeat(["plus", "minus", "steady"], m18.size),
                "m": np.tile(m18, 3),
                "probability": np.concatenate([plus, minus, 0.4 * plus + 0.5 * minus]),
            },
            18,
        ),
        "matrices": table(
            {"state": ["plus", "minus"], "j": [9.0, 0.0], "m": [0.0, 0.0], "m_prime": [0.0, 0.0], "value": [1.0, 1.0]},
            18,
        ),
        "dicke": table({"drive": small.data["drive"], "intensity": small.data["intensity_plus"], "s_z": -6.5}, 18),
        "weights": table(
            {"n_atoms": [18, 32, 64], "drive": [TRANSITION[n] for n in (18, 32, 64)]}
            | {name: [float(x) for x in np.exp(-0.1 * np.array([18, 32, 64]))] for name in ("error", "error_physical")}
        ),
        "fidelity": table(
            {"n_atoms": 64, "region_fraction": [0.0, 0.5, 0.9], "crss_fidelity_plus": [0.99, 0.98, 0.97]}
        ),
        "large_n": table(
            {"n_atoms": [10**5, 10**6], "drive": 0.7, "xi2": 0.63, "xi2_printed": 0.63, "xi2_pair_correlation": 0.7}
        ),
        "purely_collective": table(
            {
                "n_atoms": [*optimum, 256],
                "fraction": [0.9, 0.9, 0.9, 0.6],
                "xi2": [*(optimum ** (-1 / 3) * (1 + 1 / optimum)), 0.8],
                "optimum": [True, True, True, False],
            }
        ),
        "dynamics": table(
            {
                "time": times,
                "s_z": -9 + 2.5 * relaxed + 3.5 * lost,
                "crss_fidelity": np.minimum(relaxed, 1 - 0.5 * lost),
            }
        ),
        "transient": trajectory(times, 1.0, np.where(times < 0.75, 1.0, 0.9)),
        "transient_jumps": jumps([0.75], [0.1]),
        "switching_zoom": table(trajectory(fine, switch).data.assign(note="")),
        "switching_jumps": jumps([10.3005, *np.arange(10.4105, 10.59, 0.01)], [10.1005, 10.2005, 10.8005]),
        "switching": trajectory(coarse, np.where(coarse < 10, 1.0, 0.0)),
        "singlets": trajectory(coarse, 0.0),
        "quench": trajectory(coarse, 0.1),
        "counts": table({"time": bins, "individual": np.where(low, 3, 3), "collective": np.where(low, 360, 360)}),
        "expected_counts": table(
            {
                "note": ["", "no rho_minus"],
                "state": ["plus", "minus"],
                "individual": 3.0,
                "individual_exact": 3.0,
                "collective": 360.0,
            }
        ),
        "dwell_rates": table(
            {"state": ["plus", "minus"], "rate": 0.06, "rate_predicted": 0.06, "rate_predicted_physical": 0.06} | row
        ),
        "metastable": table({"n_atoms": 18, "drive": 0.73, "state": ["plus", "minus"], "weight": 0.5, "rate": 0.06}),
        "preparation": table(
            {"n_atoms": 18, "drive": 0.73, "initial": ["all_down", "singlets", "quench"], "place": [0.999, 0.0, 0.07]}
        ),
        "dwell_thresholds": table({"state": ["plus", "plus", "minus", "minus"], "rate": [0.05, 0.09, 0.05, 0.09]}),
    }
