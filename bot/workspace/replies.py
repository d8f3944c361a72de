"""Load `replies.yaml`, the canned replies, and find what is odd about them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

from bot.dialog.replies import FILLED, Replies, Reply
from bot.workspace.codes import Code
from bot.workspace.lengths import ANSWER
from bot.workspace.wording import braces_in
from intents.codes import Code as Common
from intents.errors import Fault, FaultsError
from intents.fitting import Shape, fit, nearest
from intents.shape import Localised
from intents.strict_yaml import Located, Place, read
from kb.split import units

LONGEST = 32  # characters of a name


def _name(value: str) -> str:
    if not 0 < len(value) <= LONGEST or value.split() != [value]:
        raise ValueError(f'"{value}" cannot be a name; use one word of up to {LONGEST} characters')
    return value


Name = Annotated[str, AfterValidator(_name), WithJsonSchema({"type": "string", "pattern": rf"^\S{{1,{LONGEST}}}$"})]


class RepliesShape(Shape):
    """What operators say often."""

    replies: dict[Name, Localised] = Field(default_factory=dict)
    """By name, the text in each language: {thanks: {en: Thank you!}}. Filled in: {customer}, {operator}, {ticket}."""


def load_replies(path: Path) -> Replies:
    """The replies that the file says; none without a file. Raises FaultsError with every fault."""
    if not path.exists():
        return {}
    located = read(path)
    shape = fit(RepliesShape, located)
    if faults := list(_misfilled(located, shape)):
        raise FaultsError(faults)
    return {name: Reply(name, texts) for name, texts in shape.replies.items()}


def odd_replies(path: Path, replies: Replies, locales: Sequence[str]) -> Iterator[Fault]:
    """Replies that are missing in a language, are in one that nobody speaks, or fill more than a message."""
    located = read(path) if replies else Located(str(path), {}, {})
    for name, reply in replies.items():
        place: Place = ("replies", name)
        for locale in locales:
            if locale not in reply.texts:
                text = f'the reply "{name}" is missing in "{locale}"; write it, or customers read another language'
                yield located.fault(place, Common.MISSING_LOCALE, text, "warning")
        for locale, said in reply.texts.items():
            if locale not in locales:
                text = f'the desk does not speak "{locale}", so this is not used; {nearest(locale, locales)}'
                yield located.fault((*place, locale), Common.UNSPOKEN_LOCALE, text, "warning")
            if (size := units(said)) > ANSWER:
                text = f"the reply has {size} characters, and a message holds {ANSWER}; shorten it"
                yield located.fault((*place, locale), Code.LONG_ANSWER, text, "warning")


def _misfilled(located: Located, shape: RepliesShape) -> Iterator[Fault]:
    for name, texts in shape.replies.items():
        for locale, text in texts.items():
            for braces in braces_in(text):
                inside = braces.strip("{} ")
                if braces not in {f"{{{known}}}" for known in FILLED}:
                    said = f"nothing fills in {braces} here; {nearest(inside, FILLED)}"
                    yield located.fault(("replies", name, locale), Code.UNKNOWN_PLACEHOLDER, said)
