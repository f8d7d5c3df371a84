"""Every mistake in a configuration gets one line that names the key, its value and what was expected."""

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


def changed(path, value):
    """The default configuration with one value replaced, or a key added."""
    result = copy.deepcopy(DEFAULT)
    inner = result
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return result


def message(configured):
    with pytest.raises(configuration.ConfigurationError) as error:
        configuration.check(configured, SCHEMA)
    return str(error.value)


def merged(default, over):
    """What Snakemake makes of two configuration files."""
    result = copy.deepcopy(default)
    for key, value in over.items():
        result[key] = (
            merged(result[key], value) if isinstance(value, dict) and isinstance(result.get(key), dict) else value
        )
    return result


@pytest.mark.parametrize("name", ["config.yaml", "quick.yaml"])
def test_the_shipped_configurations_are_right(name):
    configuration.check(merged(DEFAULT, yaml.safe_load((PROJECT / "config" / name).read_text())), SCHEMA)


CASES = [
    (("rates", "gamma_d"), 3, "unknown key rates.gamma_d = 3; did you mean 'gamma_s'?"),
    (("steady_sate",), {}, "unknown key steady_sate = {}; did you mean 'steady_state'?"),
    (("rates", "gamma_c"), -1, "rates.gamma_c is -1, expected a number > 0"),
    (("rates", "gamma_c"), "fast", 'rates.gamma_c is "fast", expected a number > 0'),
    (("rates", "gamma_c"), math.nan, "rates.gamma_c is NaN, expected a number > 0"),
    (("rates", "gamma_c"), math.inf, "rates.gamma_c is Infinity, expected a number > 0"),
    (("rates", "gamma_c"), True, "rates.gamma_c is true, expected a number > 0"),
    (("rates", "gamma_c"), None, "rates.gamma_c is null, expected a number > 0"),
    (("rates",), 10.0, "rates is 10.0, expected a section with the keys gamma_c and gamma_s"),
    (("steady_state", "n_atoms"), [0, 18], "steady_state.n_atoms[0] is 0, expected a whole number from 2 to 128"),
    (("steady_state", "n_atoms"), [18.0], "steady_state.n_atoms[0] is 18.0, expected a whole number"),
    (("steady_state", "n_atoms"), [], "steady_state.n_atoms is [], expected a list of one to four numbers of atoms"),
    (("steady_state", "n_atoms"), [64, 18], "steady_state.n_atoms is [64, 18], expected a list of one to four"),
    (("steady_state", "n_atoms"), [18, 18], "steady_state.n_atoms is [18, 18], expected a list of one to four"),
    (("steady_state", "n_atoms"), 18, "steady_state.n_atoms is 18, expected a list"),
    (
        ("steady_state", "drive"),
        {"start": 1.2, "stop": 0.1, "points": 10},
        'steady_state.drive is {"start": 1.2, "stop": 0.1, "points": 10}, expected a drive grid with start < stop',
    ),
    (("steady_state", "drive", "points"), 1, "steady_state.drive.points is 1, expected a whole number from 2"),
    (("critical_point", "n_atoms_large"), [10**9], "critical_point.n_atoms_large[0] is 1000000000, expected a whole"),
    (("mean_field", "relaxation", "initial_states"), [[0, 0]], "initial_states[0] is [0, 0], expected three numbers"),
    (
        ("mean_field", "relaxation", "initial_states"),
        [[0, 0, 2]],
        "initial_states[0][2] is 2, expected a number from -1",
    ),
    (("dynamics", "times", "start"), 0.0, "dynamics.times.start is 0.0, expected a number > 0 (a logarithmic grid"),
    (("dynamics", "times", "spacing"), "log", 'times.spacing is "log", expected linear or logarithmic'),
    (("trajectories", "quench", "drive"), [[1.0, 3.0]], "quench.drive[0][0] is 1.0, expected 0 (the first drive"),
    (("trajectories", "quench", "drive"), [[0.0, 3.0], [5.0]], "quench.drive[1] is [5.0], expected a pair [start time"),
    (("trajectories", "switching", "initial"), "up", 'initial is "up", expected all_down or singlets'),
    (("trajectories", "n_atoms"), 30, "trajectories.n_atoms is 30, expected a whole number from 3 to 24"),
    (
        ("trajectories", "thresholds"),
        {"minus": 0.8, "plus": 0.2},
        "expected a section with the keys minus and plus, minus",
    ),
    (("run_name",), "a/b", 'run_name is "a/b", expected a text of at most 40 letters'),
]


@pytest.mark.parametrize(("path", "value", "expected"), CASES, ids=[f"{'.'.join(c[0])}={c[1]}"[:50] for c in CASES])
def test_a_mistake_is_named(path, value, expected):
    text = message(changed(path, value))
    assert text.startswith("configuration: ")
    assert expected in text
    assert len(text.splitlines()) == 1


def test_a_missing_key_is_named():
    configured = copy.deepcopy(DEFAULT)
    del configured["steady_state"]["drive"]["points"]
    assert "missing key steady_state.drive.points" in message(configured)


def test_every_mistake_gets_its_line():
    configured = changed(("rates", "gamma_c"), -1)
    configured["rates"]["gamma_s"] = "x"
    assert len(message(configured).splitlines()) == 2


def leaves(value, path=()):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from leaves(inner, (*path, number))
    else:
        yield path


anything = st.one_of(
    st.none(), st.booleans(), st.text(max_size=5), st.floats(), st.integers(-5, 10**12), st.just([]), st.just({})
)


