"""Made-up tables of every figure of the paper, small and known in every number, and the panels that are promised."""

import importlib

import numpy as np
from drawn import with_notes

from driven_dicke.pipeline import tables
from driven_dicke.studies import (
    critical_point,
    dynamics,
    liouvillian_gap,
    mean_field,
    phases,
    squeezing,
    steady_state,
    trajectories,
)

PANELS = {
    "fig01": ["a", "b"],
    "fig02": ["a", "b", "c", "d", "e", "f"],
    "fig03": [""],
    "fig04": ["a", "b", "c", "d"],
    "fig05": ["a", "b", "c"],
    "fig06": ["a", "b", "c", "d", "e", "f"],
    "fig07": ["a", "b"],
    "fig08": ["a", "b"],
    "fig09": ["a", "b", "c"],
    "fig10": [""],
    "fig11": ["left", "right"],
    "fig12": ["a", "b", "c"],
    "fig13": ["a", "b"],
    "fig14": ["a", "b"],
}
FORMATS = ("pdf", "svg", "png")
RATIO = 12.5  # Gamma / gamma of the synthetic tables
SIZES = {"two sizes": (5, 9), "four sizes, no bistability": (2, 3, 5, 8)}
ALL_PANELS = [(figure, panel) for figure, panels in PANELS.items() for panel in panels]


def definition(figure):
    return importlib.import_module(f"driven_dicke.figures.{figure}").FIGURE


def branch_columns(bistable):
    """Made-up branches: straight lines, so that every drawn point is known."""
    pieces = {"lower": (0.1, 1.2, -1.0, -0.2, True)}
    if bistable:
        pieces = {
            "lower": (0.1, 0.8, -1.0, -0.6, True),
            "middle": (0.6, 0.8, -0.2, -0.5, False),
            "upper": (0.6, 1.2, -0.1, -0.05, True),
        }
    columns = {name: [] for name in mean_field.BRANCHES.column_names}
    for branch, (start, stop, first, last, stable) in pieces.items():
        drive = np.linspace(start, stop, 8)
        values = {"gamma_ratio": RATIO, "drive": drive, "branch": branch, "stable": stable}
        values |= {"s_x": 0.0, "s_y": 0.3, "s_z": np.linspace(first, last, 8)}
        for k in (1, 2, 3):
            values |= {f"eig{k}_re": (k - 4) * drive + (not stable), f"eig{k}_im": (k - 2) * drive}
        for name, value in values.items():
            columns[name].extend(np.broadcast_to(value, 8).tolist())
    return columns


def steady_state_columns(n_atoms):
    drive = np.linspace(0.1, 1.2, 9)
    columns = dict.fromkeys(steady_state.STEADY_STATE.column_names, 0 * drive)
    return columns | {
        "drive": drive,
        "s_z": n_atoms / 2 * (drive / 1.2 - 1),
        "s_squared": n_atoms / 2 * (n_atoms / 2 + 1) * (1.2 - drive),
        "intensity": n_atoms * drive**2,
        "g2": 1 + drive / n_atoms,
        "xi2": 1 - drive / 3 + drive**6,
    }


