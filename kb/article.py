"""What an article and a short answer are, and what a search finds."""

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
class Answer:
    """A short answer in one language, found beside the articles. `id` is its intent's; `body` is Markdown."""

    id: str
    locale: str
    title: str
    body: str


Document = Article | Answer


@dataclass(frozen=True, slots=True)
class Hit:
    """What was found; `score`, 0 to 1, says how much of the question it speaks of.

    `snippet` is the sentence that speaks of it most: plain text, on one line.
    """

    document: Document
    score: float
    snippet: str
