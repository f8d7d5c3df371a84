"""The Markdown page of the claims shows what the tables say as text, never as markup."""

import pandas as pd
import pytest

from driven_dicke.figures import claims_page


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("a [link](javascript:alert(1)) here", "a [link]\\(javascript:alert(1)) here"),
        ("<script>x</script>", "&lt;script>x&lt;/script>"),
        ("`f[i](x) < 1`", "`f[i](x) < 1`"),
    ],
)
def test_a_text_is_no_markup(line, shown):
    """Code stays as it is."""
    assert claims_page._escaped(line) == shown


def claims_table():
    """Three claims, two verdicts."""
    verdicts = ["reproduced", "not reproduced", "reproduced"]
    rows = {"id": ["1", "2", "6a"], "verdict": verdicts, "tables": ["gap, law", "", "phases"]}
    rows |= {"beforehand": [True, False, True], "earlier_verdict": ["", "finite-size", ""]}
    rows |= {"earlier_criterion": ["", "first b", ""]}
    rows |= {name: [f"{name} {n}" for n in "abc"] for name in ("place", "statement", "computed", "criterion")}
    return pd.DataFrame(rows)


def equations_table():
    """One finding of every kind, one undecided, two that hold."""
    kinds = ["slip", "", "artefact", "substance", "", "convention", "slip", ""]
    verdicts = ["differs" if kind else "holds" for kind in kinds]
    verdicts[4], verdicts[7] = "undecided", "definition"
    rows = {"kind": kinds, "verdict": verdicts, "method": ["text"] * 8}
    rows |= {name: [f"{name} {n}" for n in range(8)] for name in ("identifier", "printed", "evidence")}
    return pd.DataFrame(rows | {"corrected": [f"right {n}" if kind else "" for n, kind in enumerate(kinds)]})


def cells(text, header):
    """Rows of the Markdown table below `header`."""
    body = text.split(header, 1)[1].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in body]


def test_markdown_is_read_back():
    page = claims_page.markdown(claims_table(), equations_table(), {6: "claim06.svg"})
    assert cells(page, "| verdict | claims | meaning |") == [
        ["reproduced", "2", claims_page.VERDICTS["reproduced"]],
        ["not reproduced", "1", claims_page.VERDICTS["not reproduced"]],
    ]
    assert cells(page, "| | claim | verdict |") == [
        ["1", "statement a", "reproduced"],
        ["2", "statement b", "not reproduced"],
        ["6a", "statement c", "reproduced"],
    ]
    second = page.split("## Claim 2: not reproduced\n")[1].split("## ")[0]
    trace = {"Criterion": "criterion b", "Fixed": "after the values were seen", "Computed": "computed b"}
    for line in ("*place b.* statement b", *(f"- **{name}.** {text}" for name, text in trace.items())):
        assert line in second
    assert "- **Tables.** none (closed forms)" in second
    assert "- **First criterion.** first b → finite-size\n" in second
    assert page.count("First criterion") == 1
    assert page.count("- **Fixed.** before the values were looked at") == 2
    assert "- **Tables.** gap, law" in page
    assert page.count("![Claim 6a](claim06.svg)") == page.count("![") == 1
    counted = [[kind, number] for kind, number, _ in cells(page, "| kind | findings | meaning |")]
    assert counted == [
        ["holds", "2"],
        ["substance", "1"],
        ["slip", "2"],
        ["convention", "1"],
        ["artefact", "1"],
        ["undecided", "1"],
    ]
    listed = cells(page, "| where | kind | printed | correct | evidence |")
    assert [row[0] for row in listed] == [f"identifier {n}" for n in (3, 0, 6, 5, 2, 4)]
    assert listed[0] == ["identifier 3", "substance", "`printed 3`", "`right 3`", "evidence 3"]
    assert listed[-1] == ["identifier 4", "undecided", "`printed 4`", "undecided", "evidence 4"]


def test_html_says_the_same():
    picture = '<?xml version="1.0"?><svg id="a"><use href="#a"/><g clip-path="url(#a)"/></svg>'
    page = claims_page.html(claims_table(), equations_table(), {6: picture})
    assert '<svg id="c6a-a"><use href="#c6a-a"/><g clip-path="url(#c6a-a)"/></svg>' in page
    assert page.count('class="v bad">not reproduced') == 3  # summary, overview and heading
    assert page.count('class="v good">reproduced') == 5
    assert 'class="v bad">substance' in page
    assert page.index("identifier 3") < page.index("identifier 0") < page.index("identifier 4")
    assert "<summary>The 2 findings that hold</summary>" in page
    assert page.index("<summary>") < page.index("identifier 1") < page.index("identifier 7")
    for text in ("Criterion</dt><dd>criterion c", "Computed</dt><dd>computed c", "Tables</dt><dd>phases"):
        assert f"<dt>{text}</dd>" in page
    assert "<dd>none (closed forms)</dd>" in page
    assert "never compared with the typeset paper" in page
