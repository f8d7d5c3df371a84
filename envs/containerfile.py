"""Write the recipe of a container: `python3 envs/containerfile.py` makes Containerfile and .dockerignore.

The image takes the pip route: its lock has hashes and is what the tests run with. The base image is named by its tag;
a tag can move, so whoever publishes an image should add the digest that they have pulled.
"""

import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
CONTENT = ("Snakefile", "config", "envs", "workflow", "tests/reference", "LICENSE", "CITATION.cff")
RECIPE = """\
# Made by `make containerfile`; change envs/containerfile.py instead. No container engine was at hand where this was
# written: the recipe has not been built, only its parts are tested.
FROM python:{python}-slim-bookworm
LABEL org.opencontainers.image.title="driven-dicke" \\
      org.opencontainers.image.version="{version}" \\
      org.opencontainers.image.licenses="BSD-3-Clause"
ENV PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1 HOME=/tmp
COPY envs/create.py envs/run.lock /opt/envs/
RUN python3 /opt/envs/create.py /opt/environment /opt/envs/run.lock
ENV PATH=/opt/environment/bin:$PATH
{copies}
WORKDIR /output
ENTRYPOINT ["snakemake", "--snakefile", "/driven-dicke/Snakefile"]
CMD ["--cores", "all"]
"""


def recipe() -> str:
    """The text of Containerfile."""
    python = re.search(r"^  - python=([\d.]+)$", (PROJECT / "environment.yml").read_text(), re.M).group(1)
    package = (PROJECT / "workflow/scripts/driven_dicke/__init__.py").read_text()
    version = re.search(r'^__version__ = "(.+)"$', package, re.M).group(1)
    copies = "\n".join(f"COPY {part} /driven-dicke/{part}" for part in CONTENT)
    return RECIPE.format(python=python, version=version, copies=copies)


def ignored() -> str:
    """The text of .dockerignore: everything but what the recipe copies."""
    return "\n".join(["*", *(f"!{part}" for part in CONTENT), "**/__pycache__", ""])


if __name__ == "__main__":
    (PROJECT / "Containerfile").write_text(recipe())
    (PROJECT / ".dockerignore").write_text(ignored())
