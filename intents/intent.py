"""What an intent is, and the forms and sentences that live beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from intents.errors import Fault

Priority = Literal["low", "normal", "high", "urgent"]
Handoff = Literal["offer", "never", "always"]
FieldType = Literal["text", "number", "phone", "email", "choice", "order"]


class Action(StrEnum):
    """What the bot does itself instead of answering."""

    HANDOFF = "handoff"
    CALLBACK = "callback"
    MESSAGE = "message"
    CANCEL = "cancel"
    LANGUAGE = "language"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Related:
    """A button that asks another intent."""

    intent_id: str


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens an https page; `title` by locale."""

    title: Mapping[str, str]
    url: str


@dataclass(frozen=True, slots=True)
class Intent:
    """One thing that customers mean. Texts are by locale; a locale may be missing where a warning said so."""

    id: str
    title: Mapping[str, str]
    skill: str | None = None
    priority: Priority = "normal"
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    patterns: tuple[str, ...] = ()
    answer: Mapping[str, str] = field(default_factory=dict)
    article: str | None = None
    buttons: tuple[Related | Link, ...] = ()
    handoff: Handoff = "offer"
    ask: tuple[str, ...] = ()
    tests: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    action: Action | None = None
    file: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a field."""

    id: str
    title: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form. `pattern` (re2) must match the whole answer; `options` are for a choice."""

    id: str
    question: Mapping[str, str]
    type: FieldType = "text"
    required: bool = True
    error: Mapping[str, str] = field(default_factory=dict)
    pattern: str | None = None
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """Questions asked in order."""

    id: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All intents in file order, the forms, sentences that belong to no intent; `warnings` did not stop the load."""

    intents: Mapping[str, Intent]
    forms: Mapping[str, Form] = field(default_factory=dict)
    out_of_scope: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    warnings: tuple[Fault, ...] = ()
