"""Naming: whom and what people mean when they write a name in a command."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from handoff.desk import Desk, Operator, Skill

CHANGE = re.compile(r"(?<!\S)[+\-−–](?=\S)")  # the sign before a skill that is given or taken away
LEVEL = re.compile(r"[0-9]{1,3}([.,][0-9]{1,6})?")
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


def told_apart(words: str) -> tuple[str, str]:
    """Whom a command names, and what it changes: `@anna +delivery -general` is about `@anna`."""
    first = CHANGE.search(words)
    return (words.strip(), "") if first is None else (words[: first.start()].strip(), words[first.start() :])


def levels_named(words: str) -> dict[str, float] | None:
    """Skills as named, with their levels, of `+delivery=0.5 +general -workshop`; without a number it is 1, with - 0.

    None for what is written in another way.
    """
    signs = [found.start() for found in CHANGE.finditer(words)]
    if words[: signs[0] if signs else None].strip():
        return None
    levels: dict[str, float] = {}
    for begin, end in zip(signs, [*signs, len(words)][1:], strict=True):
        name, equals, number = words[begin + 1 : end].strip().rstrip(",").partition("=")
        level = _level(number) if equals else 1.0
        if level is None or (equals and words[begin] != "+"):
            return None
        levels[name.strip()] = level if words[begin] == "+" else 0.0
    return levels


def _level(number: str) -> float | None:
    """A level as people write it, with a point or a comma."""
    return float(number.replace(",", ".")) if LEVEL.fullmatch(number.strip()) else None


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
