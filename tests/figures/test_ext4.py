"""Fig. ext4 draws the numbers of its tables, and labels that follow them."""

import numpy as np
import pytest
from drawn import draw_panel, line, require_labels_and_room, texts, with_notes, written_and_read

from driven_dicke.figures import ext4, style
from driven_dicke.figures.drawing import draw
from driven_dicke.pipeline import tables
from driven_dicke.studies import closed_form_phases as contracts


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    """Made-up tables, rows out of order."""
    folder, made = tmp_path_factory.mktemp("ext4"), {}

    def add(name, contract, **given):
        rows = len(next(iter(given.values())))
        values = {column.name: np.full(rows, 0.5) for column in contract.columns} | given
        tables.write(folder / name, contract, with_notes(contract, values), {"made": "up"})
        made[name] = [tables.read(folder / name, contract)]

    n_atoms = np.array([64, 16, 32])
    weights = {"a_plus": 0.4 + 1 / n_atoms, "weight_plus": 0.5 + 1 / n_atoms, "a_minus_physical": [np.nan, 0.7, 0.6]}
    distances = {"distance_plus": np.exp(-n_atoms / 9), "distance_minus": np.exp(-n_atoms / 8), "gap": 1 / n_atoms}
    add("comparison", contracts.COMPARISON, n_atoms=n_atoms, **weights, **distances)
    names, states = np.array(["s_z", "xi2", "s_squared", "intensity", "g2"]), np.array(["plus", "minus"])
    add(
        "observables",
        contracts.OBSERVABLES,
        n_atoms=np.repeat([32, 16], 10),
        state=np.tile(np.repeat(states, 5), 2),
        observable=np.tile(names, 4),
        spectral=np.full(20, -2.0),
        closed_form=-2 - 2 * np.arange(1, 21) / 1000,
    )
    drive = np.tile([0.7, 0.5, 0.6], 2)
    add("squeezing", contracts.SQUEEZING, n_atoms=np.repeat([123456, 1000], 3), drive=drive, xi2=1 - drive**2)
    limits = {"xi2_printed": np.array([0.75, 0.58, 0.7]), "xi2_pair_correlation": np.array([0.8, 0.66, 0.75])}
    add("limits", contracts.LIMITS, drive=np.array([0.5, 0.71, 0.6]), **limits)
    best = {"n_atoms": [1000, 100, 10000, 64], "source": [*["closed_form"] * 3, "spectral"]}
    add(
        "best",
        contracts.BEST,
        **best,
        excess=np.array([0.05, 0.1, 0.02, 0.12]),
        excess_law=np.array([0.1, 0.2, 0.05, 0.3]),
    )
    law = {"exponent": [-0.25], "prefactor": [2.0], "n_atoms_first": [100], "n_atoms_last": [10000]}
    add("best_law", contracts.BEST_LAW, **law)
    return made


@pytest.fixture
def panel(inputs):
    return lambda name: draw_panel(ext4.FIGURE, name, inputs)


