"""A study as its folder declares it: the function, the parameters that it takes, the tables that it reads and makes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from driven_dicke.pipeline.contract import Contract

Configuration = Mapping[str, Any]
Wildcards = Mapping[str, str]


@dataclass(frozen=True)
class Study:
    """One study; the rule of the same name runs it.

    Args:
        function: "module.function" below the folder of the declaration, (parameters, **tables) -> columns of each
            table in `outputs`. A name, so that figures, which need the contracts, import no solver.
        parameters: (configuration, wildcards of the rule) -> parameters of the function, which go into the tables.
        outputs: contract of each table that the study makes.
        inputs: contract of each table that it reads.
        gathered: contract of each input that is a list of tables, one per N.
    """

    function: str
    parameters: Callable[[Configuration, Wildcards], Mapping[str, Any]]
    outputs: Mapping[str, Contract]
    inputs: Mapping[str, Contract] = field(default_factory=dict)
    gathered: Mapping[str, Contract] = field(default_factory=dict)


def find(name: str) -> Study:
    """The study "folder.rule", such as "phases.phase_weights"."""
    folder, _, rule = name.partition(".")
    study: Study = import_module(f"driven_dicke.studies.{folder}").STUDIES[rule]
    return study


def function_of(name: str) -> Callable[..., Mapping[str, Mapping[str, Any]]]:
    """The function of the study "folder.rule", with all that it imports."""
    module, _, function = find(name).function.partition(".")
    found: Callable[..., Mapping[str, Mapping[str, Any]]] = getattr(
        import_module(f"driven_dicke.studies.{name.partition('.')[0]}.{module}"), function
    )
    return found