def make_tables(folder, sizes, bistable):
    """Tables of all four figures by the name of the input, written and read as in the workflow."""

    def table(name, contract, columns, parameters):
        path = folder / f"{name}.parquet"
        tables.write(path, contract, with_notes(contract, columns), parameters)
        return tables.read(path, contract)

    drive = np.linspace(0.1, 1, 7)
    relaxation = {"gamma_ratio": RATIO, "drive": 0.7}
    times = np.tile(np.linspace(0, 3, 20), 2)
    number = np.repeat([0, 1], 20)
    mean_field_parameters = {"gamma_ratios": [RATIO, 3.0], "relaxation": relaxation}
    n_atoms = np.array([4, 8, 16, 32, 512] if bistable else [4, 8, 16, 32])
    points = {"n_atoms": n_atoms, "drive": 0.57 + 1 / n_atoms}
    law = {name: [0.001] for name in critical_point.FIT.column_names}
    found = {
        "branches": [table("branches", mean_field.BRANCHES, branch_columns(bistable), mean_field_parameters)],
        "dicke": [table("dicke", mean_field.DICKE, {"drive": drive, "s_y": drive, "s_z": drive - 1}, {})],
        "relaxation": [
            table(
                "relaxation",
                mean_field.RELAXATION,
                {
                    "trajectory": number,
                    "time": times,
                    "s_x": 0 * times,
                    "s_y": 0 * times,
                    "s_z": np.where(number == 0, -0.65, -0.09) + 0.3 * np.exp(-3 * times),
                },
                mean_field_parameters,
            )
        ],
        "totally_mixed": [
            table(
                "totally_mixed",
                steady_state.TOTALLY_MIXED,
                {
                    "n_atoms": sizes,
                    "s_z": np.zeros(len(sizes)),
                    "s_squared": 0.75 * np.array(sizes),
                    "intensity": 0.5 * np.array(sizes),
                    "g2": 2 - 2 / np.array(sizes),
                },
                {"n_atoms": list(sizes)},
            )
        ],
        "critical_point": [table("points", critical_point.CRITICAL_POINT, points | {"fitted": n_atoms < 100}, {})],
        "fit": [table("fit", critical_point.FIT, law | {"limit": [0.61], "exact_limit": [0.57]}, {})],
        "fit_curve": [table("fit_curve", critical_point.FIT_CURVE, points, {})],
    }
    stable = ["lower", "upper"] if bistable else ["lower"]
    for size in sizes:
        m = np.arange(size + 1) - size / 2
        per_size = {
            "steady_state": (steady_state.STEADY_STATE, steady_state_columns(size)),
            "magnetization": (
                steady_state.MAGNETIZATION,
                {"drive": np.full(m.size, 0.654), "m": m, "probability": np.full(m.size, 1 / m.size)},
            ),
            "mean_field_magnetization": (
                steady_state.MEAN_FIELD_MAGNETIZATION,
                {"drive": [0.654] * len(stable), "branch": stable, "s_z": [-0.3 * size, -0.04 * size][: len(stable)]},
            ),
            "squeezing": (
                squeezing.SQUEEZING,
                dict.fromkeys(squeezing.SQUEEZING.column_names, 0.3 + 0 * drive)
                | {"drive": drive, "xi2": 1 - drive / 3},
            ),
            "branches_of_size": (mean_field.BRANCHES, branch_columns(bistable)),
        }
        for name, (contract, columns) in per_size.items():
            found.setdefault(name, []).append(table(f"{name}_{size}", contract, columns, {"n_atoms": size}))
    return found


def phases_columns(bistable):
    """Made-up phases: every column is a line of its own, the flags are those of the made-up branches."""
    drive = np.linspace(0.1, 1.2, 12)
    names = phases.PHASES.column_names
    columns = {name: drive / 2 + number / (4 * len(names)) for number, name in enumerate(names)}
    lower = drive <= 0.8 if bistable else np.full(12, True)
    upper = drive >= 0.6 if bistable else np.full(12, False)
    return columns | {"drive": drive, "lower_branch": lower, "upper_branch": upper, "bistable": lower & upper}


def matrices_columns(n_atoms):
    """Every element says where it is, 100 j + 10 m + m'; negative in rho_+, a tenth in rho_-; j, m, m' rising."""
    elements = [
        (state, j, m, m_prime, factor * (100 * j + 10 * m + m_prime))
        for state, factor in (("plus", -1), ("minus", 0.1))
        for j in np.arange(n_atoms % 2, n_atoms + 1, 2) / 2
        for m in np.arange(-j, j + 1)
        for m_prime in np.arange(-j, j + 1)
    ]
    return dict(zip(phases.MATRICES.column_names, zip(*elements, strict=True), strict=True))


