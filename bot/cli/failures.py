"""A test that failed, told to people and to programs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from bot.cli.formats import annotation


@dataclass(frozen=True, slots=True)
class Failure:
    """What failed, where it is written (the line counts from 1), and what was seen instead."""

    kind: Literal["sentence", "dialogue"]
    file: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Share:
    """Of the sentences of one locale: how many there are, how many are right, how many are answered at once."""

    count: int
    right: int
    answered: int


def as_text(failure: Failure) -> str:
    """`file:line: text`."""
    return f"{failure.file}:{failure.line}: {failure.text}"


def as_github(failure: Failure) -> str:
    """An annotation beside the line."""
    return annotation("error", failure.file, failure.line, failure.text)


def as_json(sentences: Mapping[str, Share], dialogues: int, failures: Sequence[Failure]) -> str:
    """One object: `sentences` by locale, the number of `dialogues`, the `failures`."""
    told = {
        "sentences": {locale: asdict(share) for locale, share in sentences.items()},
        "dialogues": dialogues,
        "failures": [asdict(each) for each in failures],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)
