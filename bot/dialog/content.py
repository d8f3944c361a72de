"""Content: everything an admin wrote, loaded whole, as the dialog uses it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from bot.dialog.phrases import Phrases
from bot.dialog.records import Published
from bot.dialog.replies import Replies
from handoff.desk import Desk
from handoff.roster import NOBODY_CHANGED, Roster
from handoff.roster import manned as desk_of
from intents.intent import Catalogue
from intents.ranking import Ranking, Thresholds
from kb.article import Article, Hit


class Ranker(Protocol):
    """Who tells what a text means."""

    def rank(self, text: str, locale: str, *, explain: bool = False) -> Ranking:
        """Candidates for one text, best first."""
        ...

    def rank_many(self, queries: Sequence[tuple[str, str]]) -> Sequence[Ranking]:
        """The same for many (text, locale) at once."""
        ...


class Library(Protocol):
    """Where articles and answers are found."""

    def get(self, id: str, locale: str) -> Article | None:
        """The article in the locale, else in the default one."""
        ...

    def search(self, query: str, locale: str, audience: str = "customers", limit: int = 3) -> Sequence[Hit]:
        """Articles and answers about the query, best first, each with a score 0-1; operators' ones for operators only.

        What is found in another language is what the locale lacks.
        """
        ...


@dataclass(frozen=True, slots=True)
class Content:
    """One version of everything an admin wrote. A turn uses one version from its beginning to its end.

    `plain` and `split` render Markdown, `phone` reads a number ("29 123 456", "LV") as E.164 or None, `matches` tells
    whether the whole text fits a linear-time pattern, `sure` is the search score from which a hit may be shown unasked.
    `replies` are the canned ones, by name. `city_of` names a zone in a locale (`Рига`), `zone_of` finds one by its
    city, `show_phone` writes an E.164 number as people read it.
    `desk` has the `roster` laid over what the file `declared`, see `manned`.
    """

    version: str
    desk: Desk
    intents: Catalogue
    ranker: Ranker
    thresholds: Thresholds
    library: Library
    phrases: Phrases
    plain: Callable[[str], str]
    split: Callable[[str, int], Sequence[str]]
    phone: Callable[[str, str | None], str | None]
    matches: Callable[[str, str], bool]
    sure: float = 0.5
    replies: Replies = field(default_factory=dict)
    declared: Desk | None = None
    roster: Roster = NOBODY_CHANGED
    city_of: Callable[[str, str], str] = lambda zone, _locale: zone.rpartition("/")[2]
    zone_of: Callable[[str], str | None] = lambda _city: None
    show_phone: Callable[[str], str] = str


def manned(content: Content, roster: Roster) -> Content:
    """The content with this roster: the one place where it meets the file."""
    if roster == content.roster:
        return content
    declared = content.declared or content.desk
    return replace(content, desk=desk_of(declared, roster), declared=declared, roster=roster)


class Served:
    """The content that is served now, and what keeps the files as they are now from being it (`faults`, one a line).

    Content is replaced by one assignment, and keeps the roster. Whoever acts asks once and uses that to the end of the
    act. As an audience of the service it follows what this process changes of the roster.
    """

    def __init__(self, content: Content) -> None:
        self._content = content
        self.faults: tuple[str, ...] = ()

    def __call__(self) -> Content:
        """The content."""
        return self._content

    @property
    def content(self) -> Content:
        """The content."""
        return self._content

    @content.setter
    def content(self, content: Content) -> None:
        self._content = manned(content, self._content.roster)

    def man(self, roster: Roster) -> bool:
        """Serve with this roster; whether that is another than before."""
        before, self._content = self._content, manned(self._content, roster)
        return self._content is not before

    def publish(self, published: Published) -> None:
        """Follow a change of the roster."""
        if published.roster is not None:
            self.man(published.roster)

    def remarks(self) -> dict[str, str]:
        """What is not in order although work goes on, for whoever looks after the process."""
        if not self.faults:
            return {}
        errors = "1 error" if len(self.faults) == 1 else f"{len(self.faults)} errors"
        return {"content": f"the files have {errors}; version {self.content.version} is served"}
