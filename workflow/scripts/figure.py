"""Draw one figure from its tables: every panel as its own file, and all of them assembled."""

import argparse
import importlib
import json
import logging
from pathlib import Path

from driven_dicke import command_line, tables
from driven_dicke.figures.drawing import FigureDefinition, draw


def main() -> None:
    """Read the command line and draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("figure", help="name of a module of driven_dicke.figures, such as fig02")
    parser.add_argument("--inputs", nargs="*", default=[], metavar="NAME=PATH", help="tables; a name may come often")
    parser.add_argument("--outputs", nargs="+", required=True, type=Path, help="figNN/figNNx.EXT, figNN.EXT")
    parser.add_argument("--rates", metavar="JSON", help="rates that the tables must have been computed for")
    parser.add_argument("--log", type=Path, help="file that receives the messages")
    arguments = parser.parse_args()
    command_line.log_to(arguments.log)

    def work() -> None:
        definition: FigureDefinition = importlib.import_module(f"driven_dicke.figures.{arguments.figure}").FIGURE
        inputs: dict[str, list[tables.Table]] = {name: [] for name in definition.contracts}
        for name, _, path in (text.partition("=") for text in arguments.inputs):
            inputs[name].append(tables.read(Path(path), definition.contracts[name]))
        if arguments.rates:
            tables.require_rates([table for group in inputs.values() for table in group], json.loads(arguments.rates))
        panels: dict[str, list[Path]] = {}
        whole: list[Path] = []
        for path in arguments.outputs:
            of_panel = path.parent.name == arguments.figure
            (panels.setdefault(path.stem.removeprefix(arguments.figure), []) if of_panel else whole).append(path)
        draw(definition, inputs, panels, whole)
        logging.info("wrote %d files of %s", len(arguments.outputs), arguments.figure)

    command_line.run_reporting_errors(work)


if __name__ == "__main__":
    main()
