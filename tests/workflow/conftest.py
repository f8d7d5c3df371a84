"""One quick build that the tests of the workflow share."""

import shutil

import pytest

from project_copy import Copy, copy_project


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The quick configuration, built once with two cores. Tests that change it work on a duplicate."""
    copy = copy_project(tmp_path_factory.mktemp("built") / "project")
    copy.snakemake()
    return copy


@pytest.fixture
def duplicate(built, tmp_path):
    """A copy of the finished build, with Snakemake's records, to be changed at will."""
    shutil.copytree(built.folder, tmp_path / "project")
    return Copy(tmp_path / "project")
