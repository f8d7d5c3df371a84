"""One quick build that the tests of the workflow share."""

import shutil

import pytest

from project_copy import Copy, copy_project, made_once


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The quick configuration, built once with two cores for all tests. Those that change it work on a duplicate."""
    base = tmp_path_factory.getbasetemp()
    return Copy(made_once(base, "built", lambda folder: copy_project(folder).snakemake()))


@pytest.fixture
def duplicate(built, tmp_path):
    """A copy of the finished build, with Snakemake's records, to be changed at will."""
    shutil.copytree(built.folder, tmp_path / "project")
    return Copy(tmp_path / "project")
