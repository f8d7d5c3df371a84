"""Fig. 1: the system, drawn by code, and its mean-field magnetisation."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyArrowPatch, Polygon, Wedge

from driven_dicke.figures import style
from driven_dicke.figures.drawing import FigureDefinition, Tables
from driven_dicke.studies import mean_field

# The schematic's own coordinates: 10 wide, the cavity's axis at height 0.
MIRRORS = (3.2, 9.2)  # where the mirrors' faces cross the axis
ATOMS = np.linspace(4.2, 8.2, 5)
BEAM_SPLITTER = 1.75
MODE_COLOUR = "#DCE9F3"


def _beam_radius(x: np.ndarray) -> np.ndarray:
    """Half the width of the drawn cavity mode, narrowest in the middle."""
    return 0.36 * np.sqrt(1 + ((x - np.mean(MIRRORS)) / 3.0) ** 2)


def _mirror(axes: Axes, face: float, outwards: int, colour: str) -> None:
    """Mirror with a concave face; `outwards` is the side of its flat back, -1 (left) or 1 (right)."""
    y = np.linspace(-0.95, 0.95, 41)
    curved, back = face - outwards * 0.2 * (y / 0.95) ** 2, face + outwards * 0.17
    corners = np.array([*zip(curved, y, strict=True), (back, y[-1]), (back, y[0])])
    axes.add_patch(Polygon(corners, facecolor=colour, edgecolor=style.BLACK, linewidth=0.6, zorder=3))


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float], colour: str, width: float = 1.2) -> None:
    arrow = FancyArrowPatch(start, end, arrowstyle="-|>", mutation_scale=7, shrinkA=0, shrinkB=0)
    arrow.set(color=colour, linewidth=width, zorder=4)
    axes.add_patch(arrow)


def _wavy_arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
    """Arrow for an emitted photon, with four waves."""
    (x0, y0), step = start, np.subtract(end, start)
    along = np.linspace(0, 0.82, 200)
    phase = np.pi * along / along[-1]
    across = 0.1 * np.sqrt(abs(np.sin(phase))) * np.sin(8 * phase) / np.hypot(*step)
    x, y = x0 + along * step[0] - across * step[1], y0 + along * step[1] + across * step[0]
    axes.plot(x, y, color=colour, linewidth=0.9, solid_capstyle="round", zorder=2.5)
    _arrow(axes, (x[-1], y[-1]), end, colour, 0.9)


def _detector(axes: Axes, centre: tuple[float, float], faces: float, text: str, text_at: tuple[float, float]) -> None:
    """Half disc whose flat side faces the direction `faces`, degrees."""
    disc = Wedge(
        centre, 0.38, faces + 90, faces + 270, facecolor="#4D4D4D", edgecolor=style.BLACK, linewidth=0.6, zorder=4
    )
    axes.add_patch(disc)
    axes.text(*text_at, text, ha="center", va="center")


def schematic(axes: Axes, tables: Tables) -> None:
    """(a) Atoms in a one-sided cavity: drive, collective and individual decay, and their detectors."""
    axes.set_aspect("equal", anchor="W")
    axes.set_axis_off()
    axes.set_xlim(0, 10)
    axes.set_ylim(-2.85, 2.65)

    x = np.linspace(*MIRRORS, 200)
    axes.fill_between(x, -_beam_radius(x), _beam_radius(x), color=MODE_COLOUR, linewidth=0, zorder=1)
    _mirror(axes, MIRRORS[0], -1, "#D9D9D9")
    _mirror(axes, MIRRORS[1], 1, "#4D4D4D")

    for atom in ATOMS:  # two levels in a circle
        axes.add_patch(Circle((atom, 0), 0.25, facecolor="white", edgecolor=style.BLACK, linewidth=0.7, zorder=3))
        for level in (-0.09, 0.09):
            axes.plot([atom - 0.13, atom + 0.13], [level, level], color=style.BLACK, linewidth=0.8, zorder=3.5)

    _arrow(axes, (0.1, 0.14), (MIRRORS[0] - 0.25, 0.14), style.VERMILION, 1.6)
    axes.text(0.55, 0.32, r"$\Omega$", color=style.VERMILION, ha="center", va="bottom")
    diagonal = np.array([-0.42, 0.42])
    axes.plot(BEAM_SPLITTER + diagonal, diagonal, color=style.GREY, linewidth=1.6, solid_capstyle="butt", zorder=2)
    axes.plot([MIRRORS[0] - 0.25, BEAM_SPLITTER - 0.14], [-0.14, -0.14], color=style.BLUE, linewidth=1.2, zorder=3)
    _arrow(axes, (BEAM_SPLITTER - 0.14, -0.14), (BEAM_SPLITTER - 0.14, -1.75), style.BLUE)
    axes.text(2.4, -0.32, r"$\gamma_c$", color=style.BLUE, ha="center", va="top")
    _detector(axes, (BEAM_SPLITTER - 0.14, -1.8), 90, r"$\mathrm{PD}_{\!\parallel}$", (BEAM_SPLITTER - 0.14, -2.6))

    centre = ATOMS[len(ATOMS) // 2]
    for atom in ATOMS[1:-1]:
        _wavy_arrow(axes, (atom, 0.32), (centre + 0.25 * (atom - centre), 2.05), style.GREEN)
    for atom in (ATOMS[0], ATOMS[-1]):
        _wavy_arrow(axes, (atom, -0.32), (atom + 0.3 * np.sign(atom - centre), -1.9), style.GREEN)
    axes.text(ATOMS[-2] + 0.3, 1.2, r"$\gamma_s$", color=style.GREEN, ha="left", va="center")
    _detector(axes, (centre, 2.15), -90, r"$\mathrm{PD}_{\!\perp}$", (centre + 0.95, 2.35))


def magnetisation(axes: Axes, tables: Tables) -> None:
    """(b) s_z of the mean field against drive, stable and unstable, and without individual decay."""
    table, dicke = tables["branches"][0], tables["dicke"][0].data
    ratio = table.parameters["gamma_ratios"][0]
    rows = table.data[np.isclose(table.data["gamma_ratio"], ratio)]
    style.branch_curves(axes, rows, dict.fromkeys(style.BRANCHES, style.BLUE))
    legend = {f"$\\Gamma/\\gamma = {ratio:g}$": Line2D([], [], color=style.BLUE)}
    unstable = rows[~rows["stable"]]
    if len(unstable):
        axes.axvspan(unstable["drive"].min(), unstable["drive"].max(), color="#EFEFEF", linewidth=0, zorder=0)
        axes.text(unstable["drive"].mean(), -0.98, "bistable", ha="center", va="bottom", fontsize=7)
        legend["unstable"] = Line2D([], [], color=style.BLUE, linestyle=style.UNSTABLE)
    (curve,) = axes.plot(dicke["drive"], dicke["s_z"], color=style.DICKE, linestyle="-.")
    legend[r"Dicke, $\gamma_s = 0$"] = curve
    axes.set_xlim(0, rows["drive"].max())
    axes.set_ylim(-1.05, 0.05)
    axes.set_xlabel(style.DRIVE_LABEL)
    axes.set_ylabel("$s_z$")
    axes.legend(legend.values(), legend.keys(), loc="best")


FIGURE = FigureDefinition(
    title="Fig. 1: driven atoms with collective and individual decay; mean-field magnetisation",
    contracts={"branches": mean_field.BRANCHES, "dicke": mean_field.DICKE},
    panels={"a": schematic, "b": magnetisation},
    mosaic=[["a"], ["b"]],
    size=(style.COLUMN_WIDTH, 4.4),
    height_ratios=(0.9, 1),
)
