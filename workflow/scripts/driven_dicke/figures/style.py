"""One style for every figure: sizes, fonts, colours, line styles, and the marks that several figures share."""

from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes

COLUMN_WIDTH = 3.4  # inches, one journal column
PAGE_WIDTH = 7.0  # inches, two columns

# Okabe and Ito's palette, told apart by readers with any colour vision.
VERMILION, BLUE, GREEN, PURPLE = "#D55E00", "#0072B2", "#009E73", "#CC79A7"
ORANGE, SKY, BLACK, GREY = "#E69F00", "#56B4E9", "#000000", "#7F7F7F"

SIZES = (
    VERMILION,
    BLUE,
    GREEN,
    PURPLE,
    ORANGE,
    SKY,
    BLACK,
)  # one colour per number of atoms, in the order of the configuration
SIZE_MARKERS = ("o", "s", "^", "D", "v", "P", "X")  # and one marker, for print without colour
PLUS, MINUS, STEADY, DICKE = VERMILION, GREEN, BLUE, PURPLE  # rho_+, rho_-, rho_s, and gamma_s = 0
BRANCHES = {"lower": BLACK, "middle": VERMILION, "upper": ORANGE}

SIZES_LISTED = 6  # numbers of atoms in a remark
THIN = 0.7  # points, lines that theory draws beside the data
UNSTABLE = (0, (4, 1.6))  # dashes of an unstable solution
DRIVE_LABEL = r"drive  $\Omega/\Omega_c$"

SETTINGS: dict[str, Any] = {
    "font.family": "STIXGeneral",
    "mathtext.fontset": "stix",
    "font.size": 9,
    "axes.labelsize": 9,
    "axes.titlesize": 9,
    "axes.titlelocation": "left",
    "axes.titlepad": 4,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "legend.fontsize": 7.5,
    "legend.frameon": False,
    "legend.handlelength": 1.6,
    "legend.borderaxespad": 0.3,
    "legend.labelspacing": 0.3,
    "xtick.direction": "in",
    "ytick.direction": "in",
    "xtick.top": True,
    "ytick.right": True,
    "axes.linewidth": 0.6,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "lines.linewidth": 1.2,
    "lines.markersize": 3,
    "figure.constrained_layout.use": True,
    "figure.dpi": 100,
    "savefig.dpi": 300,
    "pdf.fonttype": 42,  # embedded TrueType: text stays text
    "svg.fonttype": "path",  # looks the same without the fonts
    "svg.hashsalt": "driven-dicke",  # identifiers that do not vary from run to run
}


def use() -> None:
    """Make this style, and nothing of the user's own, the style of all figures that follow."""
    mpl.use("agg")
    mpl.rcdefaults()
    mpl.rcParams.update(mpl.RcParams(SETTINGS))


def reference_line(axes: Axes, value: float, text: str, *, colour: str = GREY, position: float = 0.98) -> None:
    """Dotted horizontal line at `value` with `text` above its end at the fraction `position` of the width."""
    axes.axhline(value, color=colour, linestyle=":", linewidth=0.9, zorder=1)
    axes.annotate(
        text,
        (position, value),
        xycoords=("axes fraction", "data"),
        xytext=(0, 1.5),
        textcoords="offset points",
        ha="right" if position > 0.5 else "left",
        va="bottom",
        color=colour,
        fontsize=7,
    )


ABOVE = (0.55, 1.035)  # of a panel that is full


def remark(axes: Axes, text: str, *, position: tuple[float, float] = (0.5, 0.5)) -> None:
    """A short line inside the panel at `position` (axes fractions): what is not drawn, and why."""
    axes.text(
        *position,
        text,
        transform=axes.transAxes,
        ha="center",
        va="center",
        color=GREY,
        fontsize=7,
        wrap=True,
        zorder=5,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.0},
    )


def left_out(axes: Axes, rows: pd.DataFrame, text: str, *, position: tuple[float, float] = (0.5, 0.5)) -> None:
    """Say in a panel for which sizes `rows` have a note in place of values: `text` and the list of N.

    Args:
        axes: where to say it.
        rows: rows of a table with the columns n_atoms and note.
        text: what these sizes do not have.
        position: as for `remark`.
    """
    sizes = rows.loc[rows["note"] != "", "n_atoms"].tolist()
    if not sizes:
        return
    remark(axes, f"{text} at {listed(sizes)}", position=position)


def listed(sizes: Sequence[int]) -> str:
    """N = and the list of `sizes`, at most SIZES_LISTED of them."""
    some = sizes if len(sizes) <= SIZES_LISTED else [*sizes[: SIZES_LISTED - 1], r"\ldots", sizes[-1]]
    return f"$N = {', '.join(map(str, some))}$"


def branch_curves(
    axes: Axes,
    branches: pd.DataFrame,
    colours: Mapping[str, str],
    *,
    column: str = "s_z",
    scale: float = 1.0,
    width: float = 1.2,
    labels: bool = False,
) -> None:
    """Mean-field branches against drive: stable ones solid, the unstable one dashed and joined to them at the folds.

    Args:
        axes: where to draw.
        branches: rows of one Gamma / gamma of the table `mean_field/branches`.
        colours: colour of each branch, by its name.
        column: quantity to draw.
        scale: factor on the quantity, N / 2 for the whole ensemble.
        width: line width, points.
        labels: enter each branch in the legend.
    """
    start, stop = branches["drive"].min(), branches["drive"].max()
    rows_of = {str(name): rows for name, rows in branches.sort_values("drive").groupby("branch")}
    for name, rows in rows_of.items():
        stable = rows["stable"].any()  # all of a stable branch is, but for the fold at its end
        if name == "middle":  # one curve through both folds: the middle branch begins where the others end
            ends = rows_of["upper"].iloc[:1], rows_of["lower"].iloc[-1:]
            before, after = ends[0][ends[0]["drive"] > start], ends[1][ends[1]["drive"] < stop]
            rows = pd.concat([before, rows, after])
        axes.plot(
            rows["drive"],
            scale * rows[column],
            color=colours[name],
            linestyle="-" if stable else UNSTABLE,
            linewidth=width,
            label=f"{name} branch" if labels else None,
            zorder=1.8,
        )
