"""Bad configurations at the command line, before any job; and configurations drawn from the schema that do build."""

import copy
import re

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from project_copy import PROJECT, Copy, copy_project


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The project with nothing built; tests add configurations of their own."""
    return copy_project(tmp_path_factory.mktemp("bad_input") / "project")


def run(project, text, *arguments, ok):
    """What Snakemake prints with `text` as the user's configuration."""
    (project.folder / "config/mine.yaml").write_text(text)
    return Copy(project.folder, ("mine",)).snakemake(*arguments, ok=ok)


BAD = {
    "two mistakes": (
        "rates: {gamma_c: -3.0, gamma_d: 4}\n",
        [
            "configuration: unknown key rates.gamma_d = 4; did you mean 'gamma_s'?",
            "configuration: rates.gamma_c is -3.0, expected a number > 0 (collective decay rate, in the same unit as "
            "gamma_s)",
        ],
    ),
    "octal": ("rates: {gamma_s: 017}\n", ["line 1: rates.gamma_s is 017, which YAML reads as 15; write it out"]),
    "nan": ("mean_field: {gamma_ratios: [.nan]}\n", ["mean_field.gamma_ratios[0] is NaN, expected a number > 0"]),
    "inf": ("steady_state: {drive: {stop: .inf}}\n", ["steady_state.drive.stop is Infinity, expected a number from 0"]),
    "null": ("dynamics:\n", ["dynamics is null, expected a section with the keys n_atoms, drive and times"]),
    "boolean": ("trajectories: {switching: {seed: yes}}\n", ["switching.seed is yes, which YAML reads as True"]),
    "huge": (
        "steady_state: {n_atoms: [1000000000000]}\n",
        ["n_atoms[0] is 1000000000000, expected a whole number from"],
    ),
    "empty list": ("validation: {drives: []}\n", ["validation.drives is [], expected a list of at least one drive"]),
    "keys that do not fit": (
        "dynamics: {drive: 0.7}\n",
        ["expected those of trajectories.transient, 18, [[0.0, 0.73]]"],
    ),
    "twice": ("run_name: a\nrun_name: b\n", ["key run_name comes again in line 2; keep one of them"]),
    "number as key": ("1: 2\n", ["configuration: unknown key [1] = 2; known keys here: claims, "]),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_configuration_ends_before_any_job(project, name):
    text, expected = BAD[name]
    output = run(project, text, "--dry-run", ok=False)
    assert "Traceback" not in output
    assert "Building DAG of jobs" not in output
    lines = [line for line in output.splitlines() if not line.startswith("Config file ")]  # Snakemake's own
    assert len(lines) == len(expected), output
    for line, part in zip(lines, expected, strict=True):
        assert part in line


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rates:\n\tgamma_c: 3\n", "Config file is not valid JSON or YAML."),
        ("- 1\n- 2\n", "Config file must be given as JSON or YAML with keys at top level."),
        ("", "Config file must be given as JSON or YAML with keys at top level."),
    ],
    ids=["tab", "list", "empty"],
)
def test_a_file_that_is_no_configuration_is_told_by_snakemake(project, text, message):
    output = run(project, text, "--dry-run", ok=False)
    assert "Traceback" not in output
    assert message in output


def test_the_command_line_is_checked_too(project):
    output = run(project, "run_name: mine\n", "--dry-run", "--config", "rates=5", ok=False)
    assert "configuration: rates is 5, expected a section with the keys gamma_c and gamma_s" in output.splitlines()
    assert "Traceback" not in output


def rising(values, fewest, most):
    return st.lists(values, min_size=fewest, max_size=most, unique=True).map(sorted)


def number(low, high):
    return st.floats(low, high).map(lambda value: round(value, 6))


def grid(low, high):
    return st.fixed_dictionaries(
        {"start": number(low, high), "stop": number(high + 0.1, high + 2), "points": st.integers(2, 30)}
    )


state = st.tuples(number(-0.57, 0.57), number(-0.57, 0.57), number(-0.57, 0.57)).map(list)
GOOD = st.fixed_dictionaries(
    {
        "run_name": st.just("drawn"),
        "rates": st.fixed_dictionaries({"gamma_c": number(8.0, 200.0), "gamma_s": number(0.5, 1.0)}),
        "mean_field": st.fixed_dictionaries(
            {
                "gamma_ratios": rising(number(0.1, 100.0), 1, 3),
                "drive": grid(0.0, 0.9),
                "relaxation": st.fixed_dictionaries(
                    {
                        "gamma_ratio": number(0.5, 100.0),
                        "drive": number(0.0, 3.0),
                        "stop_time": number(0.1, 20.0),
                        "points": st.integers(2, 50),
                        "initial_states": st.lists(state, min_size=1, max_size=4),
                    }
                ),
            }
        ),
        "steady_state": st.fixed_dictionaries({"n_atoms": rising(st.integers(18, 30), 1, 4), "drive": grid(0.0, 0.9)}),
        "critical_point": st.fixed_dictionaries(
            {
                "n_atoms_fitted": rising(st.integers(18, 60), 4, 8),
                "n_atoms_large": rising(st.integers(64, 10**6), 1, 3),
            }
        ),
    }
)


def test_configurations_drawn_from_the_schema_build(project):
    """What the check accepts is built: the figures that need the drawn sections, without an error."""
    drawn = []

    @given(GOOD)
    @settings(derandomize=True, deadline=None, max_examples=3, database=None)
    def draw(configured):
        drawn.append(copy.deepcopy(configured))

    draw()
    assert len(drawn) == 3
    for index, configured in enumerate(drawn):
        configured["run_name"] = f"drawn{index}"
        figures = ["fig1", "fig2", "fig9", "fig10"]
        run(project, yaml.safe_dump(configured), *figures, ok=True)
        for figure in ("fig01", "fig02", "fig09", "fig10"):
            assert (project.folder / f"runs/drawn{index}/figures/{figure}.pdf").stat().st_size > 5000


def test_a_configuration_file_that_is_not_there(project):
    """Snakemake fails before it reads the workflow; its last line names the file."""
    last = Copy(project.folder, ("none",)).snakemake("--dry-run", ok=False).strip().splitlines()[-1]
    assert "No such file or directory: " in last
    assert "none.yaml" in last


def test_the_readme_shows_what_the_check_says(project):
    (line,) = re.findall("^    (configuration: .*)$", (PROJECT / "README.md").read_text(), re.M)
    output = run(project, "rates: {gama_c: 20.0}\n", "--dry-run", ok=False)
    assert line in output.splitlines()
