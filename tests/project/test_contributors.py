"""Files for contributors and finders say what is true: commands, forms, metadata, licences, links."""

import importlib.util
import re
import tomllib
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).parents[2]
FORMS = sorted((PROJECT / ".github/ISSUE_TEMPLATE").glob("*.yml"))


def targets():
    return set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(), re.M))


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "README.md", "docs/reproduce.md", "docs/architecture.md"])
def test_every_make_command_exists(page):
    commands = set(re.findall(r"\bmake ([a-z]+(?:-[a-z]+)*)\b", (PROJECT / page).read_text()))
    assert commands - {"up", "sure"} <= targets()


@pytest.mark.parametrize("page", sorted(PROJECT.glob("*.md")) + sorted(PROJECT.glob("docs/*.md")), ids=lambda p: p.name)
def test_every_link_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text()):
        if ("://" not in target and "/" in target) or target.endswith(".md"):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.stem)
def test_forms_ask_for_what_is_needed(form):
    content = yaml.safe_load(form.read_text())
    assert {"name", "description", "body"} <= content.keys()
    fields = {part["id"]: part for part in content["body"]}
    assert {"configuration", "doctor"} <= fields.keys()
    for part in fields.values():
        assert part["type"] in ("input", "textarea")
        assert part["attributes"]["label"]


def test_ci_calls_the_script_and_hooks_call_what_is_installed():
    workflow = yaml.safe_load((PROJECT / ".github/workflows/ci.yml").read_text())
    (job,) = workflow["jobs"].values()
    assert any(".ci/run" in step.get("run", "") for step in job["steps"])
    (repository,) = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text())["repos"]
    check = (PROJECT / "Makefile").read_text()
    for hook in repository["hooks"]:
        tool = re.search(r"\.venv/bin/([\w-]+)", hook["entry"]).group(1)
        assert f"$(VENV)/bin/{tool}" in check


def test_metadata_follow_the_citation_file():
    spec = importlib.util.spec_from_file_location("metadata", PROJECT / "envs/metadata.py")
    metadata = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(metadata)
    for name, text in metadata.texts().items():
        assert (PROJECT / name).read_text(encoding="utf-8") == text, "run python3 envs/metadata.py"
    cited = metadata.citation()
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    assert cited["license"] == project["license"]


def test_every_file_has_its_licence():
    """One annotation for all; `reuse lint`, which CONTRIBUTING names, reads the same two files."""
    assert (PROJECT / "LICENSES/BSD-3-Clause.txt").read_bytes() == (PROJECT / "LICENSE").read_bytes()
    (everything,) = tomllib.loads((PROJECT / "REUSE.toml").read_text())["annotations"]
    assert everything["path"] == "**"
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    assert everything["SPDX-License-Identifier"] == project["license"]
