"""What a change of content did, sentence by sentence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from intents.judging import Judged
from intents.text import normalise


class Kind(StrEnum):
    """What became of a sentence; the bad news first."""

    BROKEN = "broken"
    MISLED = "misled"
    DOUBTED = "doubted"
    MENDED = "mended"
    ASSURED = "assured"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence before and after.

    broken: right before, wrong now · misled: wrong both times, answered now · doubted: right both times, answered no
    more · mended: wrong before, right now · assured: right both times, answered now · added, removed: stands on one
    side only.
    """

    kind: Kind
    before: Judged | None
    after: Judged | None

    @property
    def shown(self) -> Judged:
        """The sentence as it stands now, or stood last."""
        shown = self.after or self.before
        assert shown is not None, "a change has a side"
        return shown


def changes(before: Iterable[Judged], after: Iterable[Judged]) -> list[Change]:
    """What differs, the bad news first; the same sentence is one that has the same words in the same locale."""
    old, new = _by_words(before), _by_words(after)
    found = [
        Change(kind, old.get(key), new.get(key))
        for key in dict.fromkeys((*new, *old))
        if (kind := _kind(old.get(key), new.get(key))) is not None
    ]
    order = list(Kind)
    return sorted(found, key=lambda change: order.index(change.kind))


def _by_words(judged: Iterable[Judged]) -> Mapping[tuple[str, str], Judged]:
    found: dict[tuple[str, str], Judged] = {}
    for each in judged:
        found.setdefault((normalise(each.text), each.locale), each)
    return found


def _kind(old: Judged | None, new: Judged | None) -> Kind | None:
    if old is None:
        return Kind.ADDED
    if new is None:
        return Kind.REMOVED
    if old.right != new.right:
        return Kind.MENDED if new.right else Kind.BROKEN
    if old.answered == new.answered or new.intent is None:
        return None
    if new.right:
        return Kind.ASSURED if new.answered else Kind.DOUBTED
    return Kind.MISLED if new.answered else None
