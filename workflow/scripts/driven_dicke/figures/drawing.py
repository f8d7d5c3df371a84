"""Draw a figure from its tables: every panel as a file of its own, and all panels assembled. The one saver."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from driven_dicke.figures import style
from driven_dicke.pipeline import provenance
from driven_dicke.pipeline.contract import Contract
from driven_dicke.pipeline.files import replacing
from driven_dicke.pipeline.tables import Table

Tables = Mapping[str, Sequence[Table]]
Panel = Callable[[Axes, Tables], None]


@dataclass(frozen=True)
class FigureDefinition:
    """A figure of the paper.

    Args:
        title: what the figure shows; goes into the files' metadata.
        contracts: contract of the tables behind each input name; an input holds one table or several (one per N).
        panels: the drawing function of each panel, by the panel's name; "" names the panel of a one-panel figure.
        mosaic: arrangement of the panels in the assembled figure, one row of names after the other.
        size: width and height of the assembled figure, inches.
        panel_size: width and height of a panel's own file, inches.
        height_ratios: relative heights of the rows of the mosaic.
    """

    title: str
    contracts: Mapping[str, Contract]
    panels: Mapping[str, Panel]
    mosaic: Sequence[Sequence[str]]
    size: tuple[float, float]
    panel_size: tuple[float, float] = (style.COLUMN_WIDTH, 2.4)
    height_ratios: Sequence[float] | None = None


def draw(
    definition: FigureDefinition, tables: Tables, panel_files: Mapping[str, Sequence[Path]], files: Sequence[Path]
) -> None:
    """Save each panel to its files and the assembled figure to `files`; the format follows the file's ending."""
    style.use()
    metadata = _metadata(definition, tables)
    for name, paths in panel_files.items():
        figure, axes = plt.subplots(figsize=definition.panel_size)
        definition.panels[name](axes, tables)
        _save(figure, paths, metadata)
    mosaic: Any = [list(row) for row in definition.mosaic]
    figure, axes_of = plt.subplot_mosaic(mosaic, figsize=definition.size, height_ratios=definition.height_ratios)
    for name, panel in definition.panels.items():
        panel(axes_of[name], tables)
        if len(name) == 1:
            axes_of[name].set_title(f"({name})")
    _save(figure, files, metadata)


def _metadata(definition: FigureDefinition, tables: Tables) -> dict[str, str]:
    parameters = {name: [table.parameters for table in group] for name, group in tables.items()}
    return {"Title": definition.title, "Description": json.dumps(provenance.record(parameters), sort_keys=True)}


def _save(figure: Figure, paths: Sequence[Path], metadata: Mapping[str, str]) -> None:
    """Write `figure` to each path, all or nothing, with provenance and without a date."""
    title, description = metadata["Title"], metadata["Description"]
    by_format: dict[str, dict[str, Any]] = {
        "pdf": {"Title": title, "Subject": description, "CreationDate": None},
        "svg": {"Title": title, "Description": description, "Date": None},
        "png": {"Title": title, "Description": description},
    }
    for path in paths:
        file_format = path.suffix.lstrip(".")
        with replacing(path) as partial:
            figure.savefig(partial, format=file_format, metadata=by_format[file_format])
    plt.close(figure)
