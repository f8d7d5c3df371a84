"""Fig. ext2: the transition sharpens with the number of atoms, up to 10^5, and what is left of it in the limit.

All quantities are divided by their largest value, so that curves of all N share one scale. The drives are exact and so
dense near the transition of each N that its switch is resolved.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from driven_dicke.figures import style
from driven_dicke.figures.drawing import FigureDefinition, Tables
from driven_dicke.studies import sharpening

SQUEEZING_RANGE = (0.6, 1.25)
FLASH_RANGE = (-0.02, 0.13)  # of the drive, from the limiting transition
COLLAPSE_RANGE = 8  # of the scaled distance
FOLLOWED: dict[str, Any] = {"color": style.BLACK, "linewidth": 1.8}
METASTABLE: dict[str, Any] = {"color": style.GREY, "linewidth": style.THIN}


class Size(NamedTuple):
    """Rows of one number of atoms, and how they look."""

    n_atoms: int
    rows: pd.DataFrame
    colour: str
    label: str


def _sizes(tables: Tables) -> Iterator[Size]:
    rows = tables["curves"][0].data
    for index, n_atoms in enumerate(int(n) for n in np.unique(rows["n_atoms"])):
        power = round(np.log10(n_atoms))
        text = f"10^{{{power}}}" if n_atoms == 10**power and power > 3 else f"{n_atoms}"
        yield Size(n_atoms, rows[rows["n_atoms"] == n_atoms], style.SIZES[index % len(style.SIZES)], f"${text}$")


def _exact(axes: Axes, tables: Tables, column: str) -> None:
    """A curve of `column` per N."""
    for size in _sizes(tables):
        axes.plot(size.rows["drive"], size.rows[column], color=size.colour, linewidth=1.0, label=size.label)
    axes.set_xlim(0, tables["curves"][0].data["drive"].max())
    axes.set_xlabel(style.DRIVE_LABEL)


def _limit(axes: Axes, tables: Tables, column: str, *, joined: bool = True) -> None:
    """Branches of the limit: bold where the steady state follows them, with the jump; thin where it does not."""
    limit = tables["limit"][0].data.dropna(subset=[column])
    for branch, rows in limit.groupby("branch"):
        linestyle = style.UNSTABLE if branch == "middle" else "-"
        axes.plot(rows["drive"], rows[column], zorder=1.6, **METASTABLE | {"linestyle": linestyle})
    followed = limit[limit["favoured"]].sort_values(["drive", "branch"])
    groups = [followed] if joined else [rows for _, rows in followed.groupby("branch")]
    for rows in groups:
        axes.plot(rows["drive"], rows[column], zorder=1.7, **FOLLOWED)


def _switch(tables: Tables) -> float:
    """Drive of the jump in the limit."""
    return float(tables["limit"][0].data.query("favoured and branch == 'lower'")["drive"].max())


def magnetisation(axes: Axes, tables: Tables) -> None:
    """(a) 2 <S_z> / N against drive, with the mean-field branches of the limit and the switch between them."""
    _limit(axes, tables, "s_z_per_atom")
    _exact(axes, tables, "s_z_per_atom")
    axes.set_ylabel(r"$2\langle \hat S_z \rangle / N$")
    axes.legend(title="$N$", title_fontsize=7.5, alignment="left", loc="lower right")


def total_angular_momentum(axes: Axes, tables: Tables) -> None:
    """(b) <S^2> in units of its largest value, with the branches of the limit."""
    _limit(axes, tables, "s_squared_share")
    _exact(axes, tables, "s_squared_share")
    axes.set_ylim(-0.03, 1.05)
    axes.set_ylabel(r"$4 \langle \hat{\mathbf{S}}^{\,2} \rangle\,/\,N(N+2)$")
    looks = {
        r"$N \to \infty$": FOLLOWED,
        "metastable": METASTABLE,
        "unstable": METASTABLE | {"linestyle": style.UNSTABLE},
    }
    axes.legend([Line2D([], [], **look) for look in looks.values()], list(looks), loc=(0.03, 0.5))


def spin_squeezing(axes: Axes, tables: Tables) -> None:
    """(c) xi^2 against drive, with the limit 2 / (3 - r) up to the transition and on, where rho_+ is metastable."""
    _limit(axes, tables, "xi2")
    _exact(axes, tables, "xi2")
    best = tables["limit"][0].data.query("favoured")["xi2"].min()
    axes.plot([_switch(tables)] * 2, [best, SQUEEZING_RANGE[1]], zorder=1.7, **FOLLOWED)
    style.reference_line(axes, best, f"{best:.4f}", position=0.03)
    axes.set_ylim(*SQUEEZING_RANGE)
    axes.set_ylabel(r"$\xi^2$")


def second_order_coherence(axes: Axes, tables: Tables) -> None:
    """(d) g2(0) against drive: 1 below, 2 above, and a flash at the transition."""
    _limit(axes, tables, "g2", joined=False)
    _exact(axes, tables, "g2")
    rows = tables["transition"][0].data
    axes.plot(rows["g2_peak_drive"], rows["g2_peak_limit"], "_", color=style.BLACK, label=r"$Nw^2/8$")
    axes.set_xlim(*(_switch(tables) + offset for offset in FLASH_RANGE))
    axes.set_yscale("log")
    axes.set_ylabel("$g^{(2)}(0)$")
    axes.legend(axes.lines[-1:], [r"$Nw^2/8$"], loc="upper right")


def collapse(axes: Axes, tables: Tables) -> None:
    """(e) The jump of <S_z> against the distance from the transition in units of its width: one logistic curve."""
    distance = np.linspace(-COLLAPSE_RANGE, COLLAPSE_RANGE, 201)
    axes.plot(distance, 1 / (1 + np.exp(-distance)), zorder=1.7, **FOLLOWED, label="logistic")
    for size in _sizes(tables):
        axes.plot(size.rows["scaled_distance"], size.rows["jump_fraction"], color=size.colour, linewidth=1.0, zorder=2)
    axes.set_xlim(-COLLAPSE_RANGE, COLLAPSE_RANGE)
    axes.set_ylim(-0.05, 1.05)
    axes.set_xlabel(r"$2(1-x_-)N\,(\Omega - \Omega_{\mathrm{PT}})/(w\,\Omega_c)$")
    axes.set_ylabel(r"part of the jump of $\langle \hat S_z \rangle$")
    axes.legend(loc="upper left")


def width_and_flash(axes: Axes, tables: Tables) -> None:
    """(f) Width of the transition and height of the flash against N, with their laws."""
    rows = tables["transition"][0].data.sort_values("n_atoms")
    axes.plot(rows["n_atoms"], rows["width"], "o", color=style.BLACK, markerfacecolor="white", label="width")
    axes.plot(rows["n_atoms"], rows["width_two_states"], "x", color=style.VERMILION, label="width, two phases")
    axes.plot(rows["n_atoms"], rows["width_limit"], color=style.VERMILION, linewidth=1.0, zorder=1.5, label="law")
    axes.plot(rows["n_atoms"], 1 / rows["g2_peak"], "s", color=style.BLUE, label=r"$1/\max g^{(2)}$")
    axes.plot(
        rows["n_atoms"], 1 / rows["g2_peak_limit"], color=style.BLUE, linewidth=1.0, zorder=1.5, label=r"$8/Nw^2$"
    )
    axes.set_xscale("log")
    axes.set_xlim(left=min(10, rows["n_atoms"].min()))
    axes.set_yscale("log")
    axes.set_xlabel("number of atoms  $N$")
    axes.set_ylabel("width / $\\Omega_c$,  $1/\\max g^{(2)}$")
    if single := rows.loc[rows["width_two_states"].isna(), "n_atoms"].tolist():
        style.remark(axes, f"one phase at $N$ = {', '.join(map(str, single))}", position=(0.7, 0.95))
    axes.legend(loc="lower left")


FIGURE = FigureDefinition(
    title="Fig. ext2: the transition sharpens",
    contracts={
        "curves": sharpening.CURVES,
        "limit": sharpening.LIMIT,
        "transition": sharpening.TRANSITION,
    },
    panels={
        "a": magnetisation,
        "b": total_angular_momentum,
        "c": spin_squeezing,
        "d": second_order_coherence,
        "e": collapse,
        "f": width_and_flash,
    },
    mosaic=[["a", "b"], ["c", "d"], ["e", "f"]],
    size=(style.PAGE_WIDTH, 7.2),
)
