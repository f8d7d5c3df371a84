"""A folder in which pages can be made."""

import pytest

from benchmarks import (
    PROJECT,
    markers,
)


@pytest.fixture
def project(tmp_path):
    """A folder with the page and a README that has the marks."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/benchmarks.md").write_text((PROJECT / "docs/benchmarks.md").read_text())
    (tmp_path / "README.md").write_text("before\n" + "\n".join(markers.marks("benchmarks")) + "\nafter\n")
    return tmp_path
