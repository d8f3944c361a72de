"""A text sentence by sentence, and the one that says most about what was asked."""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from kb.render import HEADING, prose
from kb.split import split
from kb.stems import Stemmer

SNIPPET = 180
LONGEST = 1000  # characters of a passage; a longer sentence is several
REMARK = 20  # characters; a shorter sentence is read together with the next one
_ITEM = re.compile(r"\s*(?:•|\d+\.)\s+")
_END = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][\"»”’)]))\s+")
_SHORT = """
    г. гг. д. др. им. коп. мин. напр. пл. пр. просп. руб. см. стр. т. тел. тыс. ул. ч.
    dr. e.g. i.e. mr. mrs. ms. st. vs. apm. g. iel. lpp. nr. plkst. t. tālr. u.c.
"""
_SHORTENED = frozenset(_SHORT.split())


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence on one line with its terms, and those of the heading above it."""

    text: str
    terms: frozenset[str]
    heading: frozenset[str]


def passages(markdown: str, stemmer: Stemmer) -> tuple[Passage, ...]:
    """The sentences of a text in order; a text of headings only is one."""
    found: list[Passage] = []
    heading = frozenset[str]()
    for line in _lines(prose(markdown)):
        if line.startswith(HEADING):
            heading = frozenset(stemmer.terms(line))
            continue
        found += (Passage(each, frozenset(stemmer.terms(each)), heading) for each in sentences(line))
    whole = " ".join(prose(markdown).replace(HEADING, "").split())
    return tuple(found) or (Passage(whole, frozenset(stemmer.terms(whole)), heading),)


def sentences(line: str) -> list[str]:
    """The sentences of a line; a remark ("Price.") is one with what follows."""
    found: list[str] = []
    for piece in _END.split(line):
        if found and (len(found[-1]) < REMARK or _goes_on(found[-1], piece)):
            found[-1] += f" {piece}"
        else:
            found.append(piece)
    return [part for sentence in found for part in split(sentence, LONGEST)]


def snippet(found: Sequence[Passage], wanted: Mapping[str, float], stemmer: Stemmer) -> str:
    """The passage whose terms weigh most, then the one whose heading's do, then the first.

    One longer than SNIPPET characters is cut to the words around those that are wanted, "…" standing for the rest.
    """
    best = max(found, key=lambda each: (_weight(each.terms, wanted), _weight(each.heading, wanted)))
    return best.text if len(best.text) <= SNIPPET else _cut(best.text, wanted, stemmer)


def _lines(text: str) -> Iterator[str]:
    """Headings, items of lists without their bullets, and paragraphs, each on one line."""
    for block in text.split("\n\n"):
        line = ""
        for row in block.split("\n"):
            item = _ITEM.match(row)
            if line and (item or row.startswith(HEADING) or line.startswith(HEADING)):
                yield line
                line = ""
            line = " ".join([*line.split(), *row[item.end() if item else 0 :].split()])
        if line:
            yield line


def _goes_on(before: str, after: str) -> bool:
    """Whether a full stop between the two ended no sentence."""
    last = before.rsplit(" ", 1)[-1].lstrip("(«„“").casefold()
    return last in _SHORTENED or after[:1].islower()


def _weight(terms: AbstractSet[str], wanted: Mapping[str, float]) -> float:
    return 0.0 if terms.isdisjoint(wanted) else sum([weight for term, weight in wanted.items() if term in terms])


def _cut(text: str, wanted: Mapping[str, float], stemmer: Stemmer) -> str:
    """The stretch of words that fits and weighs most, with as much before it as after it where there is room."""
    words = text.split()
    weights = [_weight({*stemmer.terms(word)}, wanted) for word in words]
    room = SNIPPET - 2  # for an ellipsis at each end
    stretches = [(start, _reach(words, start, room)) for start in range(len(words)) if weights[start] or not start]
    start, end = max(stretches, key=lambda each: sum(weights[each[0] : each[1]]))
    last = max((at for at in range(start, end) if weights[at]), default=start)
    spare = (room - len(" ".join(words[start : last + 1]))) // 2
    while start and len(words[start - 1]) < spare:
        start -= 1
        spare -= len(words[start]) + 1
    end = _reach(words, start, room)
    shown = " ".join(words[start:end])[:room].rstrip(" ,;:–—-")
    return f"{'…' if start else ''}{shown}{'…' if end < len(words) or len(shown) < len(words[end - 1]) else ''}"


def _reach(words: Sequence[str], start: int, room: int) -> int:
    """Where a stretch of words from `start` ends that fits the room; it has one word at least."""
    end, size = start + 1, len(words[start])
    while end < len(words) and size + 1 + len(words[end]) <= room:
        size += 1 + len(words[end])
        end += 1
    return end
