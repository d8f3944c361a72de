"""Markdown tokens as lines of text, with marks of one's choice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

_BARE = ("", "")
_RULE = "———"


@dataclass(frozen=True, slots=True)
class Marks:
    """How text and links are written, and what stands around strong, em, s, heading, code, fence and blockquote."""

    text: Callable[[str], str]
    link: Callable[[str, str], str]
    tags: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def around(self, kind: str, content: str) -> str:
        """The content within its marks; nothing for nothing."""
        before, after = self.tags.get(kind, _BARE)
        return f"{before}{content}{after}" if content else ""


def outlined(tokens: Sequence[Token], marks: Marks) -> str:
    """The tokens as text: blocks apart by an empty line, lists a line each."""
    return _blocks(SyntaxTreeNode(tokens), marks)


def _blocks(node: SyntaxTreeNode, marks: Marks, between: str = "\n\n") -> str:
    return between.join(filter(None, (_block(child, marks) for child in node.children)))


def _block(node: SyntaxTreeNode, marks: Marks) -> str:
    match node.type:
        case "bullet_list" | "ordered_list":
            return _list(node, marks)
        case "blockquote":
            return marks.around("blockquote", _blocks(node, marks))
        case "fence" | "code_block":
            return marks.around("fence", marks.text(node.content.rstrip("\n")))
        case "hr":
            return _RULE
        case kind:  # a paragraph or a heading
            return marks.around(kind, _inline(node.children[0], marks).strip())


def _list(node: SyntaxTreeNode, marks: Marks) -> str:
    first = int(node.attrs.get("start", 1))
    ordered = node.type == "ordered_list"
    rows = []
    for number, item in enumerate(node.children, first):
        bullet = f"{number}. " if ordered else "• "
        rows.append(bullet + _blocks(item, marks, between="\n").replace("\n", "\n  "))
    return "\n".join(rows)


def _inline(node: SyntaxTreeNode, marks: Marks) -> str:
    return "".join(_piece(child, marks) for child in node.children)


def _piece(node: SyntaxTreeNode, marks: Marks) -> str:
    match node.type:
        case "text":
            return marks.text(node.content)
        case "softbreak" | "hardbreak":
            return "\n"
        case "code_inline":
            return marks.around("code", marks.text(node.content))
        case "link":
            return marks.link(_inline(node, marks), str(node.attrs["href"]))
        case "image":
            return marks.text(node.content)
        case kind:  # strong, em, s
            return marks.around(kind, _inline(node, marks))