@given(st.sampled_from(list(leaves(DEFAULT))), anything)
@settings(deadline=None, derandomize=True, max_examples=400)
def test_whatever_stands_at_a_key_is_accepted_or_named(path, value):
    """Any value at any key: no other exception, and the message says which key."""
    try:
        configuration.check(changed(path, value), SCHEMA)
    except configuration.ConfigurationError as error:
        refusal = str(error)
    else:
        refusal = ""
    if refusal:
        assert str(path[0]) in refusal
        return
    same_kind = type(value) is type(lookup(DEFAULT, path)) or isinstance(value, (int, float))
    assert same_kind
    assert not isinstance(value, bool) or isinstance(lookup(DEFAULT, path), bool)
    assert not (isinstance(value, float) and not math.isfinite(value))


def lookup(value, path):
    for key in path:
        value = value[key]
    return value


def test_every_schema_says_what_it_expects():
    """A message needs the description of the schema that was broken."""

    def schemas(schema):
        yield schema
        for inner in schema.get("properties", {}).values():
            yield from schemas(inner)
        if "items" in schema:
            yield from schemas(schema["items"])

    everything = list(schemas(SCHEMA)) + [s for d in SCHEMA["$defs"].values() for s in schemas(d)]
    assert len(everything) > 30
    for schema in everything:
        assert "$ref" in schema or "expected " + schema["description"]


@pytest.mark.parametrize(
    ("text", "means"),
    [("017", 15), ("0x14", 20), ("1:30", 90), ("1_2", 12), ("1:00:00", 3600), ("yes", True), ("off", False)],
)
def test_notations_that_yaml_turns_into_something_else_are_refused(tmp_path, text, means):
    path = tmp_path / "mine.yaml"
    path.write_text(f"steady_state:\n  n_atoms: [16, {text}]\n")
    expected = f"line 2: steady_state.n_atoms[1] is {text}, which YAML reads as {means}; write it out as decimal"
    assert list(configuration.faults_of_file(path)) == [f"{path}: {expected}"]


@pytest.mark.parametrize("text", ["18", "2_000", "-1", "+3", "0", "1.5", ".5", "1e9", "true", "'017'", "2.", "a"])
def test_what_means_what_it_looks_like_passes(tmp_path, text):
    path = tmp_path / "mine.yaml"
    path.write_text(f"a: {text}\nb: &x [1]\nc: [*x, *x]\n")
    assert list(configuration.faults_of_file(path)) == []


def test_a_large_file_is_not_read(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("#" * 1_000_001)
    assert list(configuration.faults_of_file(path)) == [
        f"{path}: 1000001 bytes are too many for a configuration (at most 1000000)"
    ]


def test_many_mistakes_are_counted():
    lines = [str(number) for number in range(23)]
    assert configuration.listed(lines[:20]) == lines[:20]
    assert configuration.listed(lines) == [*lines[:20], "... and 3 more mistakes"]


@given(st.floats(1e-300, 1e300), st.sampled_from(["{:e}", "{:.3E}", "{:.0e}"]))
def test_scientific_notation_is_a_number(value, form):
    text = form.format(value)
    assert configuration.numbers({"a": [text, "seed", "1e"]}) == {"a": [float(text), "seed", "1e"]}


def test_whole_numbers_in_scientific_notation_are_sizes():
    config = changed(("critical_point", "n_atoms_large"), ["1e5", 1000000])
    configuration.check(configuration.numbers(config), SCHEMA)
    assert config["critical_point"]["n_atoms_large"] == [100000, 1000000]
    assert configuration.numbers("2_000e3") == 2_000_000
    assert type(config["critical_point"]["n_atoms_large"][0]) is int


def test_many_mistakes_are_cut_short_and_counted():
    with pytest.raises(configuration.ConfigurationError) as error:
        configuration.check(changed(("steady_state", "n_atoms"), ["x"] * 200_000), SCHEMA)
    lines = str(error.value).splitlines()
    assert (len(lines), lines[-1]) == (21, "configuration: ... and at least 980 more mistakes")


def test_sizes_may_come_in_any_order():
    config = changed(("critical_point", "n_atoms_fitted"), [64, 16, 32, 24])
    configuration.sort_sizes(config)
    configuration.check(config, SCHEMA)
    assert config["critical_point"]["n_atoms_fitted"] == [16, 24, 32, 64]
    twice = changed(("critical_point", "n_atoms_fitted"), [64, 16, 64, 24])
    configuration.sort_sizes(twice)
    with pytest.raises(configuration.ConfigurationError, match="n_atoms_fitted"):
        configuration.check(twice, SCHEMA)


LEVELS = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9))
MINE = "rates: {gamma_c: 28.0, gamma_s: 2.0}\n"


@pytest.mark.parametrize(
    "content",
    [b"\xef\xbb\xbf" + MINE.encode(), MINE.replace("\n", "\r\n").encode(), b"rates: {gamma_c: &g 28.0, gamma_s: *g}\n"],
    ids=["byte order mark", "lines of Windows", "alias"],
)
def test_other_ways_to_write_a_file_are_no_mistake(tmp_path, content):
    (tmp_path / "mine.yaml").write_bytes(content)
    assert list(configuration.faults_of_file(tmp_path / "mine.yaml")) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"a0: &a0 [1, 1]\n{LEVELS}\n", "more than 100000 values once its aliases are written out"),
        ("a: &a [1, *a]\n", "more than 100000 values once its aliases are written out"),
        (f"{MINE}# {'x' * 10**6}\n", "bytes are too many for a configuration"),
    ],
    ids=["bomb", "holds itself", "large"],
)
def test_a_file_that_would_fill_the_memory_is_refused(tmp_path, text, message):
    (tmp_path / "mine.yaml").write_text(text)
    (line,) = configuration.faults_of_file(tmp_path / "mine.yaml")
    assert message in line
