"""A corpus of wrong configurations, derived from the schema: each is refused by a line that names the key."""

import copy
import math
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from driven_dicke.pipeline import configuration

PROJECT = Path(__file__).parents[2]
SCHEMA = configuration.load_schema(PROJECT / "workflow/schemas")
DEFAULT = yaml.safe_load((PROJECT / "config/config.yaml").read_text())
FEWEST = 300


def resolved(schema):
    """The schema behind a reference, with what stands beside it."""
    if "$ref" in schema:
        return resolved(SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]) | schema
    return schema


def places(schema, value, path=()):
    """(path, schema, value) of every section, list and number of the default configuration."""
    schema = resolved(schema)
    if path:
        yield path, schema, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(schema["properties"][key], inner, (*path, key))
    elif isinstance(value, list):
        before = schema.get("prefixItems", [])
        for number, inner in enumerate(value):
            yield from places(before[number] if number < len(before) else schema["items"], inner, (*path, number))


PLACES = list(places(SCHEMA, DEFAULT))


def wrong_values(schema, value):
    """Values that break `schema`, each of another kind."""
    kind = schema.get("type")
    if kind in ("number", "integer"):
        wrong = [None, True, False, "fast", "1e-8", "", str(value), [], [value], {}, {"value": value}]
        wrong += [math.nan, math.inf, -math.inf, 10**400, -(10**400), "2026-01-01"]
        wrong += [float(value), value + 0.5] if kind == "integer" else []
        wrong += [schema["minimum"] - 1] if "minimum" in schema else []
        wrong += [schema["exclusiveMinimum"], -1.0e-9] if schema.get("exclusiveMinimum") == 0 else []
        limit = schema.get("maximum", schema.get("exclusiveMaximum"))
        return wrong + ([] if limit is None else [limit + 1, limit * 1000 + 1])
    if kind == "array":
        wrong = [
            None,
            1,
            0.5,
            "1, 2",
            {},
            {"0": 1},
            [None] * len(value),
            [[value]],
            [value, value],
            [True] * len(value),
        ]
        wrong += [[]] if schema.get("minItems", 0) > 0 else []
        wrong += [[*value, *value], value[::-1] if len(value) > 1 else value * 2] if schema.get("increasing") else []
        return wrong + ([value * (schema["maxItems"] + 1)] if "maxItems" in schema else [])
    if kind == "object":
        return [None, [], [value], 1, 0.5, True, "", "text"]
    if kind == "boolean":
        return [None, 0, 1, "yes", "true", [], {}]
    return [None, 5, 1.5, True, [], {}, [value], "no such/name", "x" * 41, "line\n", "ünïcode"]


def changed(path, value):
    """The default configuration with `value` at `path`."""
    result = copy.deepcopy(DEFAULT)
    inner = result
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return result


def without(path):
    """The default configuration without `path`."""
    result = copy.deepcopy(DEFAULT)
    inner = result
    for key in path[:-1]:
        inner = inner[key]
    del inner[path[-1]]
    return result


def name(path):
    return configuration._key(path)


def refusal(configured):
    with pytest.raises(configuration.ConfigurationError) as error:
        configuration.check(configured, SCHEMA)
    lines = str(error.value).splitlines()
    assert lines
    assert all(line.startswith("configuration: ") and len(line) < 500 for line in lines), lines
    return lines


def test_every_key_refuses_something():
    """Each place of the configuration once, with another kind of mistake from place to place."""
    assert len(PLACES) >= FEWEST
    for number, (path, schema, value) in enumerate(PLACES):
        wrong = wrong_values(schema, value)
        lines = refusal(changed(path, wrong[number % len(wrong)]))
        assert any(name(path) in line for line in lines), (path, lines)


def test_wrong_values_anywhere_are_refused():
    refused = set()

    @given(st.data())
    @settings(deadline=None, derandomize=True, max_examples=FEWEST, database=None)
    def draw(data):
        path, schema, value = data.draw(st.sampled_from(PLACES))
        wrong = data.draw(st.sampled_from(wrong_values(schema, value)))
        lines = refusal(changed(path, wrong))
        assert any(name(path) in line for line in lines), (path, lines)
        refused.add((path, repr(wrong)))

    draw()
    assert len(refused) >= 200


def test_every_missing_key_is_named():
    keys = [path for path, _, _ in PLACES if isinstance(path[-1], str)]
    assert len(keys) >= 150
    for path in keys:
        assert refusal(without(path)) == [
            f"configuration: missing key {name(path)}; copy it from this version's config/config.yaml"
        ]


