"""Sentences met word for word."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, as normalised words, that means an intent; the label OUTSIDE stands for "none of ours".

    A title is one too.
    """

    words: tuple[str, ...]
    label: str
    locale: str
    title: bool = False

    @property
    def text(self) -> str:
        """The words with single blanks between."""
        return " ".join(self.words)


OUTSIDE = ""


class Sentences:
    """Look-up of whole sentences. The same words may mean two things in two languages: the customer's own decides."""

    def __init__(self, examples: Iterable[Example]) -> None:
        self._by_text: dict[str, dict[str, str]] = {}
        for example in examples:
            self._by_text.setdefault(example.text, {}).setdefault(example.locale, example.label)

    def meaning(self, words: Sequence[str], locale: str) -> str | None:
        """The label of these words, or None; earlier examples win."""
        labels: Mapping[str, str] | None = self._by_text.get(" ".join(words))
        return None if labels is None else labels.get(locale, next(iter(labels.values())))
