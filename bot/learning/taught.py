"""Lessons as an admin may paste them: question and answer without what tells who asked, each once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.dialog.content import Content
from bot.dialog.lessons import Taught
from bot.dialog.policy import sure
from bot.learning.masking import masked
from bot.learning.proposals import shortened
from intents.text import normalise


@dataclass(frozen=True, slots=True)
class Suggested:
    """What an operator proposes; `intent` is the one that the question would be answered by now, if any."""

    locale: str
    question: str
    answer: str
    operator: str
    at: datetime
    intent: str | None = None


def suggested(lessons: Iterable[Taught], content: Content, locale: str | None = None) -> Sequence[Suggested]:
    """The lessons, in one locale or in all, the newest answer of each question, in the order in which it was taught."""
    known: dict[tuple[str, str], Taught] = {}
    for each in lessons:
        spoken = content.desk.locale_of(each.locale)
        words = normalise(masked(each.question, each.names))
        if words.strip("0 ") and locale in (None, spoken):
            known.pop((spoken, words), None)
            known[spoken, words] = each
    rankings = content.ranker.rank_many([(each.question, spoken) for (spoken, _), each in known.items()])
    meant = [sure(each, content.intents.intents, content.thresholds) for each in rankings]
    return [
        Suggested(
            spoken,
            shortened(masked(each.question, each.names)),
            "\n".join(masked(line, each.names) for line in each.answer.strip().splitlines()),
            each.operator,
            each.at,
            intent.id if intent else None,
        )
        for ((spoken, _), each), intent in zip(known.items(), meant, strict=True)
    ]
