"""What was measured: one JSON file, written again after every measurement, from which tables and plot are made."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Measurement = dict[str, Any]

KEYS = ("topic", "solver", "n_atoms")


class OtherMachineError(RuntimeError):
    """The record was made with another machine or other versions: its times do not belong beside new ones."""


class Record:
    """Measurements of one machine.

    Args:
        path: the file; what it holds is kept, and replaced measurement by measurement.
        environment: of this run, see `machine.environment`.
        fresh: start with nothing, whatever the file holds.

    Raises:
        OtherMachineError: the file's environment differs.
    """

    def __init__(self, path: Path, environment: Mapping[str, Any], *, fresh: bool = False) -> None:
        self._path = path
        self.data: dict[str, Any] = {"environment": dict(environment), "measurements": []}
        if path.exists() and not fresh:
            self.data = read(path)
            old = self.data["environment"]
            differing = sorted(key for key in {*old, *environment} if old.get(key) != environment.get(key))
            if differing:
                changes = "; ".join(f"{key}: {old.get(key)} -> {environment.get(key)}" for key in differing)
                raise OtherMachineError(f"{path.name} comes from another machine ({changes}); --fresh starts a new one")

    def add(self, measurement: Mapping[str, Any]) -> None:
        """Put `measurement` in the place of an older one of the same topic, solver and size, and write the file."""
        key = tuple(measurement[name] for name in KEYS)
        kept = [one for one in self.data["measurements"] if tuple(one[name] for name in KEYS) != key]
        self.data["measurements"] = [*kept, dict(measurement)]
        partial = self._path.with_name(f".{self._path.name}.partial")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(json.dumps(_rounded(self.data), indent=1, allow_nan=False) + "\n")
        os.replace(partial, self._path)


def read(path: Path) -> dict[str, Any]:
    """The record in a file."""
    data: dict[str, Any] = json.loads(path.read_text())
    return data


def _rounded(value: Any) -> Any:
    """`value` with numbers of 6 digits, and None for what is not finite."""
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    if isinstance(value, float):
        return float(f"{value:.6g}") if abs(value) < float("inf") else None
    return value
