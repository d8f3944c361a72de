"""Intents files as they were read: what is written in them, and where each sentence stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from intents.shape import IntentsFile
from intents.strict_yaml import Located, Place


@dataclass(frozen=True, slots=True)
class Source:
    """One intents file: where things stand, and what they are."""

    located: Located
    content: IntentsFile


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a file; `intent` is None for one that is out of scope."""

    located: Located
    place: Place
    intent: str | None
    locale: str
    text: str

    @property
    def owner(self) -> str:
        """Whose it is, in words."""
        return "out_of_scope" if self.intent is None else f'"{self.intent}"'

    @property
    def at(self) -> str:
        """Where it stands, as file:line."""
        return f"{self.located.file}:{self.located.line_of(self.place)}"


def examples_in(sources: Sequence[Source]) -> Iterator[Sentence]:
    """Every example of an intent and every sentence that is out of scope, in file order."""
    for source in sources:
        for at, intent in enumerate(source.content.intents):
            yield from _each(source.located, ("intents", at, "examples"), intent.id, intent.examples)
        yield from _each(source.located, ("out_of_scope",), None, source.content.out_of_scope)


def tests_in(sources: Sequence[Source]) -> Iterator[Sentence]:
    """Every sentence that is kept for tests."""
    for source in sources:
        for at, intent in enumerate(source.content.intents):
            yield from _each(source.located, ("intents", at, "tests"), intent.id, intent.tests)


def _each(
    located: Located, place: Place, intent: str | None, written: Mapping[str, Sequence[str]]
) -> Iterator[Sentence]:
    for locale, sentences in written.items():
        for at, text in enumerate(sentences):
            yield Sentence(located, (*place, locale, at), intent, locale, text)
