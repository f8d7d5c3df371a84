"""Fig. 2: the first-order transition in the exact steady state.

Magnetisation is drawn as it is, so that curves of different N stay apart. <S^2> and <S_+ S_-> grow as N^2 below the
transition: both are divided by (N/2)(N/2 + 1) = N(N + 2)/4, the largest value that N spins allow. All N then begin
alike, their drops are seen at one scale, and what remains above the transition is seen to vanish with N.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from driven_dicke.figures import style
from driven_dicke.figures.drawing import FigureDefinition, Tables
from driven_dicke.pipeline.tables import Table
from driven_dicke.studies import mean_field, squeezing, steady_state

SQUEEZING_RANGE = (0.5, 1.4)  # beyond the transition xi^2 grows without bound, as |<S>| vanishes
DOT_SPACING = 0.06  # distance along a curve between the computed points that get a dot, in diagonals of the axes


class Size(NamedTuple):
    """Rows of one number of atoms, and how they look."""

    n_atoms: int
    rows: pd.DataFrame
    colour: str
    marker: str

    @property
    def largest_spin_squared(self) -> float:
        """(N/2)(N/2 + 1), the largest eigenvalue of S^2."""
        return self.n_atoms / 2 * (self.n_atoms / 2 + 1)


def _sizes(group: Sequence[Table]) -> Iterator[Size]:
    for index, table in enumerate(group):
        look = index % len(style.SIZES)
        yield Size(table.parameters["n_atoms"], table.data, style.SIZES[look], style.SIZE_MARKERS[look])


def _exact(axes: Axes, tables: Tables, column: str, *, relative: bool = False) -> None:
    """Curves of `column` with dots, one per N; `relative` to the largest value of S^2."""
    for size in _sizes(tables["steady_state"]):
        axes.plot(
            size.rows["drive"],
            size.rows[column] / (size.largest_spin_squared if relative else 1),
            color=size.colour,
            marker=size.marker,
            markevery=DOT_SPACING,
            markersize=2.6,
            markerfacecolor=size.colour if size.marker == "o" else "white",
            markeredgewidth=0.7,
            linewidth=0.9,
            label=f"$N = {size.n_atoms}$",
        )
    axes.set_xlim(0, max(size.rows["drive"].max() for size in _sizes(tables["steady_state"])))
    axes.set_xlabel(style.DRIVE_LABEL)


def _mixed_lines(axes: Axes, tables: Tables, column: str, *, relative: bool = False) -> None:
    """Dotted line at the value of the totally mixed state, one per N."""
    mixed = tables["totally_mixed"][0].data.set_index("n_atoms")[column]
    for size in _sizes(tables["steady_state"]):
        value = mixed[size.n_atoms] / (size.largest_spin_squared if relative else 1)
        axes.axhline(value, color=size.colour, linestyle=":", linewidth=1.0, zorder=1)


def _legend(axes: Axes, **extra: Line2D) -> None:
    """Legend of the curves, with `extra` entries by their text."""
    handles, labels = axes.get_legend_handles_labels()
    axes.legend([*handles, *extra.values()], [*labels, *extra], loc="best")


def _black(linestyle: Any, width: float = style.THIN) -> Line2D:
    return Line2D([], [], color=style.BLACK, linestyle=linestyle, linewidth=width)


def magnetisation(axes: Axes, tables: Tables) -> None:
    """(a) <S_z> against drive, with N s_z / 2 of the mean field."""
    for size in _sizes(tables["branches"]):
        colours = dict.fromkeys(style.BRANCHES, size.colour)
        style.branch_curves(axes, size.rows, colours, scale=size.n_atoms / 2, width=style.THIN)
    _exact(axes, tables, "s_z")
    axes.set_ylabel(r"$\langle \hat S_z \rangle$")
    _legend(axes, **{"mean field": _black("-"), "unstable": _black(style.UNSTABLE)})


def magnetisation_distribution(axes: Axes, tables: Tables) -> None:
    """(b) P_m of the largest N at its critical point, with both mean-field values."""
    *_, size = _sizes(tables["steady_state"])  # its colour, as in the other panels
    rows = tables["magnetization"][-1].data.sort_values("m")
    axes.set_xlabel(r"eigenvalue $m$ of $\hat S_z$")
    axes.set_ylabel("$P_m$")
    if rows["probability"].isna().all():
        style.remark(axes, f"$N = {size.n_atoms}$ has no critical point")
        return
    edges = [*(rows["m"] - 0.5), rows["m"].max() + 0.5]
    axes.stairs(rows["probability"], edges, fill=True, facecolor=size.colour, alpha=0.35)
    axes.stairs(rows["probability"], edges, color=size.colour, linewidth=0.8)
    mean_field_values = tables["mean_field_magnetization"][-1].data
    for name, s_z in zip(mean_field_values["branch"], mean_field_values["s_z"], strict=True):
        axes.axvline(s_z, color=style.BLACK, linestyle="--", linewidth=0.8)
        axes.annotate(
            name,
            (s_z, 0.97),
            xycoords=("data", "axes fraction"),
            xytext=(3, 0),
            textcoords="offset points",
            va="top",
            fontsize=7.5,
        )
    title = f"$N = {size.n_atoms}$, $\\Omega = {rows['drive'].iloc[0]:.3f}\\,\\Omega_c$"
    axes.legend([_black("--", 0.8)], ["mean field"], title=title, title_fontsize=7.5, loc="upper right")
    axes.set_xlim(edges[0], edges[-1])
    axes.xaxis.set_major_locator(MaxNLocator(nbins=7, integer=True))
    axes.set_ylim(0, 1.3 * rows["probability"].max())


def total_angular_momentum(axes: Axes, tables: Tables) -> None:
    """(c) <S^2> against drive, with 3N/4 of the totally mixed state."""
    _mixed_lines(axes, tables, "s_squared", relative=True)
    _exact(axes, tables, "s_squared", relative=True)
    axes.set_ylim(0, 1.05)
    axes.set_ylabel(r"$4 \langle \hat{\mathbf{S}}^{\,2} \rangle\,/\,N(N+2)$")
    _legend(axes, **{"mixed, $3N/4$": _black(":", 1.0)})


def spin_squeezing(axes: Axes, tables: Tables) -> None:
    """(d) xi^2 against drive, with Eq. (7)."""
    for size in _sizes(tables["squeezing"]):
        axes.plot(size.rows["drive"], size.rows["xi2"], color=size.colour, linewidth=style.THIN, zorder=1.8)
    _exact(axes, tables, "xi2")
    style.reference_line(axes, 1, "")
    axes.set_ylim(*SQUEEZING_RANGE)
    axes.set_ylabel(r"$\xi^2$")
    _legend(axes, **{"Eq. (7)": _black("-")})


def intensity(axes: Axes, tables: Tables) -> None:
    """(e) <S_+ S_-> against drive, with N/2 of the totally mixed state."""
    _mixed_lines(axes, tables, "intensity", relative=True)
    _exact(axes, tables, "intensity", relative=True)
    axes.set_ylim(bottom=0)
    axes.set_ylabel(r"$4 \langle \hat S_+ \hat S_- \rangle\,/\,N(N+2)$")
    _legend(axes, **{"mixed, $N/2$": _black(":", 1.0)})


def second_order_coherence(axes: Axes, tables: Tables) -> None:
    """(f) g2(0) against drive, with 1 (coherent light) and 2 (1 - 1/N) (totally mixed)."""
    axes.axhline(1, color=style.GREY, linestyle=":", linewidth=0.9, zorder=1)
    _mixed_lines(axes, tables, "g2")
    _exact(axes, tables, "g2")
    axes.set_ylabel(r"$g^{(2)}(0)$")
    _legend(axes, **{"mixed, $2(1 - 1/N)$": _black(":", 1.0)})


FIGURE = FigureDefinition(
    title="Fig. 2: first-order dissipative phase transition in the exact steady state",
    contracts={
        "steady_state": steady_state.STEADY_STATE,
        "branches": mean_field.BRANCHES,
        "magnetization": steady_state.MAGNETIZATION,
        "mean_field_magnetization": steady_state.MEAN_FIELD_MAGNETIZATION,
        "totally_mixed": steady_state.TOTALLY_MIXED,
        "squeezing": squeezing.SQUEEZING,
    },
    panels={
        "a": magnetisation,
        "b": magnetisation_distribution,
        "c": total_angular_momentum,
        "d": spin_squeezing,
        "e": intensity,
        "f": second_order_coherence,
    },
    mosaic=[["a", "b"], ["c", "d"], ["e", "f"]],
    size=(style.PAGE_WIDTH, 6.6),
)
