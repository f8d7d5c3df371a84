"""Draw one panel, and read back what stands on its axes."""

import matplotlib.pyplot as plt

from driven_dicke.figures import style


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
