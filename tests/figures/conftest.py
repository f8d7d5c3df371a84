"""Every table, made up, and a panel drawn from them."""

import matplotlib.pyplot as plt
import pytest
from drawn import draw_panel
from synthetic import SIZES, definition, make_inputs


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


@pytest.fixture(scope="session", params=SIZES)
def inputs(request, tmp_path_factory):
    """Tables of each figure of the paper, by figure and input name."""
    return make_inputs(tmp_path_factory.mktemp("tables"), request.param)


@pytest.fixture
def panel(inputs):
    """Draw one panel on axes of its own."""
    return lambda figure, name: draw_panel(definition(figure), name, inputs[figure])
