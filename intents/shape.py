"""The shape of an intents file, as authors write it."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from intents.fitting import Shape
from intents.intent import Action, FieldType, Handoff, Priority

_ID = re.compile(r"[A-Za-z0-9_.]{1,48}")
_URL = re.compile(r"(https?://|mailto:|tel:)\S+")


def _identifier(value: str) -> str:
    if not _ID.fullmatch(value):
        raise ValueError(f'"{value}" cannot be an id; use 1 to 48 Latin letters, digits, "_" and "."')
    return value


def _filled(value: str) -> str:
    if not value.strip():
        raise ValueError("the text is empty; write it or remove the key")
    return value.strip()


def _reachable(value: str) -> str:
    if not _URL.fullmatch(value):
        raise ValueError(f'"{value}" is not an address; begin it with https://')
    return value


def _rows(value: Any) -> Any:
    """A block of text is a list with one sentence a line."""
    if isinstance(value, str):
        return tuple(row.strip() for row in value.splitlines() if row.strip())
    return tuple(value) if isinstance(value, list) else value


def _items(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


Identifier = Annotated[str, AfterValidator(_identifier)]
Text = Annotated[str, AfterValidator(_filled)]
Localised = Annotated[dict[str, Text], Field(min_length=1)]
Sentences = dict[str, Annotated[tuple[Text, ...], BeforeValidator(_rows)]]


class LinkShape(Shape):
    """A button that opens a page."""

    title: Localised
    url: Annotated[str, AfterValidator(_reachable)]


class OptionShape(Shape):
    """One choice of a field."""

    id: Identifier
    title: Localised


class FieldShape(Shape):
    """One question of a form."""

    id: Identifier
    question: Localised
    type: FieldType = "text"
    required: bool = True
    error: Localised | None = None
    pattern: Text | None = None
    options: Annotated[tuple[Text | OptionShape, ...], BeforeValidator(_items)] = ()

    @model_validator(mode="after")
    def _needs(self) -> "FieldShape":
        if self.type == "choice" and not self.options:
            raise ValueError(f'the field "{self.id}" is a choice without options; add `options`')
        return self


class IntentShape(Shape):
    """One intent."""

    id: Identifier
    title: Localised
    skill: Text | None = None
    priority: Priority = "normal"
    examples: Sentences = Field(default_factory=dict)
    patterns: Annotated[tuple[Text, ...], BeforeValidator(_items)] = ()
    answer: Localised | None = None
    article: Text | None = None
    buttons: Annotated[tuple[Text | LinkShape, ...], BeforeValidator(_items)] = ()
    handoff: Handoff = "offer"
    ask: Annotated[tuple[Text, ...], BeforeValidator(_items)] = ()
    tests: Sentences = Field(default_factory=dict)
    action: Annotated[Action | None, Field(strict=False)] = None


class IntentsFile(Shape):
    """A whole file: `intents`, `forms` (id to fields in order) and `out_of_scope`, each optional."""

    intents: Annotated[tuple[IntentShape, ...], BeforeValidator(_items)] = ()
    forms: dict[Identifier, Annotated[tuple[FieldShape, ...], BeforeValidator(_items)]] = Field(default_factory=dict)
    out_of_scope: Sentences = Field(default_factory=dict)
