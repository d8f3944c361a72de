"""Regular expressions of authors: linear time, any alphabet, any case."""

import re
from collections.abc import Sequence
from typing import Any

import re2

from intents.errors import IntentsError
from intents.text import bare

WORD = r"[\p{L}\p{N}_]"
_EDGE = r"(?:^|$|[^\p{L}\p{N}_])"
_APART = re.compile(r"\\[s\-.,/]|[ \-,;:/]|\[(?:\\.|[ \-,.;:/])+\]")  # beside these a boundary says nothing new
_SEPARATOR = re.compile(r"\W")
_ATOM = re.compile(r"\\[pP]\{[^}]*\}|\\.|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]|.", re.DOTALL)
_CLASSES = {r"\w": WORD, r"\W": r"[^\p{L}\p{N}_]", r"\d": r"\p{N}"}


class PatternError(IntentsError):
    """A pattern does not compile."""

    def __init__(self, pattern: str, reason: str) -> None:
        self.pattern = pattern
        self.reason = reason
        super().__init__(
            f'the pattern "{pattern}" does not compile ({reason}); look-around and back-references do not exist'
        )


def options() -> Any:
    """How every pattern is compiled."""
    chosen = re2.Options()
    chosen.case_sensitive = False
    chosen.log_errors = False
    chosen.dot_nl = True
    return chosen


def compiled(pattern: str) -> Any:
    """The compiled pattern (`search`, `fullmatch`); raise PatternError."""
    try:
        return re2.compile(translated(pattern), options())
    except re2.error as error:
        reason = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
        raise PatternError(pattern, reason.removesuffix(f": {translated(pattern)}")) from error


def translated(pattern: str) -> str:
    r"""The pattern without diacritics, and with `\b`, `\w` and `\d` meaning every alphabet; to re2 they are Latin.

    A boundary consumes the neighbour here, for want of a zero-width one; beside a blank or a hyphen it is dropped.
    """
    atoms = _ATOM.findall(bare(pattern.replace("ё", "е").replace("Ё", "Е")))
    return "".join(_atom(atoms, at) for at in range(len(atoms)))


def _atom(atoms: Sequence[str], at: int) -> str:
    atom = atoms[at]
    if atom != r"\b":
        return _CLASSES.get(atom, atom)
    beside = (*atoms[max(at - 1, 0) : at], *atoms[at + 1 : at + 2])
    return "" if any(map(_APART.fullmatch, beside)) else _EDGE


class PatternSet:
    """All patterns of a catalogue, searched in one pass."""

    def __init__(self, owners: Sequence[tuple[str, str]]) -> None:
        """`owners` are pairs of a pattern that compiles and the intent it speaks for."""
        self._owners = tuple(owner for _, owner in owners)
        self._set = re2.Set.SearchSet(options())
        for pattern, _ in owners:
            self._set.Add(translated(pattern))
        if owners:
            self._set.Compile()

    def matching(self, text: str) -> tuple[str, ...]:
        """Intents with a pattern in `text`, in file order, each once."""
        if not self._owners:
            return ()
        text = bare(text)
        # doubled separators serve patterns like `a\b.*\bb`, whose two boundaries would want the same blank
        found = {*(self._set.Match(text) or ()), *(self._set.Match(_SEPARATOR.sub(r"\g<0>\g<0>", text)) or ())}
        return tuple(dict.fromkeys(self._owners[index] for index in sorted(found)))
