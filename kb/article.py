"""What an article is, and what a search finds."""

from dataclasses import dataclass
from typing import Literal

Audience = Literal["customers", "operators"]


@dataclass(frozen=True, slots=True)
class Article:
    """One article in one language. `id` is its path in the locale's folder ("delivery/cost"); `body` is Markdown."""

    id: str
    locale: str
    title: str
    body: str
    tags: tuple[str, ...] = ()
    audience: Audience = "customers"
    file: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """An article found; `score`, 0 to 1, says how much of the question it speaks of, `snippet` is plain text."""

    article: Article
    score: float
    snippet: str
