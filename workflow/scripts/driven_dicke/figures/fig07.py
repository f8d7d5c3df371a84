"""Fig. 7: the transient from all atoms down, in the density matrix and along one trajectory."""

from matplotlib.axes import Axes

from driven_dicke.figures import style
from driven_dicke.figures.drawing import FigureDefinition, Tables
from driven_dicke.figures.trajectories import LABELS, conditions, individual_jumps, time_axis
from driven_dicke.pipeline.tables import TableError
from driven_dicke.studies import dynamics, trajectories


def _transient(axes: Axes, tables: Tables, column: str, text_at: float) -> None:
    """`column` against time on a logarithmic axis; the first individual jump is named at the height `text_at` (0 to 1).

    Raises:
        TableError: rho(t) and the trajectory are of different numbers of atoms or drives.
    """
    transient, trajectory = tables["transient"][0], tables["trajectory"][0]
    of_transient = [transient.parameters["n_atoms"], [[0.0, transient.parameters["drive"]]]]
    of_trajectory = [trajectory.parameters["n_atoms"], trajectory.parameters["drive"]]
    if of_transient != of_trajectory:
        raise TableError(
            f"Fig. 7 needs rho(t) and the trajectory at the same number of atoms and drive, but has {of_transient} and "
            f"{of_trajectory}; make dynamics and trajectories.transient alike"
        )
    for time in individual_jumps(tables["jumps"][0]).head(1):
        axes.axvline(time, color=style.GREY, linestyle="--", linewidth=0.9, zorder=1)
        axes.annotate(
            f"first individual\njump, $\\gamma_s t = {time:.2f}$",
            (time, text_at),
            xycoords=("data", "axes fraction"),
            xytext=(-3, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            color=style.GREY,
            fontsize=7,
        )
    rows, density = trajectory.data, transient.data
    axes.plot(rows["time"], rows[column], color=style.VERMILION, linewidth=0.8, label="one trajectory")
    axes.plot(density["time"], density[column], color=style.BLUE, label=r"$\rho(t)$")
    axes.set_xscale("log")
    axes.set_ylabel(LABELS[column])
    time_axis(axes, density["time"].min(), density["time"].max(), conditions(trajectory))


def magnetisation(axes: Axes, tables: Tables) -> None:
    """(a) <S_z>."""
    _transient(axes, tables, "s_z", 0.87)
    axes.legend(loc="upper left")


def fidelity(axes: Axes, tables: Tables) -> None:
    """(b) root fidelity with the CRSS."""
    _transient(axes, tables, "crss_fidelity", 0.13)
    axes.set_ylim(-0.04, 1.08)
    axes.legend(loc="upper left")


FIGURE = FigureDefinition(
    title="Fig. 7: transient of the density matrix and of one trajectory",
    contracts={
        "transient": dynamics.TRANSIENT,
        "trajectory": trajectories.TRAJECTORY,
        "jumps": trajectories.JUMPS,
    },
    panels={"a": magnetisation, "b": fidelity},
    mosaic=[["a"], ["b"]],
    size=(style.COLUMN_WIDTH, 4.2),
)
