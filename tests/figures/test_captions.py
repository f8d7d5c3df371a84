"""Every figure has a caption for the report that names its panels and takes its numbers from the configuration."""

import re
from types import SimpleNamespace

import pytest
import yaml
from docutils.core import publish_parts
from jinja2 import Environment, StrictUndefined
from synthetic import definition

from project_copy import PROJECT

CAPTIONS = {path.stem: path for path in sorted((PROJECT / "workflow/report").glob("*.rst"))}
FIGURES = [
    path.stem for path in sorted((PROJECT / "workflow/scripts/driven_dicke/figures").glob("[fe][ix][gt][0-9]*.py"))
]
CONFIG = yaml.safe_load((PROJECT / "config/config.yaml").read_text())


def rendered(name, config=CONFIG):
    """A caption as HTML; a key that the configuration lacks, or a slip in the markup, is an error."""
    environment = Environment(trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    text = environment.from_string(CAPTIONS[name].read_text()).render(snakemake=SimpleNamespace(config=config))
    return publish_parts(text, writer="html", settings_overrides={"halt_level": 2})["html_body"]


@pytest.mark.parametrize("name", CAPTIONS)
def test_a_caption_is_well_formed(name):
    assert re.sub(r"<[^>]+>", "", rendered(name)).strip()


@pytest.mark.parametrize("figure", FIGURES)
def test_a_caption_names_every_panel(figure):
    """As (a) or left. A paragraph that begins with (b), not with **(b)**, becomes a list, and its letter is lost."""
    text = re.sub(r"<[^>]+>", "", rendered(figure))
    patterns = {name: rf"\({name}\)" if len(name) == 1 else name for name in definition(figure).panels}
    assert [name for name, pattern in patterns.items() if not re.search(pattern, text)] == []


def changed(value):
    """Every number of a configuration by another one."""
    if isinstance(value, dict):
        return {key: changed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [changed(item) for item in value]
    return value + 1000 if isinstance(value, (int, float)) and not isinstance(value, bool) else value


@pytest.mark.parametrize("name", CAPTIONS)
def test_numbers_follow_the_configuration(name):
    assert rendered(name, changed(CONFIG)) != rendered(name)
