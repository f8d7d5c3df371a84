"""The planner: its numbers against the solvers, what it refuses, and its page."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from driven_dicke.figures import plan_page
from driven_dicke.generator import phases
from driven_dicke.model import checks
from driven_dicke.model.observables import expectation
from driven_dicke.model.parameters import Model
from driven_dicke.pipeline import configuration, tables
from driven_dicke.studies.plan import PLAN
from driven_dicke.studies.plan import compute as planner

PROJECT = Path(__file__).parents[2]
GIVEN = configuration.numbers(yaml.safe_load((PROJECT / "config/plan.yaml").read_text()))
ARRAY = GIVEN["experiments"][-1]


@pytest.fixture(scope="module")
def sheets(tmp_path_factory):
    """Every experiment of config/plan.yaml as the page gets it."""
    path = tmp_path_factory.mktemp("plan") / "plan"
    tables.write(path, PLAN, planner.compute(GIVEN)["plan"], GIVEN)
    return tables.read(path, PLAN)


def sheet(experiment, **changed):
    rows = planner.plan({key: value for key, value in (experiment | changed).items() if value is not None})
    return pd.DataFrame(rows)


def value(rows, quantity, topic=None):
    (found,) = rows.loc[(rows["quantity"] == quantity) & ((rows["topic"] == topic) | (topic is None)), "value"]
    return found


def test_numbers_are_those_of_the_solvers():
    rows, model = sheet(ARRAY), Model(18, 10.0)
    split = phases.decompose(model, model.rabi_frequency(0.73))
    plus, unit = expectation(split.plus), 2 * np.pi * 6e6
    assert value(rows, "xi^2", "Phase rho_+") == pytest.approx(plus.xi2)
    assert value(rows, "counts at the cavity detector", "Phase rho_+") == pytest.approx(
        0.5 * unit * 10 * plus.intensity + 100
    )
    assert value(rows, "counts at the side detector", "Phase rho_+") == pytest.approx(
        0.02 * unit * (plus.s_z + 9) + 100
    )
    dwell = [10 ** value(rows, f"log10 of the mean dwell time in {phase}") for phase in ("rho_+", "rho_-")]
    assert sum(1 / np.array(dwell)) == pytest.approx(split.gap * unit)
    assert dwell[0] / dwell[1] == pytest.approx(split.a_plus / split.a_minus)
    heralded = value(rows, "xi^2 once rho_+ is heralded")
    assert plus.xi2 < heralded < plus.xi2 * 1.01


def test_photons_and_drive_say_the_same():
    experiment = GIVEN["experiments"][0]
    rows = sheet(experiment)
    photons = value(rows, "photons in the empty cavity")
    assert value(sheet(experiment, drive=None, photons=photons), "Omega / Omega_c") == pytest.approx(0.6)
    cooperativity = value(rows, "gamma_c / gamma_s")
    assert cooperativity == pytest.approx(4 * 3.1**2 / 1.06 / 6)
    same = sheet(experiment, coupling=None, cavity_linewidth=None, cooperativity=cooperativity)
    assert value(same, "xi^2", "Steady state") == pytest.approx(value(rows, "xi^2", "Steady state"))


def test_closed_form_and_spectrum_tell_the_same_story():
    experiment = ARRAY | {"n_atoms": 60, "drive": 0.62, "cooperativity": 10.0}
    by_spectrum, by_law = (pd.DataFrame(planner.plan(experiment, spectral_until=last)) for last in (64, 20))
    assert list(by_spectrum["quantity"]) == list(by_law["quantity"])
    for phase in ("rho_+", "rho_-"):
        quantity = f"log10 of the mean dwell time in {phase}"
        assert value(by_spectrum, quantity) == pytest.approx(value(by_law, quantity), abs=0.5)
    assert value(by_spectrum, "xi^2", "Phase rho_+") == pytest.approx(value(by_law, "xi^2", "Phase rho_+"), rel=0.05)


@pytest.mark.parametrize(("linewidth", "verdict"), [(1.06, "too slow"), (1e4, "fast"), (200.0, "hardly fast")])
def test_a_cavity_is_judged(linewidth, verdict):
    coupling = np.sqrt(6 * linewidth / 4)  # gamma_c = gamma_s
    rows = sheet(GIVEN["experiments"][0], cavity_linewidth=linewidth, coupling=float(coupling))
    (remark,) = rows.loc[rows["quantity"] == "kappa / (N gamma_c)", "remark"]
    assert remark.startswith(f"{verdict}:")


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        ({"cooperativity": None}, "must give either coupling and cavity_linewidth, or cooperativity, but gives none"),
        ({"coupling": 1.0}, "but gives coupling, cooperativity"),
        ({"drive": None}, "must give either drive, or photons, but gives none"),
        ({"drive": None, "photons": 3.0}, "gives photons, which needs coupling"),
    ],
)
def test_too_little_and_too_much_are_named(changed, text):
    with pytest.raises(checks.ParameterError, match=f"experiment the_papers_array .*{text}"):
        sheet(ARRAY, **changed)


def test_every_experiment_has_its_sheet(sheets):
    assert sheets.data.groupby("experiment").size().min() > 10
    page = plan_page.html({"plan": [sheets]})
    for experiment in GIVEN["experiments"]:
        assert f"<h2>{experiment['name']}</h2>" in page
    assert "too slow" in page
    assert "<td>7052</td><td>log10 s</td>" in page  # that the ensemble stays in rho_+
    assert ">nan<" not in page


def test_configuration_of_the_plan_is_strict():
    schema = configuration.load_schema(PROJECT / "workflow/schemas/plan")
    configuration.check_shape(GIVEN, schema, "config/plan.yaml")
    wrong = {**GIVEN, "experiments": [{**ARRAY, "n_atom": 3, "duration": -1.0}]}
    with pytest.raises(configuration.ConfigurationError) as error:
        configuration.check_shape(wrong, schema, "config/plan.yaml")
    assert str(error.value).splitlines() == [
        "config/plan.yaml: unknown key experiments[0].n_atom = 3; did you mean 'n_atoms'?",
        "config/plan.yaml: experiments[0].duration is -1.0, expected a number > 0 (seconds)",
    ]
