"""What is too long for a customer's screen, in the channel with the narrowest limits."""

from collections.abc import Iterator, Mapping, Sequence

from bot.dialog.buttons import ID_LIMIT
from bot.workspace.codes import Code
from bot.workspace.desk_shape import DeskShape
from intents.errors import Fault
from intents.shape import FieldShape, IntentShape, LinkShape, OptionShape
from intents.source import Source
from intents.strict_yaml import Located, Place
from kb.article import Article
from kb.render import plain
from kb.split import units

LABEL = 64  # UTF-16 units of a button's label; more is cut off on a phone
ANSWER = 4096  # UTF-16 units of one Telegram message; a longer text comes in several
ARTICLE = 3 * ANSWER

_Label = tuple[Place, Mapping[str, str] | str | None]


def long_in_intents(sources: Sequence[Source]) -> Iterator[Fault]:
    """Answers that fill more than a message, and labels that fill more than a button."""
    for source in sources:
        for at, intent in enumerate(source.content.intents):
            yield from _answers(source.located, ("intents", at, "answer"), intent)
            yield from _wide(source.located, _labels_of_intent(("intents", at), intent))
        for form, fields in source.content.forms.items():
            for at, field in enumerate(fields):
                yield from _wide(source.located, _labels_of_field(("forms", form, at, "options"), field))


def long_in_desk(located: Located, shape: DeskShape) -> Iterator[Fault]:
    """Titles of skills that fill more than a button."""
    yield from _wide(located, ((("skills", id_, "title"), skill.title) for id_, skill in shape.skills.items()))


def long_in_phrases(located: Located) -> Iterator[Fault]:
    """The bot's own buttons with more on them than fits."""
    yield from _wide(located, (((key,), text) for key, text in (located.data or {}).items() if key[:7] == "button_"))


def long_article(article: Article, line: int) -> Iterator[Fault]:
    """An article that takes more than three messages, or that no button can lead to. `line` is that of the title."""
    if (size := units(plain(article.body))) > ARTICLE:
        text = f"the article has {size} characters, {-(-size // ANSWER)} messages in a chat; part it into several"
        yield Fault(article.file, line, text, "warning", code=Code.LONG_ANSWER)
    if units(article.title) > LABEL:
        yield Fault(article.file, line, _too_wide(article.title), "warning", code=Code.LONG_LABEL)
    if (over := len(f"article:{article.id}".encode()) - ID_LIMIT) > 0:
        text = f'no button can offer "{article.id}": its path is {over} bytes too long; shorten the names in it'
        yield Fault(article.file, 1, text, "warning", code=Code.LONG_ID)


def _answers(located: Located, place: Place, intent: IntentShape) -> Iterator[Fault]:
    for locale, answer in (intent.answer or {}).items():
        if (size := units(plain(answer))) > ANSWER:
            text = f"the answer has {size} characters, and a message holds {ANSWER}; shorten it or write an article"
            yield located.fault((*place, locale), Code.LONG_ANSWER, text, "warning")


def _labels_of_intent(place: Place, intent: IntentShape) -> Iterator[_Label]:
    yield (*place, "title"), intent.title
    for at, button in enumerate(intent.buttons):
        if isinstance(button, LinkShape):
            yield (*place, "buttons", at, "title"), button.title


def _labels_of_field(place: Place, field: FieldShape) -> Iterator[_Label]:
    for at, option in enumerate(field.options):
        yield (*place, at), option.title if isinstance(option, OptionShape) else option


def _wide(located: Located, labels: Iterator[_Label]) -> Iterator[Fault]:
    for place, written in labels:
        texts = written if isinstance(written, Mapping) else {"": written or ""}
        for locale, text in texts.items():
            if units(text) > LABEL:
                yield located.fault((*place, locale), Code.LONG_LABEL, _too_wide(text), "warning")


def _too_wide(text: str) -> str:
    return f'"{text}" has {units(text)} characters, and a button shows {LABEL}; shorten it'
