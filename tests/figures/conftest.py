"""Every table, made up, and a panel drawn from them."""

import matplotlib.pyplot as plt
import pytest
from synthetic import SIZES, definition, make_inputs

from driven_dicke.figures import style


@pytest.fixture(scope="session", params=SIZES)
def inputs(request, tmp_path_factory):
    """Tables of each figure of the paper, by figure and input name."""
    return make_inputs(tmp_path_factory.mktemp("tables"), request.param)


@pytest.fixture
def panel(inputs):
    """Draw one panel on axes of its own."""
    style.use()

    def drawn(figure, name):
        _, axes = plt.subplots(figsize=definition(figure).panel_size)
        definition(figure).panels[name](axes, inputs[figure])
        return axes

    yield drawn
    plt.close("all")
