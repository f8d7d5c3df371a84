"""One self-contained HTML file: its style, its tables, and its badges."""

from collections.abc import Iterable, Sequence
from html import escape

STYLE = (
    "body{font:16px/1.5 Georgia,serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#111}"
    "table{border-collapse:collapse;width:100%;font-size:.85rem;margin:1rem 0}td,th{border-top:1px solid #ccc;"
    "padding:.3rem .5rem;text-align:left;vertical-align:top}h2{margin-top:2.4rem}h3{margin:1.6rem 0 .2rem}"
    "dt{font-weight:bold}dd{margin:0 0 .3rem 1rem}svg{max-width:24rem;height:auto;display:block}"
    ".v{display:inline-block;font-weight:bold;padding:0 .4rem}.good{background:#d7efe3}.part{background:#fbe8c8}"
    ".bad{background:#f8d3c4}code{font-size:.85rem;overflow-wrap:anywhere}"
)


def document(title: str, parts: Iterable[str]) -> str:
    """The file: `parts` are HTML, the title is text and also the first heading."""
    head = ["<!DOCTYPE html>", '<html lang="en"><head><meta charset="utf-8">', f"<title>{escape(title)}</title>"]
    head += [f"<style>{STYLE}</style></head><body>", f"<h1>{escape(title)}</h1>"]
    return "\n".join([*head, *parts, "</body></html>", ""])


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; header and cells are HTML."""
    head = "".join(f"<th>{name}</th>" for name in header)
    body = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{head}</tr>\n{body}</table>"


def badge(text: str, kind: str) -> str:
    """A coloured word; `kind` is good, part or bad."""
    return f'<span class="v {kind}">{escape(text)}</span>'
