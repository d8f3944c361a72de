"""Load what the bot itself says: the packaged phrases, and a workspace's own before them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

from bot.dialog.phrases import Phrase, Phrases
from bot.workspace.codes import Code
from intents.codes import Code as Common
from intents.errors import Fault, FaultsError
from intents.fitting import nearest, shown
from intents.schema import DIALECT
from intents.strict_yaml import Located, read

PACKAGED = Path(__file__).parents[1] / "content"
REFERENCE = "en"  # the language that has every phrase

Texts = Mapping[str, Phrase]


def load_phrases(folder: Path | None) -> Phrases:
    """The packaged phrases with those of the folder's `phrases.<locale>.yaml` before them. Raises FaultsError."""
    texts = _read(PACKAGED, None)
    if folder is not None:
        for locale, own in _read(folder, texts[REFERENCE]).items():
            texts[locale] = {**texts.get(locale, {}), **own}
    return Phrases(texts)


def phrase_files(folder: Path) -> Mapping[str, Path]:
    """The files of phrases in the folder, by their locale."""
    return {path.name.split(".")[1]: path for path in sorted(folder.glob("phrases.*.yaml"))}


def _read(folder: Path, reference: Texts | None) -> dict[str, Texts]:
    texts: dict[str, Texts] = {}
    faults: list[Fault] = []
    for locale, path in phrase_files(folder).items():
        try:
            texts[locale] = _phrases(read(path), reference)
        except FaultsError as error:
            faults += error.faults
    if faults:
        raise FaultsError(faults)
    return texts


def _phrases(located: Located, reference: Texts | None) -> Texts:
    data = {} if located.data is None else located.data
    if not isinstance(data, dict):
        raise FaultsError([located.fault((), Common.WRONG_VALUE, "phrases are `key: text`, one a line; write them so")])
    faults = [located.fault((key,), *wrong) for key, phrase in data.items() for wrong in _wrong(key, phrase, reference)]
    if faults:
        raise FaultsError(faults)
    return {key: tuple(phrase) if isinstance(phrase, list) else phrase for key, phrase in data.items()}


def _wrong(key: str, phrase: object, reference: Texts | None) -> Iterator[tuple[str, str]]:
    """The code and the text of each fault."""
    if reference is not None and key not in reference:
        yield Common.UNKNOWN_KEY, f'no phrase is called "{key}"; {nearest(key, reference)}'
        return
    model = reference[key] if reference is not None else None
    for text in _misshapen(key, phrase, model):
        yield Common.WRONG_VALUE, text
    if isinstance(phrase, str) and (model is None or isinstance(model, str)):
        for text in _misfilled(phrase, None if model is None else placeholders(model)):
            yield Code.UNKNOWN_PLACEHOLDER, text


def _misshapen(key: str, phrase: object, model: Phrase | None) -> Iterator[str]:
    if isinstance(phrase, list):
        if model is not None and (isinstance(model, str) or len(model) != len(phrase)):
            wanted = "one text" if isinstance(model, str) else f"a list of {len(model)}"
            yield f'"{key}" is {wanted}; write it so'
        if not all(isinstance(item, str) for item in phrase):
            yield f'"{key}" is a list of texts; put each in quotes'
    elif not isinstance(phrase, str):
        yield f'"{key}" {shown(phrase)}; write one text, in quotes'
    elif model is not None and not isinstance(model, str):
        yield f'"{key}" is a list of {len(model)}; write it so'


def _misfilled(phrase: str, known: frozenset[str] | None) -> Iterator[str]:
    try:
        used = placeholders(phrase)
    except ValueError:
        yield "a brace is not closed or has nothing in it; a brace itself is written twice: {{ or }}"
        return
    for name in sorted(used - known) if known is not None else ():
        yield f"{{{name}}} is not filled in here; {nearest(name, known) if known else 'leave it out'}"


def placeholders(phrase: str) -> frozenset[str]:
    """The names in braces. Raises ValueError for braces that do not pair or hold no plain name."""
    names = [name for _, name, _, _ in Formatter().parse(phrase) if name is not None]
    if not all(name.isidentifier() for name in names):
        raise ValueError(phrase)
    return frozenset(names)


def phrases_schema(phrases: Phrases, title: str) -> Mapping[str, Any]:
    """The JSON Schema of a file of phrases: every key with what it says in English."""
    keys = {key: _said(phrase) for key, phrase in phrases.texts[REFERENCE].items()}
    return {"$schema": DIALECT, "type": "object", "properties": keys, "additionalProperties": False, "title": title}


def _said(phrase: Phrase) -> Mapping[str, Any]:
    if isinstance(phrase, str):
        return {"type": "string", "description": phrase}
    size = len(phrase)
    texts = {"type": "array", "items": {"type": "string"}, "minItems": size, "maxItems": size}
    return {**texts, "description": ", ".join(phrase)}
