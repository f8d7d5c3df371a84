"""Fig. 11: both phases as matrices in the Dicke block basis.

Moduli are drawn: they are the same in every phase convention of the basis, the signs are not. The logarithmic scale is
common to both phases and ends three decades below the largest element; what is smaller is white.
"""

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LogNorm
from matplotlib.patches import Rectangle

from driven_dicke.figures import style
from driven_dicke.figures.drawing import FigureDefinition, Tables
from driven_dicke.figures.phases import LOOKS
from driven_dicke.studies import phases

DECADES = 3
ROOM = 0.045  # smallest share of the axis on which the j of a block is written


def _matrix(axes: Axes, tables: Tables, state: str) -> None:
    """Moduli of the elements of a phase: blocks of j falling from the top left, in each of them m falling."""
    table = tables["matrices"][0]
    spins = np.sort(table.data["j"].unique())[::-1]
    sizes = (2 * spins + 1).astype(int)
    starts = np.cumsum(sizes) - sizes
    rows = table.data[table.data["state"] == state]
    start = rows["j"].map(dict(zip(spins, starts, strict=True)))
    matrix = np.zeros((sizes.sum(), sizes.sum()))
    matrix[(start + rows["j"] - rows["m"]).astype(int), (start + rows["j"] - rows["m_prime"]).astype(int)] = abs(
        rows["value"]
    )
    largest = table.data["value"].abs().max()
    image = axes.imshow(
        matrix,
        cmap=mpl.colormaps["magma_r"].with_extremes(under="white", bad="white"),
        norm=LogNorm(largest / 10**DECADES, largest),
        extent=(0, len(matrix), len(matrix), 0),
        interpolation="nearest",
    )
    for start_of_block, size in zip(starts, sizes, strict=True):
        axes.add_patch(Rectangle((start_of_block,) * 2, size, size, fill=False, edgecolor=style.BLACK, linewidth=0.5))
    roomy = sizes >= ROOM * len(matrix)
    ticks = (starts + sizes / 2)[roomy]
    labels = [f"{j:g}" if j == int(j) else f"{2 * j:g}/2" for j in spins[roomy]]
    axes.set_xticks(ticks, labels)
    axes.set_yticks(ticks, labels)
    axes.tick_params(length=0)
    axes.set_xlabel(r"column: $j$ of the block, $m\prime$ falling")
    axes.set_ylabel(r"row: $j$ of the block, $m$ falling")
    bar = axes.figure.colorbar(image, cax=axes.inset_axes((1.03, 0, 0.04, 1)), extend="min")
    bar.set_label(r"$|\langle j, m\,|\,\rho\,|\,j, m\prime \rangle|$", labelpad=1)
    drive, n_atoms = table.parameters["selected_drive"], table.parameters["n_atoms"]
    text = f"${LOOKS[state].symbol}$\n$N = {n_atoms}$\n$\\Omega = {drive:g}\\,\\Omega_c$"
    axes.text(0.97, 0.97, text, transform=axes.transAxes, ha="right", va="top")


def left(axes: Axes, tables: Tables) -> None:
    """rho_-."""
    _matrix(axes, tables, "minus")


def right(axes: Axes, tables: Tables) -> None:
    """rho_+."""
    _matrix(axes, tables, "plus")


FIGURE = FigureDefinition(
    title="Fig. 11: the two phases in the Dicke block basis",
    contracts={"matrices": phases.MATRICES},
    panels={"left": left, "right": right},
    mosaic=[["left", "right"]],
    size=(style.PAGE_WIDTH, 3.1),
    panel_size=(style.COLUMN_WIDTH, 2.85),  # higher, and the square axes would push their labels over the edges
)
