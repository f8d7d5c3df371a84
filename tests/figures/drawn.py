"""Make up a table, draw one panel, and read back what stands on its axes."""

import matplotlib.pyplot as plt
import numpy as np

from driven_dicke.figures import style
from driven_dicke.figures.drawing import draw
from driven_dicke.pipeline import tables


def columns(contract, rows, **given):
    """Made-up positive numbers in every column that is not given, and empty notes."""
    made = {column.name: np.full(rows, "" if column.kind == "text" else 0.5) for column in contract.columns} | given
    return {column.name: made[column.name] for column in contract.columns}


def with_notes(contract, values):
    """The columns, with empty notes where the table has notes and none are given: every value is there."""
    if "note" not in contract.column_names or np.asarray(values.get("note", 0.0)).dtype.kind in "UO":
        return values
    rows = max(np.size(column) for column in values.values())
    return {**values, "note": np.full(rows, "")}


def written_and_read(path, contract, values, parameters):
    """A table as a figure gets it."""
    tables.write(path, contract, with_notes(contract, values), parameters)
    return tables.read(path, contract)


def require_same_bytes_twice(definition, given, folder):
    """Panel (a) as SVG and the whole figure as PNG, drawn twice from the tables `given`."""
    for again in ("first", "second"):
        (folder / again).mkdir()
        draw(definition, given, {"a": [folder / again / "a.svg"]}, [folder / again / "all.png"])
    for file in ("a.svg", "all.png"):
        assert (folder / "first" / file).read_bytes() == (folder / "second" / file).read_bytes()


def draw_panel(definition, name, tables):
    """Axes of a figure of its own, with one panel on them."""
    style.use()
    _, axes = plt.subplots(figsize=definition.panel_size)
    definition.panels[name](axes, tables)
    return axes


def require_labels_and_room(axes):
    """Both axes have a label, and nothing sticks out of the picture."""
    assert axes.get_xlabel()
    assert axes.get_ylabel()
    require_room(axes)


def require_room(axes):
    """Nothing sticks out of the picture."""
    axes.figure.canvas.draw()
    box, (width, height) = axes.figure.get_tightbbox(), axes.figure.get_size_inches()
    assert min(box.x0, box.y0) > -0.02
    assert box.x1 < width + 0.02
    assert box.y1 < height + 0.02


def line(axes, label):
    (found,) = [line for line in axes.lines if line.get_label() == label]
    return found


def texts(axes):
    legend = axes.get_legend()
    return [text.get_text() for text in axes.texts + ([*legend.texts, legend.get_title()] if legend else [])]
