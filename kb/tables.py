"""Tables as lists: a chat is narrow, and Telegram has no tables."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

BETWEEN = " · "  # the cells of a row
_PARAGRAPH = (Token("paragraph_open", "p", 1, block=True), Token("paragraph_close", "p", -1, block=True))
_TIGHT = (
    Token("paragraph_open", "p", 1, block=True, hidden=True),
    Token("paragraph_close", "p", -1, block=True, hidden=True),
)
_LIST = (
    Token("bullet_list_open", "ul", 1, block=True, markup="-"),
    Token("bullet_list_close", "ul", -1, block=True, markup="-"),
)
_ITEM = (
    Token("list_item_open", "li", 1, block=True, markup="-"),
    Token("list_item_close", "li", -1, block=True, markup="-"),
)
_STRONG = (Token("strong_open", "strong", 1, markup="**"), Token("strong_close", "strong", -1, markup="**"))


def listed(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with a list for each table: its head as a line in bold, then a row an item."""
    shown: list[Token] = []
    rows: list[list[Token]] | None = None  # of the table that is read
    for token in tokens:
        if token.type == "table_open":
            rows = []
        elif rows is None:
            shown.append(token)
        elif token.type == "table_close":
            shown += _list_of(rows)
            rows = None
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(token)
    return shown


def _list_of(rows: Sequence[Sequence[Token]]) -> Iterator[Token]:
    head, *others = map(_joined, rows)
    if head:
        yield from (_PARAGRAPH[0], _inline([_STRONG[0], *head, _STRONG[1]]), _PARAGRAPH[1])
    if others:
        yield _LIST[0]
        for row in others:
            yield from (_ITEM[0], _TIGHT[0], _inline(row), _TIGHT[1], _ITEM[1])
        yield _LIST[1]


def _joined(cells: Sequence[Token]) -> list[Token]:
    joined: list[Token] = []
    for cell in cells:
        if joined and cell.children:
            joined.append(Token("text", "", 0, content=BETWEEN))
        joined += cell.children or ()
    return joined


def _inline(children: list[Token]) -> Token:
    return Token("inline", "", 0, children=children)