def test_promised_panels_and_the_assembled_figure(inputs, tmp_path):
    assert list(ext4.FIGURE.panels) == ["a", "b", "c", "d", "e"]
    draw(ext4.FIGURE, inputs, {"a": [tmp_path / "ext4a.svg"]}, [tmp_path / "ext4.png"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ext4.png", "ext4a.svg"]


@pytest.mark.parametrize("name", ["a", "b", "c", "d", "e"])
def test_axes_are_labelled_and_nothing_is_cut_off(panel, name):
    axes = panel(name)
    require_labels_and_room(axes)


def test_distances_and_gap(panel):
    axes = panel("a")
    n_atoms = np.array([16, 32, 64])
    np.testing.assert_allclose(line(axes, r"$\rho_{+}$").get_xydata(), np.c_[n_atoms, np.exp(-n_atoms / 9)])
    np.testing.assert_allclose(line(axes, r"$\rho_{-}$").get_ydata(), np.exp(-n_atoms / 8))
    np.testing.assert_allclose(line(axes, r"$\lambda_1/\gamma_s$").get_ydata(), 1 / n_atoms)
    assert line(axes, r"$\rho_{+}$").get_color() == style.PLUS
    assert axes.get_yscale() == "log"


def test_weights_both_ways(panel):
    axes = panel("b")
    n_atoms = np.array([16, 32, 64])
    np.testing.assert_allclose(line(axes, "$a_{+}$").get_ydata(), 0.5 + 1 / n_atoms)
    drawn = [part.get_ydata() for part in axes.lines]
    assert any(np.allclose(values, 0.4 + 1 / n_atoms) for values in drawn)
    assert any(np.allclose(values, [0.7, 0.6, np.nan], equal_nan=True) for values in drawn)
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["20", "50"]


def test_relative_differences_are_those_of_rho_plus(panel):
    axes = panel("c")
    np.testing.assert_allclose(line(axes, r"$\xi^2$").get_xydata(), [[16, 0.012], [32, 0.002]])
    np.testing.assert_allclose(line(axes, r"$\langle S_z\rangle$").get_ydata(), [0.011, 0.001])


def test_squeezing_with_both_limits(panel):
    axes = panel("d")
    curve = line(axes, r"$N = 123\,456$")
    np.testing.assert_allclose(curve.get_xydata(), [[d, 1 - d**2] for d in (0.5, 0.6, 0.7)])
    np.testing.assert_allclose(line(axes, "Eq. (8)").get_ydata(), [0.75, 0.7, 0.58])
    np.testing.assert_allclose(line(axes, r"Eq. (8) divided by $|s|$").get_ydata(), [0.8, 0.75, 0.66])
    found = {text.get_text(): text.xy for text in axes.texts}
    assert found["2/3"][1] == 0.66
    assert found[r"$1/\sqrt{3}$"][1] == 0.58
    assert found[r"$\Omega_c/\sqrt{2}$"][0] == 0.71


def test_best_value_with_its_law(panel):
    axes = panel("e")
    np.testing.assert_allclose(line(axes, "closed form").get_xydata(), [[100, 0.1], [1000, 0.05], [10000, 0.02]])
    np.testing.assert_allclose(line(axes, "spectrum").get_xydata(), [[64, 0.12]])
    (law,) = [part for part in axes.lines if "-0.250" in part.get_label()]
    np.testing.assert_allclose(law.get_xydata(), [[100, 2 / 100**0.25], [10000, 2 / 10000**0.25]])
    expected = line(axes, "from the barrier, no fit")
    np.testing.assert_allclose(expected.get_xydata(), [[100, 0.2], [1000, 0.1], [10000, 0.05]])


def changed(inputs, folder, name, contract, missing, **values):
    """The tables with one of them replaced: NaN in the optional columns where `missing`, and `values` in it."""
    data = inputs[name][0].data.copy()
    optional = [column.name for column in contract.columns if column.optional]
    data.loc[missing, optional] = np.nan
    data.loc[missing, "note"] = "none"
    return inputs | {name: [written_and_read(folder / name, contract, dict(data.assign(**values)), {})]}


@pytest.mark.parametrize("name", ["a", "b"])
def test_sizes_without_a_critical_point_are_named(inputs, tmp_path, name):
    rows = inputs["comparison"][0].data
    some = changed(inputs, tmp_path, "comparison", contracts.COMPARISON, rows["n_atoms"] == 16)
    axes = draw_panel(ext4.FIGURE, name, some)
    assert "no critical point at $N = 16$" in texts(axes)
    assert axes.get_legend()
    none = changed(inputs, tmp_path, "comparison", contracts.COMPARISON, rows["n_atoms"] > 0, drive=[0.6, np.nan, 0.6])
    axes = draw_panel(ext4.FIGURE, name, none)
    assert texts(axes) == ["no critical point at $N = 16$\nhidden by rounding at $N = 32, 64$"]
    require_labels_and_room(axes)


def test_observables_of_no_size_at_all(inputs, tmp_path):
    rows = inputs["observables"][0].data
    none = changed(inputs, tmp_path, "observables", contracts.OBSERVABLES, rows["n_atoms"] > 0)
    axes = draw_panel(ext4.FIGURE, "c", none)
    assert texts(axes) == ["no critical point at $N = 16, 32$"]
    require_labels_and_room(axes)


def test_squeezing_says_where_there_is_one_phase(inputs, tmp_path):
    rows = inputs["squeezing"][0].data
    missing = (rows["n_atoms"] == 1000) | (rows["drive"] == 0.5)
    axes = draw_panel(ext4.FIGURE, "d", changed(inputs, tmp_path, "squeezing", contracts.SQUEEZING, missing))
    (remark,) = [text for text in texts(axes) if text.startswith("$p_k$")]
    assert remark.splitlines()[1:] == ["$N = 1000$ at any drive", "$N = 123456$ outside $0.60$ to $0.70\\,\\Omega_c$"]


def test_best_value_of_too_few_sizes(inputs, tmp_path):
    rows = inputs["best"][0].data
    missing = (rows["n_atoms"] == 100) | (rows["source"] == "spectral")
    some = changed(inputs, tmp_path, "best", contracts.BEST, missing)
    some = changed(some, tmp_path, "best_law", contracts.BEST_LAW, np.array([True]))
    axes = draw_panel(ext4.FIGURE, "e", some)
    expected = ["closed form without least $\\xi^2$: $N = 100$", "spectrum without least $\\xi^2$: $N = 64$"]
    assert "\n".join([*expected, "no power law: too few sizes"]) in texts(axes)
    assert "spectrum" not in texts(axes)
    np.testing.assert_allclose(line(axes, "closed form").get_xdata(), [1000, 10000])
