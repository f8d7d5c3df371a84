"""The Markdown page of the claims shows what the tables say as text, never as markup."""

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
