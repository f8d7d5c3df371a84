"""Logarithmic axis of the number of atoms, with ticks that do not collide over one decade or over five."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes


def size_axis(axes: Axes, n_atoms: pd.Series) -> None:
    """Make the abscissa of `axes` that of N; over less than two decades, ticks at 1, 2, 5, 10 ...."""
    axes.set_xscale("log")
    axes.set_xlabel("number of atoms  $N$")
    lowest, highest = n_atoms.min(), n_atoms.max()
    if highest < 100 * lowest:
        ticks = [step * 10**power for power in range(7) for step in (1, 2, 5)]
        inside = [tick for tick in ticks if 0.9 * lowest <= tick <= 1.1 * highest]
        axes.set_xticks(inside, [str(tick) for tick in inside])
        axes.set_xticks(np.array([], dtype=float), minor=True)
