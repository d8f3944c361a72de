"""The shape of an intents file, as authors write it."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from intents.fitting import Shape
from intents.intent import Action, FieldType, Handoff, Priority
from intents.looks import retyped

_ID = re.compile(r"[A-Za-z0-9_.]{1,48}")
_URL = re.compile(r"(https?://|mailto:|tel:)\S+")


def _identifier(value: str) -> str:
    if not _ID.fullmatch(value):
        remedy = retyped(value, _ID.fullmatch) or 'use 1 to 48 Latin letters, digits, "_" and "."'
        raise ValueError(f'"{value}" cannot be an id; {remedy}')
    return value


def _filled(value: str) -> str:
    if not value.strip():
        raise ValueError("the text is empty; write it or remove the key")
    return value.strip()


def _reachable(value: str) -> str:
    if not _URL.fullmatch(value):
        raise ValueError(f'"{value}" is not an address; begin it with https://')
    return value


def _spoken(*kinds: type) -> BeforeValidator:
    """Refuse what is written without saying in which language."""

    def checked(value: Any) -> Any:
        if isinstance(value, kinds):
            raise ValueError("this is in no language; write the language before it, as in {en: …}")  # noqa: TRY004 - pydantic hears of no other
        return value

    return BeforeValidator(checked)


def _rows(value: Any) -> Any:
    """A block of text is a list with one sentence a line."""
    if isinstance(value, str):
        return tuple(row.strip() for row in value.splitlines() if row.strip())
    return tuple(value) if isinstance(value, list) else value


def _items(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


_FILLED = r"\S"

Identifier = Annotated[
    str, AfterValidator(_identifier), WithJsonSchema({"type": "string", "pattern": f"^{_ID.pattern}$"})
]
Text = Annotated[str, AfterValidator(_filled), WithJsonSchema({"type": "string", "pattern": _FILLED})]
Localised = Annotated[dict[str, Text], Field(min_length=1), _spoken(str)]
Address = Annotated[str, AfterValidator(_reachable), WithJsonSchema({"type": "string", "pattern": f"^{_URL.pattern}$"})]
_Rows = Annotated[
    tuple[Text, ...],
    BeforeValidator(_rows),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string", "pattern": _FILLED}}]}),
]
Sentences = Annotated[dict[str, _Rows], _spoken(str, list)]


class LinkShape(Shape):
    """A button that opens a page."""

    title: Localised
    """What stands on the button, by locale: {en: Rates}."""
    url: Address
    """Where it leads: https://, mailto: or tel:."""


class OptionShape(Shape):
    """One choice of a field."""

    id: Identifier
    """How the choice is called in this file."""
    title: Localised
    """What stands on its button, by locale."""


class FieldShape(Shape):
    """One question of a form."""

    id: Identifier
    """The answer's name on the operator's card. Two forms that ask the same id ask it once."""
    question: Localised
    """What the customer is asked, by locale."""
    type: FieldType = "text"
    """What an answer must be; phone numbers and e-mail addresses are checked."""
    required: bool = True
    """Whether it must be answered; false adds a button to skip it."""
    error: Localised | None = None
    """What is said to an answer that does not fit, by locale; the bot has words of its own."""
    pattern: Text | None = None
    """A regular expression that the whole answer must fit."""
    options: Annotated[tuple[Text | OptionShape, ...], BeforeValidator(_items)] = ()
    """The choices of a field of type choice: words, or {id: …, title: {en: …}}."""

    @model_validator(mode="after")
    def _needs(self) -> "FieldShape":
        if self.type == "choice" and not self.options:
            raise ValueError(f'the field "{self.id}" is a choice without options; add `options`')
        if self.type != "choice" and self.options:
            raise ValueError(f'the field "{self.id}" has options and is no choice; add `type: choice`')
        return self


class IntentShape(Shape):
    """One thing that customers mean."""

    id: Identifier
    """Its name, unique over all files: letters, digits, _ and . ."""
    title: Localised
    """What stands on buttons, by locale: {en: Delivery cost}."""
    skill: Text | None = None
    """Who helps if this is handed over: a skill of desk.yaml."""
    priority: Priority = "normal"
    """How urgent it is in the queue."""
    examples: Sentences = Field(default_factory=dict)
    """What customers write, by locale: a list, or a block (|) with one sentence a line. Five or more serve well."""
    patterns: Annotated[tuple[Text, ...], BeforeValidator(_items)] = ()
    """Regular expressions (re2) that settle it wherever they are found in a message."""
    answer: Localised | None = None
    """What the bot says, in Markdown, by locale."""
    article: Text | None = None
    """Instead of an answer: the article kb/<locale>/<this>.md."""
    buttons: Annotated[tuple[Text | LinkShape, ...], BeforeValidator(_items)] = ()
    """Under the answer: ids of other intents, or {title: {en: …}, url: https://…}."""
    handoff: Handoff = "offer"
    """Whether a person is offered under the answer, never, or called at once after it (always)."""
    ask: Annotated[tuple[Text, ...], BeforeValidator(_items)] = ()
    """Forms that are filled before the answer or the handoff."""
    tests: Sentences = Field(default_factory=dict)
    """Sentences, by locale, that `frontline test` tries; the bot never learns them."""
    action: Annotated[Action | None, Field(strict=False)] = None
    """What the bot does instead of answering."""


class IntentsFile(Shape):
    """Intents, forms and sentences out of scope, each optional; more such files may stand beside this one."""

    intents: Annotated[tuple[IntentShape, ...], BeforeValidator(_items)] = ()
    """What customers mean, and what the bot answers."""
    forms: dict[Identifier, Annotated[tuple[FieldShape, ...], BeforeValidator(_items)]] = Field(default_factory=dict)
    """Questions in order, by the name of the form."""
    out_of_scope: Sentences = Field(default_factory=dict)
    """Sentences, by locale, that belong to no intent."""
