"""The strict check of a configuration: one line per mistake, with the key, its value and what was expected."""

import difflib
import json
import math
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from driven_dicke.pipeline import consistency

SHARED = "definitions"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C where PyYAML was built with it: ten times as fast
KEYS_LISTED = 20  # of a section, in a message
MISTAKES_LISTED, MANY_MISTAKES = 20, 1000
LARGEST_FILE = 1_000_000  # bytes
MOST_VALUES = 100_000  # with every alias written out
# What stands unquoted and means what it looks like: 18, 2_000; 1.5, 1e9; true.
WHOLE = r"[-+]?(0|[1-9]\d*|[1-9]\d{0,2}(_\d{3})+)"
DECIMAL = r"[-+]?(\d+\.\d*|\.\d+)([eE][-+]?\d+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
TRUTH = r"true|True|TRUE|false|False|FALSE"
SCIENTIFIC = r"[-+]?((\d+|\d{1,3}(_\d{3})+)\.?\d*|\.\d+)[eE][-+]?\d{1,3}"


class ConfigurationError(Exception):
    """The configuration breaks its schema; the message has one line per mistake."""


def read(path: Path) -> Any:
    """What a YAML file holds."""
    return yaml.load(path.read_text(encoding="utf-8"), LOADER)


def load_schema(folder: Path) -> dict[str, Any]:
    """The schema of the whole configuration: one file per section in `folder`, shared parts in definitions.yaml."""
    sections = {path.stem: read(path) for path in sorted(folder.glob("*.yaml"))}
    definitions = sections.pop(SHARED)
    return {
        "type": "object",
        "description": "the configuration",
        "additionalProperties": False,
        "required": sorted(sections),
        "properties": sections,
        "$defs": definitions,
    }


def check(configuration: Mapping[str, Any], schema: Mapping[str, Any]) -> None:
    """Refuse a configuration that breaks `schema`, or whose keys do not fit one another.

    Raises:
        ConfigurationError: with one line per mistake, twenty of them at most.
    """
    check_shape(configuration, schema, "configuration")
    if lines := list(consistency.mistakes(configuration)):
        raise ConfigurationError("\n".join(f"configuration: {line}" for line in listed(lines)))


def check_shape(values: Any, schema: Mapping[str, Any], name: str, example: str = "config/config.yaml") -> None:
    """Refuse `values` that break `schema`; `name` begins each line, `example` is the file to copy a missing key from.

    Raises:
        ConfigurationError: with one line per mistake, twenty of them at most.
    """
    found = list(islice(_Validator(schema).iter_errors(values), MANY_MISTAKES))
    errors = sorted(found, key=lambda error: [str(key) for key in error.path])
    if lines := list(dict.fromkeys(line for error in errors for line in _explain(error, example))):
        shown = listed(lines, "at least " if len(found) == MANY_MISTAKES else "")
        raise ConfigurationError("\n".join(f"{name}: {line}" for line in shown))


def listed(lines: list[str], bound: str = "") -> list[str]:
    """The first twenty of `lines`, and one that says how many more there are, `bound` before their number."""
    if len(lines) <= MISTAKES_LISTED:
        return lines
    return [*lines[:MISTAKES_LISTED], f"... and {bound}{len(lines) - MISTAKES_LISTED} more mistakes"]


def faults_of_file(path: Path) -> Iterator[str]:
    """One line for everything in a configuration file that YAML would change without a word.

    A key that comes twice: the last would be kept. Numbers and truths in notations that people do not mean: 017 is 15
    in YAML 1.1, 1:30 is 90, and yes is true.
    """
    seen_nodes: set[int] = set()

    def walk(node: yaml.Node | None, name: str) -> Iterator[str]:
        if node is None or id(node) in seen_nodes:  # an alias stands for a node that has been looked at
            return
        seen_nodes.add(id(node))
        if isinstance(node, yaml.MappingNode):
            seen = set()
            for key, value in node.value:
                inner = f"{name}.{key.value}".removeprefix(".")
                if inner in seen:
                    yield f"{path}: key {inner} comes again in line {key.start_mark.line + 1}; keep one of them"
                seen.add(inner)
                yield from walk(value, inner)
        elif isinstance(node, yaml.SequenceNode):
            for number, value in enumerate(node.value):
                yield from walk(value, f"{name}[{number}]")
        elif isinstance(node, yaml.ScalarNode) and not node.style and not _is_plain(node):
            means = yaml.SafeLoader("").construct_object(node)
            line = node.start_mark.line + 1
            yield f"{path}: line {line}: {name} is {node.value}, which YAML reads as {means}; write it out as decimal"

    if path.stat().st_size > LARGEST_FILE:
        yield f"{path}: {path.stat().st_size} bytes are too many for a configuration (at most {LARGEST_FILE})"
        return
    # Snakemake has read the file already; what YAML cannot is JSON, indented by tabs.
    with suppress(yaml.YAMLError):
        root = yaml.compose(path.read_text(encoding="utf-8"), LOADER)
        if _values(root, {}) > MOST_VALUES:
            yield f"{path}: more than {MOST_VALUES} values once its aliases are written out; write out what is meant"
            return
        yield from walk(root, "")


