"""Fig. ext4: the two phases in closed form.

rho_+ and rho_- are cut out of the closed-form steady state at the minimum of p_k: distance from those of the spectrum,
weights, observables; then the squeezing of rho_+ at sizes that no spectrum reaches.
"""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from driven_dicke.figures import style
from driven_dicke.figures.drawing import FigureDefinition, Tables
from driven_dicke.figures.phases import LOOKS
from driven_dicke.figures.size_axis import size_axis
from driven_dicke.studies import closed_form_phases

PRINTED: dict[str, Any] = {"color": style.GREY, "linestyle": "--", "linewidth": 1.0, "zorder": 1.7}
CORRECTED: dict[str, Any] = {"color": style.BLACK, "linewidth": style.THIN, "zorder": 2.6}
NAMES = {
    "s_z": r"$\langle S_z\rangle$",
    "s_squared": r"$\langle S^2\rangle$",
    "intensity": r"$\langle S_{+}S_{-}\rangle$",
    "xi2": r"$\xi^2$",
}


def _missing(rows: pd.DataFrame, values: pd.Series) -> str:
    """The sizes whose `values` are missing, and why: a line per reason."""
    reasons = (("no critical point", rows["drive"].isna()), ("hidden by rounding", rows["drive"].notna()))
    return "\n".join(
        f"{text} at {style.listed(sorted(set(rows.loc[values.isna() & which, 'n_atoms'])))}"
        for text, which in reasons
        if (values.isna() & which).any()
    )


def _nothing(axes: Axes, n_atoms: pd.Series, text: str) -> None:
    """A panel without any curve: the axis of N, and why."""
    axes.set_xlim(0.9 * n_atoms.min(), 1.1 * n_atoms.max())
    axes.set_yticks([])
    axes.set_yticks([], minor=True)
    style.remark(axes, text)


def _finish(axes: Axes, rows: pd.DataFrame, values: pd.Series) -> None:
    """Legend below the falling curves of (a) and (c), and above them what is missing."""
    text = _missing(rows, values)
    if values.isna().all():
        _nothing(axes, rows["n_atoms"], text)
        return
    if text:
        (bottom, top), lines = axes.get_ylim(), len(text.splitlines())
        axes.set_ylim(bottom, top * (top / bottom) ** (0.12 * lines))
        style.remark(axes, text, position=(0.5, 1 - 0.07 * lines))
    axes.legend(loc="lower left")


def distance(axes: Axes, tables: Tables) -> None:
    """(a) Trace distance of rho_+- between spectrum and closed form, beside the gap."""
    table = tables["comparison"][0].data.sort_values("n_atoms")
    rows = table[table["gap"].notna()]
    for state, look in LOOKS.items():
        label = f"${look.symbol}$"
        face = look.colour if state == "plus" else "white"
        axes.plot(
            rows["n_atoms"],
            rows[f"distance_{state}"],
            color=look.colour,
            marker=look.marker,
            markerfacecolor=face,
            label=label,
        )
    axes.plot(
        rows["n_atoms"],
        rows["distance_mixture"],
        color=style.STEADY,
        marker="^",
        markerfacecolor="white",
        linestyle="--",
        label=r"mixture, $\rho_s$",
    )
    axes.plot(rows["n_atoms"], rows["gap"], color=style.BLACK, linestyle=":", label=r"$\lambda_1/\gamma_s$")
    axes.set_yscale("log")
    axes.set_xlabel("number of atoms  $N$")
    axes.set_ylabel("trace distance")
    _finish(axes, table, table["gap"])


def weights(axes: Axes, tables: Tables) -> None:
    """(b) Weights of the phases at the critical point, both ways."""
    table = tables["comparison"][0].data.sort_values("n_atoms")
    rows = table[table["gap"].notna()]
    for state, look in LOOKS.items():
        face = look.colour if state == "plus" else "white"
        axes.plot(rows["n_atoms"], rows[f"weight_{state}"], color=look.colour, label=f"${look.weight}$")
        axes.plot(
            rows["n_atoms"],
            rows[f"a_{state}"],
            color=look.colour,
            marker=look.marker,
            markerfacecolor=face,
            linestyle="none",
        )
        axes.plot(
            rows["n_atoms"],
            rows[f"a_{state}_physical"],
            color=look.colour,
            linestyle="none",
            marker="x",
            markersize=3.5,
        )
    handles, labels = axes.get_legend_handles_labels()
    extra = {
        "closed form": Line2D([], [], color=style.BLACK),
        "spectrum, blocks": Line2D([], [], color=style.BLACK, linestyle="none", marker="o"),
        "spectrum, physical": Line2D([], [], color=style.BLACK, linestyle="none", marker="x", markersize=3.5),
    }
    size_axis(axes, table["n_atoms"])
    axes.set_ylabel("weight in the steady state")
    text = _missing(table, table["gap"])
    if rows.empty:
        _nothing(axes, table["n_atoms"], text)
        return
    title: dict[str, Any] = {"title": text, "title_fontsize": 7, "alignment": "left"} if text else {}
    axes.legend([*handles, *extra.values()], [*labels, *extra], loc="best", **title)


def deviations(axes: Axes, tables: Tables) -> None:
    """(c) Relative difference of the expectation values in rho_+ between spectrum and closed form."""
    table = tables["observables"][0].data.sort_values("n_atoms")
    rows = table[(table["state"] == "plus") & table["spectral"].notna()]
    for (name, text), colour, marker in zip(NAMES.items(), style.SIZES, style.SIZE_MARKERS, strict=False):
        of_name = rows[rows["observable"] == name]
        difference = np.abs(of_name["closed_form"] / of_name["spectral"] - 1)
        axes.plot(of_name["n_atoms"], difference, color=colour, marker=marker, label=text)
    axes.set_yscale("log")
    axes.set_xlabel("number of atoms  $N$")
    axes.set_ylabel(r"relative difference, $\rho_{+}$")
    _finish(axes, table, table["spectral"])


