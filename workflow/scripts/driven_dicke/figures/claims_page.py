"""The page of claims: Markdown with pictures beside it, and one self-contained HTML file."""

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd

from driven_dicke.pipeline import html_page

TITLE = "What the paper claims, checked by machine"
VERDICTS = {
    "reproduced": "holds at every size, and in every convention, that was looked at",
    "reproduced with the paper's convention": "holds in the paper's reading of a definition, not in the other one",
    "reproduced after corrections": "holds with the forms that pass the audit below",
    "approached as N grows": "not exact at these sizes, and becomes so as N grows",
    "at small N only": "holds at the paper's sizes, and no longer at larger ones",
    "not reproduced": "fails its criterion; the numbers say where",
    "undecided": "the tables of this run do not hold what the criterion needs",
}
MEANING = {
    "substance": "wrong in substance: a conclusion rests on it (one error, in several places)",
    "slip": "slip without consequence: nothing in the paper rests on the printed form",
    "convention": "a matter of convention: it holds in another reading of a symbol, which has a row of its own",
    "artefact": "probably made by the extraction of the text at hand, not by the paper",
}
INTRODUCTION = (
    "Every verdict is computed from the tables by a criterion that names its limits (section `claims` of the "
    "configuration). Drives are in units of Omega_c = (N-1) gamma_c/4, times in 1/gamma_s."
)
AUDIT = (
    "Every numbered equation, inline formula and cross-reference, held against an independent derivation. The text at "
    "hand was extracted from the paper's pages and never compared with the typeset paper."
)
CLASSES = {"reproduced": "good", "holds": "good", "definition": "good", "not reproduced": "bad", "substance": "bad"}


def faults(equations: pd.DataFrame) -> pd.DataFrame:
    """Findings that neither hold nor define, sorted by kind, the undecided ones last."""
    order = {kind: number for number, kind in enumerate(MEANING)}
    rows = equations[~equations["verdict"].isin(["holds", "definition"])]
    return rows.sort_values("kind", key=lambda kinds: kinds.map(order), kind="stable", na_position="last")


def kinds(equations: pd.DataFrame) -> list[tuple[str, int, str]]:
    """Kind, number and meaning of what differs, and the number of what holds."""
    found = equations["kind"].value_counts()
    holds = int(equations["verdict"].isin(["holds", "definition"]).sum())
    rows = [("holds", holds, "as printed, or a definition")]
    rows += [(kind, int(found[kind]), meaning) for kind, meaning in MEANING.items() if kind in found]
    undecided = int((equations["verdict"] == "undecided").sum())
    return rows + ([("undecided", undecided, "no check decides")] if undecided else [])


def counts(verdicts: pd.Series, order: list[str]) -> list[tuple[str, int]]:
    """How often each verdict occurs, in order, absent ones left out."""
    found = verdicts.value_counts()
    return [(name, int(found[name])) for name in order if name in found]


def markdown(claims: pd.DataFrame, equations: pd.DataFrame, pictures: Mapping[int, str]) -> str:
    """The page as Markdown; `pictures` are file names beside it, by number of the claim."""
    lines = [f"# {TITLE}", "", INTRODUCTION, "", "| verdict | claims | meaning |", "|---|---|---|"]
    lines += [f"| {name} | {count} | {VERDICTS[name]} |" for name, count in counts(claims["verdict"], list(VERDICTS))]
    lines += ["", "| | claim | verdict |", "|---|---|---|"]
    lines += [f"| {row.id} | {_cell(row.statement)} | {row.verdict} |" for row in _rows(claims)]
    for row in _rows(claims):
        lines += ["", f"## Claim {row.id}: {row.verdict}", "", f"*{row.place}.* {row.statement}", ""]
        lines += [f"- **{name}.** {text}" for name, text in _trace(row)]
        if picture := _picture(row, pictures):
            lines += ["", f"![Claim {row.id}]({picture})"]
    lines += ["", "## Equations", "", AUDIT, "", "| kind | findings | meaning |", "|---|---|---|"]
    lines += [f"| {name} | {count} | {meaning} |" for name, count, meaning in kinds(equations)]
    lines += ["", "| where | kind | printed | correct | evidence |", "|---|---|---|---|---|"]
    lines += [
        f"| {_cell(row.identifier)} | {row.kind or row.verdict} | {_code(row.printed)} "
        f"| {_code(row.corrected) or row.verdict} | {_cell(row.evidence)} |"
        for row in _rows(faults(equations))
    ]
    lines += ["", "The table `equations.parquet` holds every finding, also those that hold.", ""]
    return "\n".join(_escaped(line) for line in lines)