def phase_inputs(folder, sizes, bistable, found):
    """Inputs of the figures of the gap and the phases; `found` holds the tables that other figures share."""

    def table(name, contract, columns, parameters):
        path = folder / f"{name}.parquet"
        tables.write(path, contract, with_notes(contract, columns), parameters)
        return tables.read(path, contract)

    n_atoms, drive = np.array([4, 8, 12, 16, 20]), np.linspace(0.1, 1.2, 12)
    gap = dict.fromkeys(liouvillian_gap.GAP.column_names, np.zeros(5))
    gap |= {"n_atoms": n_atoms, "drive": np.full(5, 0.654), "gap_eigenvalue": 1 / n_atoms}
    gap |= {"gap_fit": 1.1 / n_atoms, "gap_fit_error": 0.3 / n_atoms}
    time = np.tile(np.arange(10.0), 5)
    relaxation = {"n_atoms": np.repeat(n_atoms, 10), "time": time, "distance": np.exp(-time), "error": 0 * time}
    relaxation |= {"fitted": (time > 3) & (time < 8)}
    law = {name: [0.123] for name in liouvillian_gap.LAW.column_names}
    weights = {
        name: np.arange(1, 6) / (7 + number) for number, name in enumerate(phases.WEIGHTS_AT_TRANSITION.column_names)
    }
    weights |= {"n_atoms": np.unique([*sizes, 20, 21, 22])[:5], "drive": np.linspace(0.71, 0.75, 5)}
    laws = {name: [0.05, 0.04] for name in phases.WEIGHTS_LAW.column_names} | {"convention": ["block", "physical"]}
    ends = {"n_atoms_first": [4, 8], "n_atoms_last": [16, 12]}
    of_size = {}
    for size in sizes[:2]:
        m = np.arange(size + 1) - size / 2
        distribution = {"drive": np.full(3 * m.size, 0.654), "m": np.tile(m, 3)}
        distribution |= {"state": np.repeat(["plus", "minus", "steady"], m.size)}
        distribution |= {"probability": np.arange(3 * m.size) / 30, "weight": np.repeat([0.25, 0.5, 1], m.size)}
        per_size = {
            "phases": (phases.PHASES, phases_columns(bistable)),
            "magnetization": (phases.MAGNETIZATION, distribution),
            "matrices": (phases.MATRICES, matrices_columns(size)),
            "dicke": (phases.DICKE_INTENSITY, {"drive": drive, "intensity": 3 * drive, "s_z": -drive}),
        }
        for name, (contract, columns) in per_size.items():
            parameters = {"n_atoms": size, "selected_drive": 0.654}
            of_size.setdefault(name, []).append(table(f"phases_{name}_{size}", contract, columns, parameters))
    first = {name: group[:1] for name, group in of_size.items()}
    shared = {name: found[name][:1] for name in ("steady_state", "squeezing", "totally_mixed")}
    weight_tables = {
        "weights": [table("weights", phases.WEIGHTS_AT_TRANSITION, weights, {})],
        "weights_law": [table("weights_law", phases.WEIGHTS_LAW, laws | ends, {})],
    }
    given = {
        "fig03": {
            "gap": [table("gap", liouvillian_gap.GAP, gap, {})],
            "relaxation": [table("gap_relaxation", liouvillian_gap.RELAXATION, relaxation, {})],
            "law": [table("law", liouvillian_gap.LAW, law | {"n_atoms_first": [8], "n_atoms_last": [16]}, {})],
        },
        "fig04": first | shared | {"branches": found["branches_of_size"][:1]},
        "fig05": first | shared,
        "fig11": first,
        "fig12": of_size | weight_tables,
    }
    return {figure: {name: groups[name] for name in definition(figure).contracts} for figure, groups in given.items()}


def trajectory_columns(time, drive, n_atoms):
    """A made-up trajectory that oscillates; xi^2 is missing at one time, xi^2 and g2 span four decades."""
    wave = np.sin(7 * time)
    columns = {"s_z": n_atoms / 2 * wave, "s_squared": 5 + wave, "intensity": 3 - wave, "crss_fidelity": 0.5 + wave / 2}
    xi2 = np.where(np.arange(time.size) == 5, np.nan, 10 ** (2 + 2.1 * wave))
    return columns | {"time": time, "g2": 10 ** (2 * wave), "xi2": xi2, "drive": np.broadcast_to(drive, time.shape)}


