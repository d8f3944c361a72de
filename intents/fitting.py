"""Fit located YAML to a pydantic model, with faults that an author of content understands."""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from intents.codes import Code
from intents.errors import FaultsError
from intents.looks import retyped
from intents.strict_yaml import Located, Place


class Shape(BaseModel):
    """Base of the models of content files: frozen, no key unknown, no value converted silently.

    The docstrings of attributes are what an editor shows for the keys.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, arbitrary_types_allowed=False, use_attribute_docstrings=True
    )


Model = TypeVar("Model", bound=BaseModel)

READABLE = 30  # names in a list that somebody still reads
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def fit(model: type[Model], located: Located, at: Place = ()) -> Model:
    """What stands `at` a place as `model`; raise FaultsError with every misfit, its line and its remedy."""
    data = located.data
    for step in at:
        data = data[step]
    try:
        return model.model_validate({} if data is None else data)
    except ValidationError as error:
        details = _once(model, error.errors(include_url=False))
        faults = [
            located.fault((*at, *_place(data, each["loc"])), *_told(model, data, each))
            for each in _meant(data, details)
        ]
        raise FaultsError(faults) from error


def _once(model: type[BaseModel], details: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """The misfits without keys that are missing because they are misspelt."""
    misspelt = {
        (*each["loc"][:-1], close)
        for each in details
        if each["type"] == "extra_forbidden"
        for close in _close(str(each["loc"][-1]), _keys_at(model, each["loc"][:-1]))
    }
    return [each for each in details if each["type"] != "missing" or each["loc"] not in misspelt]


def _meant(data: Any, details: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """The misfits without those of the kinds of a union that the author cannot have meant: one for each fault."""
    told: dict[tuple[Place, str], ErrorDetails] = {}
    places = [_place(data, each["loc"]) for each in details]
    places = [
        (*place, each["loc"][-1]) if each["type"] == "missing" else place
        for place, each in zip(places, details, strict=True)
    ]
    for place, each in zip(places, details, strict=True):
        wrong_kind = each["type"].endswith("_type") or each["type"] == "too_short"
        deeper = any(other[: len(place)] == place and len(other) > len(place) for other in places)
        if not (wrong_kind and deeper):
            told.setdefault((place, "kind" if wrong_kind else f"{each['loc']} {each['type']}"), each)
    return list(told.values())


def nearest(word: str, known: Iterable[str]) -> str:
    """A remedy for a name that does not exist: the nearest known one, or the list of them all if it can be read."""
    names = sorted(known)
    if anew := retyped(word, names.__contains__):
        return anew
    if close := _close(word, names):
        return f'did you mean "{close[0]}"?'
    if len(names) > READABLE:
        return f"it is like none of the {len(names)} that there are"
    return f"known are: {', '.join(names)}" if names else "none is defined"


def _close(word: str, known: Iterable[str]) -> list[str]:
    return get_close_matches(word, sorted(known), n=1, cutoff=0.6)


_KEYS = "keys with values (`key: value`) are expected here"
_LIST = "a list is expected here: [one, two], or a line `- one` for each"
_WANTED: Mapping[str, str] = {
    "string_type": "a text is expected here",
    "int_type": "a whole number is expected here",
    "float_type": "a number is expected here, as 0.5",
    "bool_type": "true or false is expected here",
    "dict_type": _KEYS,
    "model_type": _KEYS,
    "list_type": _LIST,
    "tuple_type": _LIST,
}
_CODES = {"extra_forbidden": Code.UNKNOWN_KEY, "missing": Code.MISSING_KEY}
_BOUNDS: Mapping[str, str] = {
    "greater_than": "more than",
    "greater_than_equal": "at least",
    "less_than": "less than",
    "less_than_equal": "at most",
}


def _told(model: type[BaseModel], data: Any, details: ErrorDetails) -> tuple[str, str]:
    """The code of a misfit, and its text."""
    key = str(details["loc"][-1]) if details["loc"] else ""
    match details["type"]:
        case "extra_forbidden":
            text = f'unknown key "{key}"; {nearest(key, _keys_at(model, details["loc"][:-1]))}'
        case "missing":
            text = f'the key "{key}" is missing; add it'
        case "enum" | "literal_error":
            possible = details["ctx"]["expected"].replace("'", "")
            text = f'"{details["input"]}" is not possible for "{key}"; use {possible}'
        case "value_error":
            text = str(details["ctx"]["error"])
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal" as kind:
            (limit,) = details["ctx"].values()
            text = f'"{key}" is {details["input"]}; make it {_BOUNDS[kind]} {limit:g}'
        case "too_short":
            text = "nothing is written here; name at least one"
        case kind:
            text = _misfit(_place(data, details["loc"]), details["input"], kind) if kind in _WANTED else details["msg"]
    return _CODES.get(details["type"], Code.WRONG_VALUE), text


def _misfit(place: Place, given: Any, kind: str) -> str:
    """What is said of a value that is of another kind than it must be."""
    name = place[-1] if place else "the file"
    subject = f'"{name}"' if place and isinstance(name, str) else "this" if place else name
    hint = ""
    if kind == "string_type" and given is not None:
        hint = "; put it in quotes"
    elif kind in {"int_type", "float_type"} and isinstance(given, str) and _NUMBER.fullmatch(given):
        hint = ", without quotes"
    return f"{subject} {shown(given)}; {_WANTED[kind]}{hint}"


def shown(given: Any) -> str:
    """What a value is, in an author's words: `is "two"`, `has no value`, `is a list`."""
    match given:
        case None | "":
            return "has no value"
        case bool():
            return f"is {str(given).lower()}"
        case str():
            return f'is "{given}"'
        case dict():
            return "has keys of its own"
        case list() | tuple():
            return "is a list"
        case _:
            return f"is {given}"


def _place(data: Any, loc: tuple[str | int, ...]) -> Place:
    """`loc` without what pydantic adds to it: names of union members, marks of keys."""
    place: list[str | int] = []
    for step in loc:
        if isinstance(data, dict) and step in data:
            data = data[str(step)]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            continue
        place.append(step)
    return tuple(place)


def _keys_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> set[str]:
    """The keys that the model reached by `loc` knows; of all models of a union, since an author may have meant any."""
    kinds: list[Any] = [model]
    for step in loc:
        kinds = [inner for kind in kinds for inner in _step(kind, step)]
    return {field.alias or name for kind in kinds for name, field in _fields(kind).items()}


def _fields(kind: Any) -> Mapping[str, Any]:
    return kind.model_fields if isinstance(kind, type) and issubclass(kind, BaseModel) else {}


def _step(kind: Any, step: str | int) -> list[Any]:
    named = {field.alias or name: field.annotation for name, field in _fields(kind).items()}
    if step in named:
        return _members(named[str(step)])
    if get_origin(kind) is not None:
        return _members(get_args(kind)[-1] if get_origin(kind) is not tuple else get_args(kind)[0])
    return [kind]


def _members(annotation: Any) -> list[Any]:
    return list(get_args(annotation)) if get_origin(annotation) in (Union, UnionType) else [annotation]
