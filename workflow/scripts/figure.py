"""Draw one figure from its tables: every panel as its own file, and all of them assembled."""

import argparse
import importlib
import logging
from pathlib import Path

from driven_dicke.pipeline import command_line  # isort: skip  # first of all: it speaks where others fail
from driven_dicke.figures.drawing import FigureDefinition, draw


def main() -> None:
    """Read the command line and draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("figure", help="name of a module of driven_dicke.figures, such as fig02")
    parser.add_argument("--outputs", nargs="+", required=True, type=Path, help="figNN/figNNx.EXT, figNN.EXT")
    command_line.add_table_arguments(parser)
    arguments = parser.parse_args()
    command_line.log_to(arguments.log)

    def work() -> None:
        definition: FigureDefinition = importlib.import_module(f"driven_dicke.figures.{arguments.figure}").FIGURE
        inputs = command_line.read_tables(arguments, definition.contracts)
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
