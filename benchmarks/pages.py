"""Everything that is made from a record: docs/benchmarks.md, the README's short table, and the plot."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks import figure, markers, tables


def renew(record: Mapping[str, Any], project: Path) -> list[Path]:
    """Renew the generated parts of the pages in the folder `project`, and the plot; return the files written.

    A README without the markers is left alone.
    """
    page = project / "docs/benchmarks.md"
    text = page.read_text()
    for name, make in tables.PAGE.items():
        text = markers.replace(text, name, make(record))
    page.write_text(text)
    written = [page]
    readme = project / "README.md"
    if readme.exists() and markers.marks("benchmarks")[0] in readme.read_text():
        readme.write_text(markers.replace(readme.read_text(), "benchmarks", tables.summary(record)))
        written.append(readme)
    pictures = [project / f"docs/gallery/benchmarks.{ending}" for ending in ("png", "svg")]
    pictures[0].parent.mkdir(parents=True, exist_ok=True)
    figure.draw(record, pictures)
    return [*written, *pictures]