def test_unknown_keys_are_named_in_every_section():
    sections = [path for path, schema, _ in PLACES if schema.get("type") == "object"]
    for number, path in enumerate(sections):
        key = ("gama", "n_atom", "Drive", "", 7, "point s")[number % 6]
        (line,) = refusal(changed((*path, key), 1.0))
        assert line.startswith(f"configuration: unknown key {name((*path, key))} = 1.0; "), line


def fit(configured):
    """The lines about keys that do not fit one another; none if they do."""
    try:
        configuration.check(configured, SCHEMA)
    except configuration.ConfigurationError as error:
        return str(error).splitlines()
    return []


TOGETHER = [
    ({"rates": {"gamma_c": 1.0e9, "gamma_s": 0.5}}, "expected gamma_c / gamma_s from 1e-9 to 1e9"),
    ({"mean_field.relaxation.initial_states": [[0.0, 0.8, 0.8]]}, "initial_states[0] is [0.0, 0.8, 0.8], expected a"),
    ({"trajectories.n_atoms": 17, "dynamics.n_atoms": 17}, "trajectories.n_atoms is 17, expected an even number"),
    ({"trajectories.singlets.drive": [[0.0, 0.735]]}, "singlets.drive ends at 0.735, expected phases.selected_drive"),
    ({"trajectories.dwell_times.drive": 0.72}, "dwell_times.drive is 0.72, expected that of trajectories.switching"),
    ({"trajectories.quench.drive": [[0.0, 3.0], [5.0, 1.0], [4.0, 0.73]]}, "quench.drive is [[0.0, 3.0], [5.0, 1.0], "),
    ({"trajectories.counts.bin_width": 1000.0}, "bin_width is 1000.0, expected at most trajectories.switching.times"),
    ({"dynamics.drive": 0.7}, "dynamics has n_atoms, drive = 18, 0.7, expected those of trajectories.transient"),
    ({"claims.limits.preparation_window": [1.0, 2.0, 3.0]}, "preparation_window is [1.0, 2.0, 3.0], expected two"),
    ({"validation.full_master_equation.n_atoms": [12]}, "n_atoms[0] is 12, expected a whole number from 2 to 6"),
]


@pytest.mark.parametrize(("changes", "expected"), TOGETHER, ids=[expected[:40] for _, expected in TOGETHER])
def test_keys_that_do_not_fit_are_named(changes, expected):
    configured = copy.deepcopy(DEFAULT)
    for path, value in changes.items():
        *above, key = path.split(".")
        inner = configured
        for part in above:
            inner = inner[part]
        inner[key] = value
    assert any(expected in line for line in refusal(configured))


@given(st.floats(1.2, 1e6), st.integers(16, 24), st.floats(0.1, 2.0), st.integers(2, 50), st.integers(0, 49))
@settings(deadline=None, derandomize=True, max_examples=60)
def test_every_drive_of_the_grid_is_known(gamma_c, n_atoms, stop, points, index):
    """A trajectory at any drive of the grid fits; at another drive it does not."""
    configured = copy.deepcopy(DEFAULT)
    configured["rates"]["gamma_c"] = gamma_c
    configured["phases"]["drive"] = {"start": 0.05, "stop": stop, "points": points}
    step = (stop - 0.05) / (points - 1)
    drive = 0.05 + min(index, points - 1) * step
    for section in ("switching", "singlets", "quench"):
        configured["trajectories"][section]["drive"] = [[0.0, drive]]
    configured["trajectories"]["dwell_times"]["drive"] = drive
    grid = [line for line in fit(configured) if "where the two phases are known" in line]
    assert grid == []
    configured["trajectories"]["singlets"]["drive"] = [[0.0, drive + step / 3]]
    if abs(drive + step / 3 - configured["phases"]["selected_drive"]) > 1e-6:
        assert any("trajectories.singlets.drive ends at" in line for line in fit(configured))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rates: {gamma_c: 1.0}\nrates: {gamma_s: 2.0}\n", "key rates comes again in line 2; keep one of them"),
        ("rates:\n  gamma_c: 1.0\n  gamma_c: 2.0\n", "key rates.gamma_c comes again in line 3; keep one of them"),
        ('{"run_name": "a", "run_name": "b"}', "key run_name comes again in line 1; keep one of them"),
    ],
)
def test_a_key_that_comes_twice_is_named(tmp_path, text, expected):
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    assert list(configuration.faults_of_file(path)) == [f"{path}: {expected}"]


def test_json_with_tabs_is_left_to_snakemake(tmp_path):
    path = tmp_path / "mine.json"
    path.write_text('{\n\t"run_name": "a"\n}')
    assert list(configuration.faults_of_file(path)) == []


@pytest.mark.parametrize("file", ["config.yaml", "quick.yaml"])
def test_no_key_of_the_shipped_configurations_comes_twice(file):
    assert list(configuration.faults_of_file(PROJECT / "config" / file)) == []
