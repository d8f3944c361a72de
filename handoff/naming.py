"""Naming: whom and what people mean when they write a name in a command."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from handoff.desk import Desk, Operator, Skill

CLOSE = 0.5  # how alike two names must be for one to be suggested instead of the other


def operator_named(desk: Desk, words: str) -> Operator | None:
    """The operator whose id (`@anna` or `anna`) or name in any language this is; None when nobody or several are."""
    return desk.operators.get(_meant(words, _operators(desk)) or "")


def operator_first(desk: Desk, words: str) -> tuple[Operator | None, str]:
    """The operator whom the words name first, and the rest of the words; a longer name goes before a shorter one."""
    parts = words.split()
    for count in range(len(parts), 0, -1):
        found = operator_named(desk, " ".join(parts[:count]))
        if found is not None:
            return found, words.split(maxsplit=count)[count] if count < len(parts) else ""
    return None, words


def nearest_operator(desk: Desk, words: str) -> Operator | None:
    """The operator whose id or name is most like the words, for a suggestion; None when none is like them."""
    return desk.operators.get(_nearest(words, _operators(desk)) or "")


def skill_named(desk: Desk, words: str) -> Skill | None:
    """The skill whose id or title in any language this is; None when none or several are."""
    return desk.skills.get(_meant(words, _skills(desk)) or "")


def nearest_skill(desk: Desk, words: str) -> Skill | None:
    """The skill whose id or title is most like the words; None when none is like them."""
    return desk.skills.get(_nearest(words, _skills(desk)) or "")


def _operators(desk: Desk) -> dict[str, list[str]]:
    return {each.id: [each.id, *each.name.values()] for each in desk.operators.values()}


def _skills(desk: Desk) -> dict[str, list[str]]:
    return {each.id: [each.id, *each.title.values()] for each in desk.skills.values()}


def _meant(words: str, known: Mapping[str, Sequence[str]]) -> str | None:
    """The id; an id itself goes before the name of another."""
    wanted = _plain(words)
    if wanted in map(_plain, known):
        return next(each for each in known if _plain(each) == wanted)
    found = [each for each, names in known.items() if wanted in map(_plain, names)]
    return found[0] if len(found) == 1 else None


def _nearest(words: str, known: Mapping[str, Sequence[str]]) -> str | None:
    by_name = {_plain(name): each for each, names in reversed(list(known.items())) for name in names}
    close = get_close_matches(_plain(words), by_name, n=1, cutoff=CLOSE)
    return by_name[close[0]] if close else None


def _plain(name: str) -> str:
    return " ".join(name.removeprefix("@").casefold().replace("ё", "е").split())
