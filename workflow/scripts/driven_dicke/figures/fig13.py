"""Fig. 13: photons counted in both detectors along the trajectory of Fig. 6, and what either phase lets expect."""

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from driven_dicke.figures import style
from driven_dicke.figures.drawing import FigureDefinition, Tables
from driven_dicke.figures.phases import LOOKS
from driven_dicke.figures.trajectories import PHASE, conditions, phase_lines, time_axis
from driven_dicke.studies import trajectories


def _counts(axes: Axes, tables: Tables, channel: str, expected: str) -> None:
    """Counts per bin of one channel, with those expected in either phase whose mean-field branch exists."""
    table = tables["counts"][0]
    width = table.parameters["bin_width"]
    (dots,) = axes.plot(table.data["time"], table.data[channel], "o", color=style.BLACK, markersize=2.4, zorder=3)
    of_state = tables["expected_counts"][0].data.set_index("state")
    values = of_state[channel].where(of_state["individual"].notna())
    phase_lines(axes, {str(state): float(value) for state, value in values.items()})
    axes.set_ylim(0, (1.45 if values.isna().any() else 1.3) * max(table.data[channel].max(), values.max()))
    handles, labels = [dots, Line2D([], [], color=style.BLACK, **PHASE)], ["counted", expected]
    missing = [str(state) for state in values.index[values.isna()]]
    if missing:
        handles.append(Line2D([], [], linestyle="none"))
        labels.append(f"no {', '.join(f'${LOOKS[state].symbol}$' for state in missing)} at this drive")
    axes.legend(handles, labels, loc="upper right", ncols=2)
    axes.set_ylabel(f"{channel} jumps per bin")
    text = f"{conditions(table)}, $\\gamma_s \\Delta t = {width:g}$"
    time_axis(axes, 0, table.data["time"].max() + width / 2, text)


def individual(axes: Axes, tables: Tables) -> None:
    """(a) individual jumps, against Eq. (G1) with the mean-field <S_z>."""
    _counts(axes, tables, "individual", "Eq. (G1), mean field")


def collective(axes: Axes, tables: Tables) -> None:
    """(b) collective jumps, against Eq. (G2) with <S_+ S_-> of rho_+ and rho_-."""
    _counts(axes, tables, "collective", "Eq. (G2)")


FIGURE = FigureDefinition(
    title="Fig. 13: counts of individual and collective jumps",
    contracts={"counts": trajectories.COUNTS, "expected_counts": trajectories.EXPECTED_COUNTS},
    panels={"a": individual, "b": collective},
    mosaic=[["a"], ["b"]],
    size=(style.COLUMN_WIDTH, 4.2),
)
