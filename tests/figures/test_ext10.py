"""Fig. ext10 from made-up tables: what is drawn is what the tables hold."""

import numpy as np
import pytest
from drawn import columns, draw_panel, line, require_labels_and_room, require_same_bytes_twice, written_and_read

from driven_dicke.figures import ext10
from driven_dicke.studies import light

GRID = np.array([0.01, 1.0, 100.0])


def make_tables(folder, two_states=1.5):
    """Two sizes, two places, all ports."""
    made = {"spectra": [], "light_rates": [], "coherence": []}
    for n_atoms in (4, 9):
        for place in (1.0, 1.2):
            here = {"n_atoms": n_atoms, "place": place, "drive": 0.6}
            for port in ("cavity", "side"):
                if (n_atoms, port) != (9, "side"):
                    made["spectra"].append(here | {"port": port, "frequency": GRID, "spectrum": place / n_atoms / GRID})
                made["light_rates"].append(here | {"port": port})
                for second in ("cavity", "side"):
                    value = 1 + place / n_atoms * (1 if port == second else -1) / (1 + GRID)
                    pair = {"first": port, "second": second, "time": GRID, "g2": value, "two_states": two_states}
                    made["coherence"].append(here | pair)
    contracts = {"spectra": light.SPECTRA, "light_rates": light.RATES, "coherence": light.COHERENCE}
    read = {}
    for name, parts in made.items():
        size = 1 if name == "light_rates" else GRID.size
        values = {key: np.concatenate([np.broadcast_to(part[key], size) for part in parts]) for key in parts[0]}
        rows = len(next(iter(values.values())))
        read[name] = [written_and_read(folder / name, contracts[name], columns(contracts[name], rows, **values), {})]
    return read


@pytest.fixture
def panel(tmp_path):
    return lambda name, **changed: draw_panel(ext10.FIGURE, name, make_tables(tmp_path, **changed))


@pytest.mark.parametrize("name", list("abcd"))
def test_axes_are_labelled_and_nothing_is_cut_off(panel, name):
    require_labels_and_room(panel(name))


def test_same_bytes_twice(tmp_path):
    require_same_bytes_twice(ext10.FIGURE, make_tables(tmp_path), tmp_path)


def test_spectra(panel):
    axes = panel("a")
    np.testing.assert_allclose(axes.lines[3].get_ydata(), 1.2 / 9 / GRID)
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")
    assert len(panel("b").lines) == 2  # the larger size has none


def test_coherence_and_two_states_at_the_transition_only(panel):
    axes = panel("c")
    drawn = [part.get_ydata() for part in axes.lines]
    np.testing.assert_allclose(drawn[0], 1 + 1 / 4 / (1 + GRID))
    assert sum(np.allclose(values, 1.5) for values in drawn) == 2


def test_pairs_of_ports(panel):
    axes = panel("d")
    np.testing.assert_allclose(line(axes, "cavity, side").get_ydata(), 1 - 1 / 4 / (1 + GRID))
    np.testing.assert_allclose(line(axes, "side, side").get_ydata(), 1 + 1 / 4 / (1 + GRID))


def test_without_two_phases(panel):
    for name in "cd":
        require_labels_and_room(panel(name, two_states=np.nan))
