"""Generated parts of a Markdown page, between two comments that stay."""


def replace(text: str, name: str, content: str) -> str:
    """`text` with `content` between `<!-- name: begin -->` and `<!-- name: end -->`.

    Raises:
        ValueError: the page does not hold each of the two marks exactly once, in this order.
    """
    begin, end = marks(name)
    if text.count(begin) != 1 or text.count(end) != 1 or text.index(begin) > text.index(end):
        raise ValueError(f"the page must hold {begin} and then {end}, each once")
    before, rest = text.split(begin)
    return f"{before}{begin}\n{content.strip()}\n{end}{rest.split(end)[1]}"


def marks(name: str) -> tuple[str, str]:
    """The comment before a generated part and the one after it."""
    return f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