def squeezing(axes: Axes, tables: Tables) -> None:
    """(d) xi^2 of rho_+ in closed form against drive, with Eq. (8) and its correction."""
    rows, limits = tables["squeezing"][0].data, tables["limits"][0].data.sort_values("drive")
    widths = (3.2, 1.8, 1.4, 1.0)  # points; the curves lie on top of each other
    single = []
    for (n_atoms, of_size), colour, width in zip(rows.groupby("n_atoms"), style.SIZES, widths, strict=False):
        of_size = of_size.sort_values("drive")
        there = of_size.loc[of_size["xi2"].notna(), "drive"]
        if there.empty:
            single.append(f"$N = {n_atoms}$ at any drive")
            continue
        if len(there) < len(of_size):
            single.append(f"$N = {n_atoms}$ outside ${there.min():.2f}$ to ${there.max():.2f}\\,\\Omega_c$")
        axes.plot(
            of_size["drive"],
            of_size["xi2"],
            color=colour,
            linewidth=width,
            label=f"$N = {n_atoms:,}$".replace(",", r"\,"),
        )
    axes.plot(limits["drive"], limits["xi2_pair_correlation"], label=r"Eq. (8) divided by $|s|$", **CORRECTED)
    axes.plot(limits["drive"], limits["xi2_printed"], label="Eq. (8)", **PRINTED)
    if single:
        style.remark(axes, "\n".join(["$p_k$ has one maximum:", *single]), position=(0.35, 0.21))
    edge = limits["drive"].max()
    axes.axvline(edge, color=style.GREY, linewidth=0.6, zorder=1)
    axes.annotate(
        r"$\Omega_c/\sqrt{2}$",
        (edge, 0.02),
        xycoords=("data", "axes fraction"),
        xytext=(-3, 0),
        textcoords="offset points",
        ha="right",
        color=style.GREY,
        fontsize=7,
    )
    style.reference_line(axes, limits["xi2_pair_correlation"].min(), "2/3", colour=style.BLACK, position=0.02)
    style.reference_line(axes, limits["xi2_printed"].min(), r"$1/\sqrt{3}$", position=0.02)
    axes.set_xlim(limits["drive"].min(), edge + 0.03 * (edge - limits["drive"].min()))
    axes.set_ylim(0.53, 0.95)
    axes.set_xlabel(style.DRIVE_LABEL)
    axes.set_ylabel(r"$\xi^2$ of $\rho_{+}$")
    axes.legend(loc=(0.02, 0.40))


def best(axes: Axes, tables: Tables) -> None:
    """(e) Least xi^2 of rho_+ against N: its distance from 2/3, with the fitted power and the expected law."""
    table, law = tables["best"][0].data.sort_values("n_atoms"), tables["best_law"][0].data.iloc[0]
    missing, rows = table[table["excess"].isna()], table[table["excess"].notna()]
    closed, spectral = rows[rows["source"] == "closed_form"], rows[rows["source"] == "spectral"]
    axes.plot(closed["n_atoms"], closed["excess"], "o", color=style.PLUS, label="closed form")
    if len(spectral):
        axes.plot(
            spectral["n_atoms"], spectral["excess"], "D", color=style.PLUS, markerfacecolor="white", label="spectrum"
        )
    expected = table[table["source"] == "closed_form"]
    names = {"closed_form": "closed form", "spectral": "spectrum"}
    lines = [
        f"{names[str(source)]} without least $\\xi^2$: {style.listed(of_source['n_atoms'].tolist())}"
        for source, of_source in missing.groupby("source")
    ]
    lines += [] if np.isfinite(law["exponent"]) else ["no power law: too few sizes"]
    if lines:
        style.remark(axes, "\n".join(lines), position=(0.62, 0.88))
    ends = law[["n_atoms_first", "n_atoms_last"]].to_numpy(dtype=float)
    fitted = law["prefactor"] * ends ** law["exponent"]
    text = f"$\\propto N^{{{law['exponent']:.3f}}}$"
    if np.isfinite(law["exponent"]):
        axes.plot(ends, fitted, color=style.BLUE, linestyle="--", linewidth=1.0, zorder=1.5, label=text)
    axes.plot(
        expected["n_atoms"],
        expected["excess_law"],
        color=style.BLACK,
        linewidth=style.THIN,
        zorder=1.4,
        label="from the barrier, no fit",
    )
    axes.set_yscale("log")
    size_axis(axes, table["n_atoms"])
    axes.set_ylabel(r"least $\xi^2 - 2/3$")
    axes.legend(loc="lower left")


FIGURE = FigureDefinition(
    title="Fig. ext4: the two phases in closed form",
    contracts={
        "comparison": closed_form_phases.COMPARISON,
        "observables": closed_form_phases.OBSERVABLES,
        "squeezing": closed_form_phases.SQUEEZING,
        "limits": closed_form_phases.LIMITS,
        "best": closed_form_phases.BEST,
        "best_law": closed_form_phases.BEST_LAW,
    },
    panels={"a": distance, "b": weights, "c": deviations, "d": squeezing, "e": best},
    mosaic=[list("aabbcc"), list("dddeee")],
    size=(style.PAGE_WIDTH, 5.0),
)
