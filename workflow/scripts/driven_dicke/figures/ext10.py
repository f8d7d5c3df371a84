"""Fig. ext10: the light of both ports in time: spectra, and photons that follow one another."""

from typing import Any, Literal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from driven_dicke.figures import style
from driven_dicke.figures.drawing import FigureDefinition, Tables
from driven_dicke.studies import light

TWO_STATES: dict[str, Any] = {"color": style.BLACK, "linewidth": style.THIN, "linestyle": (0, (1, 3)), "zorder": 2.4}
PLACE_STYLES: tuple[Literal["-", "--", ":", "-."], ...] = ("-", "--", ":", "-.")
PAIRS = {
    ("cavity", "cavity"): (style.VERMILION, "cavity, cavity"),
    ("cavity", "side"): (style.PURPLE, "cavity, side"),
    ("side", "cavity"): (style.GREEN, "side, cavity"),
    ("side", "side"): (style.BLUE, "side, side"),
}


def _drawn(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    return rows[rows[column] > 0]


def _nearest(rows: pd.DataFrame) -> float:
    """The place nearest to the transition."""
    return float(min(rows["place"], key=lambda place: abs(place - 1)))


def _spectrum(axes: Axes, tables: Tables, port: str) -> None:
    """Spectrum of one port: a colour for every N, a line style for every place."""
    rows = tables["spectra"][0].data
    rows = rows[rows["port"] == port]
    sizes, places = sorted(rows["n_atoms"].unique()), sorted(rows["place"].unique())
    for n_atoms, colour in zip(sizes, style.SIZES, strict=False):
        for place, dashes in zip(places, PLACE_STYLES, strict=False):
            one = _drawn(rows[(rows["n_atoms"] == n_atoms) & (rows["place"] == place)], "spectrum")
            axes.plot(one["frequency"], one["spectrum"], color=colour, linestyle=dashes, linewidth=1.0)
    handles = {f"$N = {n}$": Line2D([], [], color=colour) for n, colour in zip(sizes, style.SIZES, strict=False)}
    handles |= {
        rf"${place:g}\,\Omega_\mathrm{{PT}}$": Line2D([], [], color=style.BLACK, linestyle=dashes, linewidth=1.0)
        for place, dashes in zip(places, PLACE_STYLES, strict=False)
    }
    axes.legend(handles.values(), handles.keys(), loc="lower left")
    axes.set_xscale("log")
    axes.set_yscale("log")
    lowest, highest = axes.get_ylim()
    axes.set_ylim(max(lowest, highest / 1e10), 3 * highest)
    axes.set_xlabel(r"frequency  $\omega/\gamma_s$")
    axes.set_ylabel(f"spectrum, {port} port $(1/\\gamma_s)$")


def cavity_spectrum(axes: Axes, tables: Tables) -> None:
    """(a) Incoherent spectrum through the mirrors."""
    _spectrum(axes, tables, "cavity")


def side_spectrum(axes: Axes, tables: Tables) -> None:
    """(b) Incoherent spectrum out of the side."""
    _spectrum(axes, tables, "side")


def _against_time(axes: Axes) -> None:
    axes.set_xscale("log")
    axes.set_xlabel(r"time  $\gamma_s\tau$")
    axes.axhline(1, color=style.GREY, linestyle=":", linewidth=0.9, zorder=1)


def cavity_coherence(axes: Axes, tables: Tables) -> None:
    """(c) g2(tau) through the mirrors, every N and place, with two states."""
    rows = tables["coherence"][0].data.sort_values("time")
    rows = rows[(rows["first"] == "cavity") & (rows["second"] == "cavity")]
    places, nearest = sorted(rows["place"].unique()), _nearest(rows)
    sizes = sorted(rows["n_atoms"].unique())
    for n_atoms, colour in zip(sizes, style.SIZES, strict=False):
        for place, dashes in zip(places, PLACE_STYLES, strict=False):
            one = rows[(rows["n_atoms"] == n_atoms) & (rows["place"] == place)]
            axes.plot(one["time"], one["g2"], color=colour, linestyle=dashes, linewidth=1.0)
            if place == nearest:
                axes.plot(one["time"], one["two_states"], **TWO_STATES)
    handles = {f"$N = {n}$": Line2D([], [], color=colour) for n, colour in zip(sizes, style.SIZES, strict=False)}
    handles |= {
        rf"${place:g}\,\Omega_\mathrm{{PT}}$": Line2D([], [], color=style.BLACK, linestyle=dashes, linewidth=1.0)
        for place, dashes in zip(places, PLACE_STYLES, strict=False)
    }
    handles["two states"] = Line2D([], [], **TWO_STATES)
    _against_time(axes)
    axes.set_ylabel(r"$g^{(2)}(\tau)$, cavity port")
    axes.legend(handles.values(), handles.keys(), loc="upper right")


def between_ports(axes: Axes, tables: Tables) -> None:
    """(d) g2(tau) within and between the ports, smallest N, the place nearest to the transition."""
    rows = tables["coherence"][0].data.sort_values("time")
    rows = rows[rows["n_atoms"] == rows["n_atoms"].min()]
    nearest = _nearest(rows)
    rows = rows[rows["place"] == nearest]
    for (first, second), (colour, label) in PAIRS.items():
        one = rows[(rows["first"] == first) & (rows["second"] == second)]
        dashes: Literal["--", "-"] = "--" if (first, second) == ("side", "cavity") else "-"  # both orders nearly agree
        axes.plot(one["time"], one["g2"], color=colour, linestyle=dashes, linewidth=1.3, label=label)
        axes.plot(one["time"], one["two_states"], **TWO_STATES)
    _against_time(axes)
    axes.set_ylabel(r"$g^{(2)}(\tau)$ of two ports")
    title = rf"$N = {rows['n_atoms'].iloc[0]}$, ${nearest:g}\,\Omega_\mathrm{{PT}}$; first, second"
    axes.legend(title=title, title_fontsize=7.5, loc="upper right")


FIGURE = FigureDefinition(
    title="Fig. ext10: light in time",
    contracts={"spectra": light.SPECTRA, "light_rates": light.RATES, "coherence": light.COHERENCE},
    panels={"a": cavity_spectrum, "b": side_spectrum, "c": cavity_coherence, "d": between_ports},
    mosaic=[["a", "b"], ["c", "d"]],
    size=(style.PAGE_WIDTH, 5.4),
)
