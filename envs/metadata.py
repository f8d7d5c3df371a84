"""Write what finders read, from CITATION.cff: `python3 envs/metadata.py` makes codemeta.json and .zenodo.json."""

import json
from pathlib import Path
from typing import Any

import yaml

PROJECT = Path(__file__).resolve().parents[1]


def citation() -> dict[str, Any]:
    """What CITATION.cff says."""
    return yaml.safe_load((PROJECT / "CITATION.cff").read_text(encoding="utf-8"))


def codemeta(cited: dict[str, Any]) -> dict[str, Any]:
    """CodeMeta 3.0 of a citation file."""
    return {
        "@context": "https://w3id.org/codemeta/3.0",
        "@type": "SoftwareSourceCode",
        "name": cited["title"],
        "description": " ".join(cited["abstract"].split()),
        "version": cited["version"],
        "license": f"https://spdx.org/licenses/{cited['license']}",
        "author": [{"@type": "Organization", "name": author["name"]} for author in cited["authors"]],
        "keywords": cited["keywords"],
        "programmingLanguage": ["Python", "Snakemake"],
        "runtimePlatform": "Python 3.11",
        "referencePublication": [
            {
                "@type": "ScholarlyArticle",
                "name": article["title"],
                "author": [
                    {"@type": "Person", "familyName": who["family-names"], "givenName": who["given-names"]}
                    for who in article["authors"]
                ],
                "datePublished": str(article["year"]),
            }
            for article in cited["references"]
        ],
    }


def zenodo(cited: dict[str, Any]) -> dict[str, Any]:
    """Zenodo's deposit metadata of a citation file."""
    papers = [one["value"] for article in cited["references"] for one in article.get("identifiers", [])]
    return {
        "title": cited["title"],
        "description": " ".join(cited["abstract"].split()),
        "upload_type": "software",
        "version": cited["version"],
        "license": cited["license"],
        "creators": [{"name": author["name"]} for author in cited["authors"]],
        "keywords": cited["keywords"],
        "related_identifiers": [{"identifier": paper, "relation": "isSupplementTo"} for paper in papers],
    }


def texts() -> dict[str, str]:
    """The text of both files by name."""
    made = {"codemeta.json": codemeta(citation()), ".zenodo.json": zenodo(citation())}
    return {name: json.dumps(content, indent=2, ensure_ascii=False) + "\n" for name, content in made.items()}


if __name__ == "__main__":
    for name, text in texts().items():
        (PROJECT / name).write_text(text, encoding="utf-8")
