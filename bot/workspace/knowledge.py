"""The library of a workspace: its articles, and the short answers of its intents."""

from collections.abc import Iterator, Sequence

from handoff.desk import Desk, titled
from intents.intent import Catalogue
from intents.text import fold, words_of
from intents.thesaurus import concepts
from kb.article import Answer
from kb.catalogue import Catalogue as Articles
from kb.library import Library


def library_of(articles: Articles, intents: Catalogue, desk: Desk) -> Library:
    """What customers and operators search in, with texts read, and words understood, as the matcher does."""
    return Library(articles, desk.default_locale, words, answers(intents), concepts)


def answers(intents: Catalogue) -> Iterator[Answer]:
    """The answers that the bot gives: of no action, no small talk, and no article, which is found by itself.

    An intent that always calls a person has words that only fit after the call.
    """
    for intent in intents.intents.values():
        if intent.action is None and intent.article is None and intent.handoff == "offer":
            for locale, text in intent.answer.items():
                yield Answer(intent.id, locale, titled(intent.title, locale), text)


def words(text: str) -> Sequence[str]:
    """The words of a text of up to `intents.text.MAX_CHARACTERS`, as the matcher sees them."""
    return words_of(fold(text))
