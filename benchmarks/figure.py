"""The plot: time and memory against N, this library with filled symbols, alternatives with open ones."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator, ScalarFormatter

from benchmarks import growth, tables
from benchmarks.topics import find
from driven_dicke.figures import style

# topic -> (title, {solver: (label, colour, marker)})
PANELS: dict[str, tuple[str, dict[str, tuple[str, str, str]]]] = {
    "steady_state": (
        "(a) steady state",
        {
            "closed_form_moments": ("closed form, observables", style.ORANGE, "D"),
            "closed_form": ("closed form, matrix", style.VERMILION, "o"),
            "sparse": ("sparse solve", style.GREEN, "s"),
            "piqs_blocks": ("PIQS on blocks", style.BLUE, "^"),
            "full": (r"QuTiP $2^N$, direct", style.BLACK, "v"),
            "full_bicgstab": (r"QuTiP $2^N$, bicgstab", style.PURPLE, "P"),
        },
    ),
    "spectrum": (
        "(b) gap and slow mode",
        {
            "davidson": ("Davidson", style.VERMILION, "o"),
            "piqs_blocks": ("PIQS on blocks, eigs", style.BLUE, "^"),
            "full_dense": (r"QuTiP $2^N$, dense", style.BLACK, "v"),
            "full_sparse": (r"QuTiP $2^N$, sparse", style.PURPLE, "P"),
        },
    ),
    "trajectories": (
        r"(c) one trajectory, per $\gamma_s t$",
        {
            "atom_resolved": ("atom-resolved", style.VERMILION, "o"),
            "spin_resolved": ("spin-resolved", style.GREEN, "s"),
            "spin_resolved_together": ("100 side by side", style.ORANGE, "D"),
            "mcsolve": (r"mcsolve, $2^N$", style.PURPLE, "P"),
        },
    ),
}
TICKS = (2, 4, 6, 8, 12, 18, 32, 64, 128, 200)  # where an axis spans less than two decades
SMALLEST_MEMORY = 1.0  # MB; what is below cannot be told from the libraries' own


def _draw(time_axes: Axes, memory_axes: Axes, record: Mapping[str, Any], topic: str) -> None:
    title, curves = PANELS[topic]
    for name, (label, colour, marker) in curves.items():
        solver = find(topic, name)
        solved = [one for one in tables.measurements(record, topic, name) if one["outcome"] == "solved"]
        if not solved:
            continue
        face = colour if solver.ours else "white"
        look: dict[str, Any] = {
            "color": colour,
            "marker": marker,
            "markerfacecolor": face,
            "linewidth": 0.9,
            "markersize": 4,
        }
        look["linestyle"] = "-" if solver.ours else "--"
        sizes = [one["n_atoms"] for one in solved]
        runs = [growth.work_seconds(one) for one in solved]
        middle = [growth.median(seconds) for seconds in runs]
        below = [m - min(seconds) for m, seconds in zip(middle, runs, strict=True)]
        above = [max(seconds) - m for m, seconds in zip(middle, runs, strict=True)]
        time_axes.errorbar(sizes, middle, [below, above], label=label, capsize=1.5, elinewidth=0.7, **look)
        memory = [max(one["peak_megabytes"] - one["megabytes_before"], SMALLEST_MEMORY) for one in solved]
        memory_axes.plot(sizes, memory, **look)
        for axes, values in ((time_axes, middle), (memory_axes, memory)):
            wrong = [
                (n, v) for n, v, one in zip(sizes, values, solved, strict=True) if not tables.is_right(solver, one)
            ]
            if wrong:
                axes.plot(*zip(*wrong, strict=True), "x", color=style.BLACK, markersize=7, markeredgewidth=0.9)
    time_axes.set_title(title)
    memory_axes.set_xlabel("number of atoms  $N$")
    for axes in (time_axes, memory_axes):
        axes.set_xscale("log")
        axes.set_yscale("log")
    first, last = (float(limit) for limit in time_axes.get_xlim())
    if last < 100 * first:
        memory_axes.set_xticks([n for n in TICKS if first <= n <= last], minor=False)
        memory_axes.xaxis.set_major_formatter(ScalarFormatter())
        memory_axes.xaxis.set_minor_locator(NullLocator())
    time_axes.tick_params(labelbottom=False)
    if time_axes.get_legend_handles_labels()[1]:
        time_axes.legend(fontsize=6, loc="upper left", handlelength=2.2)
        low, high = time_axes.get_ylim()
        time_axes.set_ylim(low, high * (high / low) ** 0.55)  # room for the legend


def draw(record: Mapping[str, Any], paths: list[Path]) -> None:
    """Save the plot of `record` to each of `paths`; the format follows the file's ending."""
    style.use()
    figure, axes = plt.subplots(2, len(PANELS), figsize=(style.PAGE_WIDTH, 4.4), sharex="col", height_ratios=(1.7, 1))
    for column, topic in enumerate(PANELS):
        _draw(axes[0, column], axes[1, column], record, topic)
    axes[0, 0].set_ylabel("set-up and solve  (s)")
    axes[1, 0].set_ylabel("peak memory  (MB)")
    for column in axes[1]:
        column.set_ylim(bottom=SMALLEST_MEMORY / 2)
    for path in paths:
        metadata = {"Title": "Benchmarks"} | ({"Date": None} if path.suffix == ".svg" else {})
        figure.savefig(path, metadata=metadata)
    plt.close(figure)
