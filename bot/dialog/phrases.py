"""What the bot itself says, by locale and key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Phrase = str | Sequence[str]


@dataclass(frozen=True, slots=True)
class Phrases:
    """Texts by locale and key. A workspace's own texts stand before the packaged ones; English is the last resort."""

    texts: Mapping[str, Mapping[str, Phrase]]

    def say(self, locale: str, key: str, **params: object) -> str:
        """The text with its {placeholders} filled. Raises KeyError for a key that no locale has."""
        text = self._find(locale, key)
        if not isinstance(text, str):
            raise KeyError(key)
        return text.format(**params) if params else text

    def list(self, locale: str, key: str) -> Sequence[str]:
        """A list such as the names of the weekdays. Raises KeyError likewise."""
        text = self._find(locale, key)
        if isinstance(text, str):
            raise KeyError(key)
        return text

    def _find(self, locale: str, key: str) -> Phrase:
        for candidate in (locale, "en"):
            found = self.texts.get(candidate, {}).get(key)
            if found is not None:
                return found
        raise KeyError(key)
