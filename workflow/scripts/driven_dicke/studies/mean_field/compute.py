"""Mean-field branches, their stability, and relaxation to them: Figs. 1(b) and 9."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from driven_dicke.mean_field import branches as mean_field
from driven_dicke.model.dicke_basis import FloatArray
from driven_dicke.studies.common import grid, model_of


def branch_table(ratios: list[float], grid_drives: FloatArray) -> dict[str, Any]:
    """Columns of contracts.mean_field.BRANCHES: every steady state at every ratio and drive, edges too."""
    names = ("gamma_ratio", "drive", "branch", "stable")
    parts: dict[str, list[Any]] = {name: [] for name in (*names, "state", "eigenvalues")}
    for ratio in ratios:
        # The folds themselves, where a stable and the unstable branch meet, lie on no grid.
        edges = mean_field.bistability_edges(ratio) if ratio > mean_field.BISTABILITY_RATIO else ()
        drives = np.unique([*grid_drives, *(edge for edge in edges if grid_drives[0] < edge < grid_drives[-1])])
        for name, s_z in mean_field.branches(ratio, drives)._asdict().items():
            exists = np.isfinite(s_z)
            parts["gamma_ratio"].append(np.full(exists.sum(), ratio))
            parts["drive"].append(drives[exists])
            parts["branch"].append(np.full(exists.sum(), name))
            parts["stable"].append(mean_field.stable(ratio, drives[exists], s_z[exists]))
            parts["state"].append(mean_field.spin(ratio, drives[exists], s_z[exists]))
            parts["eigenvalues"].append(mean_field.eigenvalues(ratio, drives[exists], s_z[exists]))
    state, eigenvalues = np.concatenate(parts["state"]), np.concatenate(parts["eigenvalues"])
    columns: dict[str, Any] = {name: np.concatenate(parts[name]) for name in names}
    columns |= {f"s_{axis}": state[:, i] for i, axis in enumerate("xyz")}
    for number in (1, 2, 3):
        columns[f"eig{number}_re"] = eigenvalues[:, number - 1].real
        columns[f"eig{number}_im"] = eigenvalues[:, number - 1].imag
    return columns


def compute(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Tables branches, edges, relaxation and dicke from `gamma_ratios`, `drive` and `relaxation`.

    The branches of the relaxation's ratio are in the tables even if `gamma_ratios` does not list it.
    """
    ratios = sorted({*parameters["gamma_ratios"], parameters["relaxation"]["gamma_ratio"]})
    drives = grid(parameters["drive"])
    bistable = [ratio for ratio in ratios if ratio > mean_field.BISTABILITY_RATIO]
    edges = np.array([mean_field.bistability_edges(ratio) for ratio in bistable]).reshape(-1, 2)
    dicke_drives = np.linspace(0, 1, drives.size)
    s_y, s_z = mean_field.dicke_mean_field(dicke_drives)
    return {
        "branches": branch_table(ratios, drives),
        "edges": {"gamma_ratio": bistable, "lower_edge": edges[:, 0], "upper_edge": edges[:, 1]},
        "relaxation": relaxation_table(parameters["relaxation"]),
        "dicke": {"drive": dicke_drives, "s_y": s_y, "s_z": s_z},
    }


def relaxation_table(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of contracts.mean_field.RELAXATION, one trajectory per initial state."""
    times = np.linspace(0, parameters["stop_time"], parameters["points"])
    initial_states = parameters["initial_states"]
    states = np.concatenate(
        [
            mean_field.relaxation(parameters["gamma_ratio"], parameters["drive"], initial, times)
            for initial in initial_states
        ]
    )
    columns = {"trajectory": np.repeat(np.arange(len(initial_states)), times.size)}
    columns |= {"time": np.tile(times, len(initial_states))}
    return columns | {f"s_{axis}": states[:, i] for i, axis in enumerate("xyz")}


def compute_for_n_atoms(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Table branches at the ratio Gamma / gamma of `n_atoms` atoms with the configured rates."""
    model = model_of(parameters, parameters["n_atoms"])
    ratio = model.collective_rate / model.single_atom_rate
    return {"branches": branch_table([ratio], grid(parameters["drive"]))}
