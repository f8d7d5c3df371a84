"""The strict check of a configuration: one line per mistake, with the key, its value and what was expected."""

import difflib
import json
import math
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from driven_dicke import consistency

SHARED = "definitions"
KEYS_LISTED = 20  # of a section, in a message


class ConfigurationError(Exception):
    """The configuration breaks its schema; the message has one line per mistake."""


def load_schema(folder: Path) -> dict[str, Any]:
    """The schema of the whole configuration: one file per section in `folder`, shared parts in definitions.yaml."""
    sections = {path.stem: yaml.safe_load(path.read_text()) for path in sorted(folder.glob("*.yaml"))}
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
        ConfigurationError: with one line per mistake.
    """
    errors = sorted(_Validator(schema).iter_errors(configuration), key=lambda error: [str(key) for key in error.path])
    lines = list(dict.fromkeys(line for error in errors for line in _explain(error)))
    lines = lines or list(consistency.mistakes(configuration))
    if lines:
        raise ConfigurationError("\n".join(f"configuration: {line}" for line in lines))


def repeated_keys(path: Path) -> Iterator[str]:
    """One line for every key that a configuration file gives twice: YAML would keep the last without a word."""

    def walk(node: yaml.Node | None, above: str) -> Iterator[str]:
        if isinstance(node, yaml.MappingNode):
            seen = set()
            for key, value in node.value:
                name = f"{above}{key.value}"
                if name in seen:
                    yield f"{path}: key {name} comes again in line {key.start_mark.line + 1}; keep one of them"
                seen.add(name)
                yield from walk(value, f"{name}.")

    # Snakemake has read the file already; what YAML cannot is JSON, indented by tabs.
    with suppress(yaml.YAMLError):
        yield from walk(yaml.compose(path.read_text(encoding="utf-8"), yaml.SafeLoader), "")


def _explain(error: Any) -> Iterator[str]:
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
                yield f"missing key {key}; copy it from this version's config/config.yaml"
    else:
        value, expected = error.instance, error.schema.get("description", error.message)
        yield f"{key} is {_show(value)}, expected {expected}{_notation_hint(value)}"


def _key(path: Any) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text or "the top level"


def _show(value: Any) -> str:
    text = json.dumps(value, default=str)
    return text if len(text) <= 80 else text[:77] + "..."


def _notation_hint(value: Any) -> str:
    """YAML reads 1e-8 as a text; say how to write it."""
    if isinstance(value, str) and "e" in value.lower():
        try:
            number = float(value)
        except ValueError:
            return ""
        return f" (YAML reads {value} as text; write {number!r} with a decimal point)" if math.isfinite(number) else ""
    return ""


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