def _values(node: yaml.Node | None, known: dict[int, float]) -> float:
    """How many values a node stands for, aliases written out; infinitely many if it holds itself."""
    if id(node) not in known:
        known[id(node)] = math.inf
        inner = node.value if isinstance(node, yaml.CollectionNode) else ()
        parts = [part for item in inner for part in (item if isinstance(item, tuple) else (item,))]
        known[id(node)] = 1 + sum(_values(part, known) for part in parts)
    return known[id(node)]


def _is_plain(node: yaml.ScalarNode) -> bool:
    """Whether YAML takes an unquoted text for what a reader does."""
    kind = node.tag.removeprefix("tag:yaml.org,2002:")
    plain = {"int": WHOLE, "float": DECIMAL, "bool": TRUTH}
    return kind not in plain or re.fullmatch(plain[kind], node.value) is not None


def numbers(value: Any) -> Any:
    """`value` with every text that is a number in scientific notation, which YAML leaves a text, as that number.

    Whole ones become int. Lists and dictionaries are changed in place.
    """
    if isinstance(value, dict):
        for key in value:
            value[key] = numbers(value[key])
    elif isinstance(value, list):
        value[:] = [numbers(item) for item in value]
    elif isinstance(value, str) and re.fullmatch(SCIENTIFIC, value):
        number = float(value)
        return int(number) if number.is_integer() else number
    return value


def sort_sizes(section: Any) -> None:
    """Put every list of numbers of atoms in order, in place: which one comes first is nobody's concern."""
    if not isinstance(section, dict):
        return
    for key, value in section.items():
        if "n_atoms" in str(key) and isinstance(value, list) and all(_is_whole_number(None, item) for item in value):
            value.sort()
        sort_sizes(value)


def _explain(error: Any, example: str) -> Iterator[str]:
    """One line per mistake behind a ValidationError."""
    key = _key(error.absolute_path)
    if error.validator == "additionalProperties":
        known = list(error.schema["properties"])
        for name in sorted(set(error.instance) - set(known), key=str):
            close = difflib.get_close_matches(str(name), known, n=1)
            listed = ", ".join(known[:KEYS_LISTED]) + (", ..." if len(known) > KEYS_LISTED else "")
            hint = f"did you mean {close[0]!r}?" if close else f"known keys here: {listed}"
            yield f"unknown key {_key([*error.absolute_path, name])} = {_show(error.instance[name])}; {hint}"
    elif error.validator == "required":
        for name in error.validator_value:
            if name not in error.instance:
                key = _key([*error.absolute_path, name])
                yield f"missing key {key}; copy it from this version's {example}"
    else:
        value, expected = error.instance, error.schema.get("description", error.message)
        yield f"{key} is {_show(value)}, expected {expected}"


def _key(path: Any) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text or "the top level"


def _show(value: Any) -> str:
    text = json.dumps(value, default=str)
    return text if len(text) <= 80 else text[:77] + "..."


def _is_finite_number(_: Any, value: Any) -> bool:
    return _is_whole_number(None, value) or (isinstance(value, float) and math.isfinite(value))


def _is_whole_number(_: Any, value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _increasing(_: Any, wanted: bool, value: Any, schema: Mapping[str, Any]) -> Iterator[ValidationError]:
    """Keyword `increasing: true`: a list whose numbers, or the first numbers of its pairs, rise strictly."""
    firsts = [item[0] if isinstance(item, list) and item else item for item in value] if isinstance(value, list) else []
    numbers = all(_is_finite_number(None, item) for item in firsts)
    if wanted and numbers and any(second <= first for first, second in pairwise(firsts)):
        yield ValidationError("not increasing")


def _ordered(_: Any, keys: list[str], value: Any, schema: Mapping[str, Any]) -> Iterator[ValidationError]:
    """Keyword `ordered: [start, stop]`: the first key's value lies below the second's."""
    numbers = isinstance(value, dict) and all(_is_finite_number(None, value.get(key)) for key in keys)
    if numbers and value[keys[0]] >= value[keys[1]]:
        yield ValidationError("out of order")


_checker = Draft202012Validator.TYPE_CHECKER.redefine("number", _is_finite_number).redefine("integer", _is_whole_number)
_Validator = extend(Draft202012Validator, {"increasing": _increasing, "ordered": _ordered}, type_checker=_checker)