def trajectory_inputs(folder, n_atoms, phases_group):
    """Inputs of the figures of trajectories, at drive 0.7."""

    def table(name, contract, columns, **parameters):
        path = folder / f"{name}.parquet"
        values = with_notes(contract, columns)
        tables.write(path, contract, values, {"n_atoms": n_atoms, "drive": [[0.0, 0.7]]} | parameters)
        return [tables.read(path, contract)]

    def trajectory(name, start, stop, drive=0.7, contract=trajectories.TRAJECTORY, **columns):
        time = np.linspace(start, stop, 41)
        return table(name, contract, trajectory_columns(time, drive, n_atoms) | columns)

    channel = ["collective", "individual", "collective", "individual", "individual", "collective"]
    record = {"time": [0.5, 1.25, 1.5, 4.5, 4.75, 5.25], "channel": channel, "atom": [-1, 0, -1, 1, 0, -1]}
    transient = dict.fromkeys(dynamics.TRANSIENT.column_names, np.full(30, 0.5)) | {"time": np.geomspace(0.1, 10, 30)}
    quench = np.where(np.linspace(0, 10, 41) < 4, 2.5, 0.7)
    counts = {"time": [0.25, 0.75, 1.25], "individual": [4, 0, 2], "collective": [11, 30, 21]}
    expected = {
        "state": ["plus", "minus"],
        "individual": [2.5, np.nan],
        "individual_exact": [2.25, 4.5],
        "note": ["", "no upper branch"],
    }
    rates = dict.fromkeys(trajectories.DWELL_RATES.column_names, np.zeros(2, int)) | {"n_atoms": [n_atoms] * 2}
    rates |= {"drive": [0.7, 0.7], "state": ["minus", "plus"], "rate_predicted": [0.0123, 0.0456], "rate": [0.3, 0.4]}
    jumps = table("jumps", trajectories.JUMPS, record)
    given = {
        "fig06": {
            "trajectory": trajectory("switching", 0, 10),
            "phases": phases_group,
            "dwell_rates": table("dwell_rates", trajectories.DWELL_RATES, rates),
        },
        "fig07": {
            "transient": table("transient", dynamics.TRANSIENT, transient, drive=0.7),
            "trajectory": trajectory("transient_trajectory", 0.1, 10),
            "jumps": jumps,
        },
        "fig08": {
            "trajectory": trajectory("singlets", 0, 10) + trajectory("quench", 0, 10, quench),
            "phases": phases_group,
        },
        "fig13": {
            "counts": table("counts", trajectories.COUNTS, counts, bin_width=0.5),
            "expected_counts": table(
                "expected_counts", trajectories.EXPECTED_COUNTS, expected | {"collective": [25, 12]}, bin_width=0.5
            ),
        },
        "fig14": {
            "zoom": trajectory("zoom", 4, 5, contract=trajectories.ZOOM, note=["no switch"] * 41),
            "jumps": jumps,
            "phases": phases_group,
        },
    }
    return {figure: {name: groups[name] for name in definition(figure).contracts} for figure, groups in given.items()}


def make_inputs(folder, case):
    """Tables of each figure, by figure and input name."""
    sizes, bistable = SIZES[case], case == "two sizes"
    found = make_tables(folder, sizes, bistable)
    by_figure = {
        figure: {name: found[name] for name in definition(figure).contracts}
        for figure in ("fig01", "fig02", "fig09", "fig10")
    }
    by_figure["fig02"]["branches"] = found["branches_of_size"]
    by_figure |= phase_inputs(folder, sizes, bistable, found)
    return by_figure | trajectory_inputs(folder, sizes[0], by_figure["fig05"]["phases"])