def html(claims: pd.DataFrame, equations: pd.DataFrame, pictures: Mapping[int, str]) -> str:
    """The page as one HTML file; `pictures` are SVG texts by number of the claim."""
    parts = [f"<p>{escape(INTRODUCTION.replace('`', ''))}</p>"]
    summary = [
        (_badge(name), str(count), escape(VERDICTS[name])) for name, count in counts(claims["verdict"], list(VERDICTS))
    ]
    parts += [html_page.table(("verdict", "claims", "meaning"), summary)]
    overview = [
        (f'<a href="#claim{row.id}">{row.id}</a>', escape(row.statement), _badge(row.verdict)) for row in _rows(claims)
    ]
    parts += [html_page.table(("", "claim", "verdict"), overview)]
    for row in _rows(claims):
        parts += [f'<h3 id="claim{row.id}">Claim {row.id}: {_badge(row.verdict)}</h3>']
        parts += [f"<p><em>{escape(row.place)}.</em> {escape(row.statement)}</p><dl>"]
        parts += [f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in _trace(row)] + ["</dl>"]
        if picture := _picture(row, pictures):
            parts += [_inline(picture, f"c{row.id}-")]
    found = [(_badge(name), str(count), escape(meaning)) for name, count, meaning in kinds(equations)]
    parts += ["<h2>Equations</h2>", f"<p>{AUDIT}</p>", html_page.table(("kind", "findings", "meaning"), found)]
    parts += [_findings(faults(equations))]
    rest = equations.drop(faults(equations).index)
    parts += [f"<details><summary>The {len(rest)} findings that hold</summary>", _findings(rest), "</details>"]
    return html_page.document(TITLE, parts)


def _findings(rows: pd.DataFrame) -> str:
    cells = [
        (
            escape(row.identifier),
            _badge(row.kind or row.verdict),
            f"<code>{escape(row.printed)}</code>",
            f"<code>{escape(row.corrected)}</code>" if row.corrected else _badge(row.verdict),
            escape(f"{row.method}: {row.evidence}"),
        )
        for row in _rows(rows)
    ]
    return html_page.table(("where", "kind", "printed", "correct", "evidence"), cells)


def _trace(row: Any) -> list[tuple[str, str]]:
    """How a claim was decided: by which criterion, on what, and what the first criterion says."""
    fixed = "before the values were looked at" if row.beforehand else "after the values were seen"
    trace = [("Criterion", row.criterion), ("Fixed", fixed), ("Computed", row.computed)]
    if row.earlier_criterion:
        verdict = f" → {row.earlier_verdict}" if row.earlier_verdict else ""
        trace += [("First criterion", f"{row.earlier_criterion}{verdict}")]
    return [*trace, ("Tables", row.tables or "none (closed forms)")]


def _picture(row: Any, pictures: Mapping[int, str]) -> str:
    """The picture of a claim, at the first of its statements; empty if there is none."""
    return pictures.get(int(row.id.rstrip("abcd")), "") if row.id[-1] in "0123456789a" else ""


def _rows(frame: pd.DataFrame) -> list[Any]:
    return list(frame.itertuples())


def _badge(verdict: str) -> str:
    return html_page.badge(verdict, CLASSES.get(verdict, "part"))


def _inline(svg: str, prefix: str) -> str:
    """An SVG inside HTML: without its XML header, its identifiers made unique on the page."""
    body = svg[svg.index("<svg") :]
    for text in ('id="', 'href="#', "url(#"):
        body = body.replace(text, text + prefix)
    return body


def _cell(text: object) -> str:
    return str(text).replace("|", "\\|")


def _code(text: object) -> str:
    return f"`{_cell(text)}`" if text else ""


def _escaped(line: str) -> str:
    """Outside code, angle brackets would be read as HTML, and a bracket before a parenthesis as a link to anywhere.

    The pictures' own lines are links.
    """
    if line.startswith("![Claim "):
        return line
    parts = line.split("`")
    return "`".join(
        part.replace("<", "&lt;").replace("](", "]\\(") if i % 2 == 0 else part for i, part in enumerate(parts)
    )
