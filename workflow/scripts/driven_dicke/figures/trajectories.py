"""What the figures of trajectories share: panels above one another over one time axis, and the values of the phases.

A trajectory is black, the phases are dashed in their colours. <S_z>, <S^2> and <S_+ S_-> fluctuate about the value of
a phase; xi^2, g2 and the fidelity are not linear in the state, so that their averages over trajectories differ from it.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from driven_dicke.figures import style
from driven_dicke.figures.drawing import Tables
from driven_dicke.figures.phases import LOOKS
from driven_dicke.pipeline.tables import Table, TableError

TIME_LABEL = r"time  $\gamma_s t$"
LABELS = {
    "s_z": r"$\langle \hat S_z \rangle$",
    "s_squared": r"$\langle \hat{\mathbf{S}}^{\,2} \rangle$",
    "intensity": r"$\langle \hat S_{+} \hat S_{-} \rangle$",
    "crss_fidelity": "fidelity with the CRSS",
    "xi2": r"$\xi^2$",
    "g2": r"$g^{(2)}(0)$",
}
PHASE: dict[str, Any] = {"linestyle": (0, (4, 1.6)), "linewidth": 1.2, "zorder": 2.5}


def drive(table: Table) -> float:
    """Omega / Omega_c at the end of a trajectory, from the parameters of any table of it."""
    return float(table.parameters["drive"][-1][1])


def conditions(table: Table) -> str:
    """N and the final drive of a trajectory, as text."""
    return f"$N = {table.parameters['n_atoms']}$, $\\Omega = {drive(table):.4g}\\,\\Omega_c$"


def time_axis(axes: Axes, start: float, stop: float, text: str) -> None:
    """Time axis of a panel: `text` above the highest and the label below the lowest panel of a column only."""
    axes.set_xlim(start, stop)
    place = axes.get_subplotspec()
    if place is None or place.is_first_row():
        axes.set_title(text, loc="right", fontsize=7.5)
    if place is None or place.is_last_row():
        axes.set_xlabel(TIME_LABEL)
    else:
        axes.tick_params(labelbottom=False)


def curve(axes: Axes, table: Table, column: str, width: float = 0.5) -> None:
    """`column` of a trajectory against time."""
    axes.plot(table.data["time"], table.data[column], color=style.BLACK, linewidth=width, label="trajectory")
    axes.set_ylabel(LABELS[column])


def phase_values(tables: Tables, table: Table, column: str) -> dict[str, float]:
    """`column` of both phases at the final drive of the trajectory `table`; NaN beyond the branch of a phase.

    Raises:
        TableError: the phases were not computed at that drive.
    """
    phases = tables["phases"][0].data
    row = phases[np.isclose(phases["drive"], drive(table), rtol=0, atol=1e-9)]
    if row.empty:
        raise TableError(f"the table of the phases has no drive {drive(table):g}; set phases.selected_drive to it")
    of_state = row.iloc[0]
    return {
        state: float(of_state[f"{column}_{state}"]) if of_state[f"{look.branch}_branch"] else np.nan
        for state, look in LOOKS.items()
    }


def phase_lines(axes: Axes, values: Mapping[str, float]) -> None:
    """Dashed line at the value of each phase, named at its right end; a value that is missing has no line."""
    present = {state: value for state, value in values.items() if np.isfinite(value)}
    highest = max(present, key=lambda state: present[state], default=None)
    for state, value in present.items():
        look = LOOKS[state]
        axes.axhline(value, color=look.colour, label=f"${look.symbol}$", **PHASE)
        axes.annotate(
            f"${look.symbol}$",
            (1, value),
            xycoords=("axes fraction", "data"),
            xytext=(3, -2 if state == highest else 2),
            textcoords="offset points",
            va="bottom" if state == highest else "top",
            color=look.colour,
            annotation_clip=False,
        )


def individual_jumps(table: Table) -> pd.Series:
    """Times of the individual jumps of a record."""
    return table.data["time"][table.data["channel"] == "individual"]
