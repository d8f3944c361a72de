"""Fit located YAML to a pydantic model, with faults that an author of content understands."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from intents.codes import Code
from intents.errors import Fault, FaultsError
from intents.strict_yaml import Located, Place


class Shape(BaseModel):
    """Base of the models of content files: frozen, no key unknown, no value converted silently.

    The docstrings of attributes are what an editor shows for the keys.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, arbitrary_types_allowed=False, use_attribute_docstrings=True
    )


Model = TypeVar("Model", bound=BaseModel)


def fit(model: type[Model], located: Located) -> Model:
    """The data as `model`; raise FaultsError with every misfit, its line and its remedy."""
    data = {} if located.data is None else located.data
    try:
        return model.model_validate(data)
    except ValidationError as error:
        details = _once(model, error.errors(include_url=False))
        faults = [_fault(model, located, each) for each in _meant(located.data, details)]
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
    for place, each in zip(places, details, strict=True):
        wrong_kind = each["type"].endswith("_type")
        deeper = any(other[: len(place)] == place and len(other) > len(place) for other in places)
        if not (wrong_kind and deeper):
            told.setdefault((place, "kind" if wrong_kind else f"{each['loc']} {each['type']}"), each)
    return list(told.values())


def nearest(word: str, known: Iterable[str]) -> str:
    """A remedy for a name that does not exist: the nearest known one, or the list of them all."""
    names = sorted(known)
    if close := _close(word, names):
        return f'did you mean "{close[0]}"?'
    return f"known are: {', '.join(names)}" if names else "none is defined"


def _close(word: str, known: Iterable[str]) -> list[str]:
    return get_close_matches(word, sorted(known), n=1, cutoff=0.6)


_TEXTS: Mapping[str, str] = {
    "string_type": "text is expected here; put the value in quotes",
    "int_type": "a whole number is expected here",
    "float_type": "a number is expected here",
    "bool_type": "true or false is expected here",
    "dict_type": "keys with values (`key: value`) are expected here",
    "model_type": "keys with values (`key: value`) are expected here",
    "list_type": "a list is expected here; write [one, two] or a line `- one` for each",
    "tuple_type": "a list is expected here; write [one, two] or a line `- one` for each",
    "too_short": "nothing is written here; name at least one",
}
_CODES = {"extra_forbidden": Code.UNKNOWN_KEY, "missing": Code.MISSING_KEY}
_BOUNDS: Mapping[str, str] = {
    "greater_than": "more than",
    "greater_than_equal": "at least",
    "less_than": "less than",
    "less_than_equal": "at most",
}


def _fault(model: type[BaseModel], located: Located, details: ErrorDetails) -> Fault:
    place = _place(located.data, details["loc"])
    key = str(details["loc"][-1]) if details["loc"] else ""
    code = _CODES.get(details["type"], Code.WRONG_VALUE)
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
        case kind:
            text = _TEXTS.get(kind, details["msg"])
    return located.fault(place, code, text)


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
