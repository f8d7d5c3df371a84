"""Fig. ext5 draws the numbers of its tables, and labels that follow them."""

import numpy as np
import pytest
from drawn import draw_panel, line, require_labels_and_room, texts, with_notes, written_and_read

from driven_dicke.figures import ext5, style
from driven_dicke.figures.drawing import draw
from driven_dicke.pipeline import tables
from driven_dicke.studies import crss_closeness as contracts

SOURCES = {"spectral": 0.1, "closed_form": 0.2, "law": 0.3}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    """Made-up tables, rows out of order; the largest size is not decomposed, and has a spin of no weight."""
    folder, made = tmp_path_factory.mktemp("ext5"), {}

    def add(name, contract, rows):
        values = with_notes(contract, {key: [row[key] for row in rows] for key in rows[0]})
        tables.write(folder / name, contract, values, {"made": "up"})
        made[name] = [tables.read(folder / name, contract)]

    fidelity = []
    for n_atoms in (500, 20, 100):
        for fraction in (0.4, 0.8):
            for source, offset in SOURCES.items():
                if n_atoms == 500 and source == "spectral":
                    continue
                row = {"n_atoms": n_atoms, "region_fraction": fraction, "drive": 0.6, "source": source}
                row |= {"crss_fidelity": fraction / 2 + offset, "own_spin_infidelity": offset * fraction / n_atoms}
                fidelity.append(row | {"mean_spin": 0.9, "spin_spread": 0.1, "rate": np.nan})
    add("fidelity", contracts.FIDELITY, fidelity)
    spins = []
    for n_atoms, sources in ((8, ["spectral", "closed_form"]), (30, ["closed_form"])):
        for source in sources:
            for number, j in enumerate(np.arange(n_atoms / 2, n_atoms / 2 - 3, -1)):
                weight = (0.5, 0.4, 0.0)[number] + (source == "closed_form") / 10
                row = {"n_atoms": n_atoms, "drive": 0.6, "source": source, "j": j, "relative_spin": 2 * j / n_atoms}
                row |= {"weight": 0 if number == 2 else weight, "crss_fidelity": np.nan if number == 2 else 0.6}
                spins.append(row | {"infidelity_law": 0.3 + number / 10})
    add("spins", contracts.SPINS, spins)
    landmarks = [
        {"n_atoms": n, "drive": 0.6, "mean_field_spin": spin, "shortest_spin": 0.5} for n, spin in ((30, 0.9), (8, 0.8))
    ]
    add("landmarks", contracts.LANDMARKS, landmarks)
    return made


@pytest.fixture
def panel(inputs):
    return lambda name: draw_panel(ext5.FIGURE, name, inputs)


def test_promised_panels_and_the_assembled_figure(inputs, tmp_path):
    assert list(ext5.FIGURE.panels) == ["a", "b", "c", "d"]
    draw(ext5.FIGURE, inputs, {"a": [tmp_path / "ext5a.svg"]}, [tmp_path / "ext5.png"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ext5.png", "ext5a.svg"]


@pytest.mark.parametrize("name", ["a", "b", "c", "d"])
def test_axes_are_labelled_and_nothing_is_cut_off(panel, name):
    axes = panel(name)
    require_labels_and_room(axes)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("a", lambda n, fraction, offset: fraction / 2 + offset),
        ("d", lambda n, fraction, offset: offset * fraction / n),
    ],
)
def test_every_source_against_size(panel, name, value):
    axes = panel(name)
    law, closed, spectral = axes.lines[3:6]  # of the second fraction
    for drawn, sizes, offset in ((law, [20, 100, 500], 0.3), (closed, [20, 100, 500], 0.2), (spectral, [20, 100], 0.1)):
        np.testing.assert_allclose(drawn.get_xydata(), [[n, value(n, 0.8, offset)] for n in sizes])
    assert spectral.get_label() == "0.8"
    assert closed.get_markerfacecolor() == "white"
    assert axes.get_xscale() == "log"


def test_weights_prefer_the_spectrum_and_leave_out_what_has_none(panel):
    axes = panel("b")
    np.testing.assert_allclose(line(axes, "$N = 8$").get_xydata(), [[0.75, 0.8], [1, 1]])
    np.testing.assert_allclose(line(axes, "$N = 30$").get_xydata(), [[28 / 30, 5 / 6], [1, 1]])
    upright = [part.get_xdata()[0] for part in axes.lines if part.get_linestyle() == ":"]
    assert sorted(upright) == [0.8, 0.9]


def test_infidelity_of_every_spin(panel):
    axes = panel("c")
    np.testing.assert_allclose(line(axes, "$N = 8$").get_xydata(), [[0.75, 0.64], [1, 0.64]])
    laws = [part for part in axes.lines if part.get_color() == style.BLACK]
    np.testing.assert_allclose(laws[0].get_xydata(), [[0.75, 0.4], [1, 0.3]])
    assert axes.get_yscale() == "log"


def without(inputs, folder, name, contract, missing, **values):
    """The tables with NaN in the optional columns of one of them where `missing`, and `values` in it."""
    data = inputs[name][0].data.copy()
    data.loc[missing, [column.name for column in contract.columns if column.optional]] = np.nan
    data.loc[missing, "note"] = "none"
    return inputs | {name: [written_and_read(folder / name, contract, dict(data.assign(**values)), {})]}


@pytest.mark.parametrize("name", ["a", "d"])
def test_sizes_that_are_not_bistable_are_named(inputs, tmp_path, name):
    rows = inputs["fidelity"][0].data
    some = without(inputs, tmp_path, "fidelity", contracts.FIDELITY, rows["n_atoms"] == 20)
    assert "not bistable at $N = 20$" in texts(draw_panel(ext5.FIGURE, name, some))
    drive = np.where((rows["n_atoms"] == 100) & (rows["source"] != "law"), 0.6, np.nan)
    none = without(inputs, tmp_path, "fidelity", contracts.FIDELITY, rows["n_atoms"] > 0, drive=drive)
    axes = draw_panel(ext5.FIGURE, name, none)
    expected = ["not bistable at $N = 20, 100, 500$", "somewhere one maximum of $p_k$ at $N = 100$"]
    assert texts(axes) == ["\n".join([*expected, "somewhere hidden by rounding at $N = 100$"])]
    require_labels_and_room(axes)


@pytest.mark.parametrize("name", ["b", "c"])
def test_a_selected_size_without_rho_plus_is_in_the_legend(inputs, tmp_path, name):
    some = without(inputs, tmp_path, "spins", contracts.SPINS, inputs["spins"][0].data["n_atoms"] == 8)
    some = without(some, tmp_path, "landmarks", contracts.LANDMARKS, inputs["landmarks"][0].data["n_atoms"] == 8)
    axes = draw_panel(ext5.FIGURE, name, some)
    assert {r"$N = 8$: no $\rho_{+}$", "$N = 30$"} <= set(texts(axes))
    require_labels_and_room(axes)


@pytest.mark.parametrize("name", ["b", "c"])
def test_no_selected_size_with_rho_plus(inputs, tmp_path, name):
    none = without(inputs, tmp_path, "spins", contracts.SPINS, inputs["spins"][0].data["n_atoms"] > 0)
    axes = draw_panel(ext5.FIGURE, name, none)
    assert texts(axes) == [r"no $\rho_{+}$ at $N = 8, 30$"]
    require_labels_and_room(axes)
