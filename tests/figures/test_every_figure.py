"""What holds for every figure: the promised panels, labelled axes, provenance, and the same bytes twice."""

import json
import xml.etree.ElementTree as ElementTree

import matplotlib as mpl
import pytest
from drawn import require_room, texts
from PIL import Image
from synthetic import ALL_PANELS, FORMATS, PANELS, RATIO, definition, make_inputs

from driven_dicke.figures.drawing import draw


@pytest.fixture(scope="module")
def drawn_twice(tmp_path_factory):
    """The tables, and two folders with all files: drawn in opposite order and under other settings of the user's."""
    inputs = make_inputs(tmp_path_factory.mktemp("tables"), "two sizes")
    folders = [tmp_path_factory.mktemp(name) for name in ("first", "second")]
    for folder, figures in zip(folders, (list(PANELS), list(reversed(PANELS))), strict=True):
        with mpl.rc_context({"axes.grid": True, "font.size": 20} if folder == folders[1] else {}):
            for figure in figures:
                (folder / figure).mkdir()
                names = enumerate(definition(figure).panels)
                # One format per panel, in turn; the assembled figure in every format.
                panels = {name: [folder / figure / f"{figure}{name}.{FORMATS[i % 3]}"] for i, name in names}
                draw(definition(figure), inputs[figure], panels, [folder / f"{figure}.{ext}" for ext in FORMATS])
    return inputs, *folders


def test_the_same_bytes_twice(drawn_twice):
    first, second = ({p.relative_to(folder): p for p in folder.rglob("*.*")} for folder in drawn_twice[1:])
    assert first.keys() == second.keys()
    assert len(first) == len(ALL_PANELS) + len(FORMATS) * len(PANELS)
    assert [name for name in first if first[name].read_bytes() != second[name].read_bytes()] == []


@pytest.mark.parametrize("figure", PANELS)
def test_files_hold_the_provenance_and_no_date(drawn_twice, figure):
    inputs, folder, _ = drawn_twice
    path = folder / figure
    png = Image.open(path.with_suffix(".png")).text
    svg = ElementTree.parse(path.with_suffix(".svg"))
    pdf = path.with_suffix(".pdf").read_bytes()
    description = svg.find(".//{http://purl.org/dc/elements/1.1/}description").text
    assert png["Title"] == definition(figure).title
    assert png["Description"] == description
    record = json.loads(description)
    assert record.keys() == {"parameters", "versions", "source_sha256"}
    given = {name: [table.parameters for table in group] for name, group in inputs[figure].items()}
    assert json.loads(record["parameters"]) == given
    assert record["source_sha256"].encode() in pdf
    assert svg.find(".//{http://purl.org/dc/elements/1.1/}date") is None
    assert b"CreationDate" not in pdf
    assert not {key for key in png if "date" in key.lower() or "time" in key.lower()}


@pytest.mark.parametrize("figure", PANELS)
def test_panels_are_those_promised(figure):
    assert list(definition(figure).panels) == PANELS[figure]
    assert {name for row in definition(figure).mosaic for name in row} == set(PANELS[figure])


@pytest.mark.parametrize(("figure", "name"), ALL_PANELS)
def test_axes_are_labelled_and_nothing_is_cut_off(panel, figure, name):
    axes = panel(figure, name)
    if (figure, name) == ("fig01", "a"):
        found = " ".join(texts(axes))
        assert all(symbol in found for symbol in (r"\Omega", r"\gamma_c", r"\gamma_s", r"\perp", r"\parallel"))
    else:
        labelled = [axes] if axes.axison else axes.child_axes
        assert all(part.get_ylabel() for part in labelled)
        assert labelled[-1].get_xlabel()
    require_room(axes)


def test_labels_follow_the_tables(panel, inputs):
    sizes = [table.parameters["n_atoms"] for table in inputs["fig02"]["steady_state"]]
    for name in "acdef":
        assert [text for text in texts(panel("fig02", name)) if "N = " in text] == [f"$N = {n}$" for n in sizes]
    (text,) = [text for text in texts(panel("fig02", "b")) if "N = " in text]
    assert f"N = {sizes[-1]}" in text
    assert "0.654" in text
    assert any(f"{RATIO:g}" in text for text in texts(panel("fig01", "b")))
    assert any(f"{RATIO:g}" in text and "0.7" in text for text in texts(panel("fig09", "a")))
    limits = " ".join(texts(panel("fig10", "")))
    assert "0.610" in limits
    assert "0.570" in limits
