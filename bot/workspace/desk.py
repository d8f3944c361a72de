"""Load `desk.yaml`: skills, hours, operators and rules."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import phonenumbers

from bot.workspace.calendar import read_hours
from bot.workspace.cities import zone_of
from bot.workspace.codes import Code
from bot.workspace.desk_shape import (
    CallbacksShape,
    DeskShape,
    InactivityShape,
    OperatorShape,
    RetentionShape,
    RoutingShape,
    SkillShape,
)
from bot.workspace.semantic import Semantic
from handoff.desk import (
    CallbackRules,
    Desk,
    Escalation,
    Inactivity,
    Operator,
    QueueRules,
    Retention,
    Routing,
    ServiceLevel,
    Skill,
    Title,
    Widen,
)
from handoff.hours import Hours, always
from intents.codes import Code as Common
from intents.errors import Fault, FaultsError
from intents.fitting import Shape, fit, nearest
from intents.strict_yaml import Located, Place, read

ALWAYS = "always"  # the plan of a skill that names none

_LANGUAGE = re.compile(r"[a-z]{2,3}([-_][A-Za-z]{2,8})*")

_Wrong = tuple[Place, str, str]  # where, which code, what text


@dataclass(frozen=True, slots=True)
class LoadedDesk:
    """The desk, what is odd about it without being wrong, and the word vectors that it asks for."""

    desk: Desk
    warnings: tuple[Fault, ...] = ()
    semantic: Semantic | None = None


def load_desk(path: Path, today: date) -> LoadedDesk:
    """The desk as the file says it, the holidays taken for the years around `today`. Raises FaultsError with all."""
    if not path.exists():
        raise FaultsError([Fault(str(path), 1, _missing(path), code=Common.UNREADABLE)])
    located = read(path)
    shape = fit(DeskShape, located)
    faults = [located.fault(*wrong) for wrong in _wrong(shape)]
    hours: dict[str, Hours] = {}
    if not faults:
        hours = {ALWAYS: always(shape.timezone)}
        hours |= read_hours(located, shape.hours, shape.timezone, today)
    if faults:
        raise FaultsError(faults)
    return LoadedDesk(_desk(shape, hours), tuple(_odd(located, shape)), _semantic(located, shape))


def _missing(path: Path) -> str:
    other = path.with_suffix(".yml")
    if other.exists():
        return f"the desk is not read from {other.name}; rename it to {path.name}"
    return "there is no desk here; name the folder of a workspace, or make one with `frontline init`"


def _wrong(shape: DeskShape) -> Iterator[_Wrong]:
    if shape.timezone not in available_timezones():
        city = zone_of(shape.timezone)
        remedy = f'did you mean "{city}"?' if city else nearest(shape.timezone, available_timezones())
        text = f'"{shape.timezone}" is not a time zone as Europe/Riga is one; {remedy}'
        yield ("timezone",), Common.UNKNOWN_NAME, text
    if shape.country is not None and shape.country not in phonenumbers.SUPPORTED_REGIONS:
        text = f'"{shape.country}" is not a country; use its two capital letters, as LV'
        yield ("country",), Common.UNKNOWN_NAME, text
    for at, locale in enumerate(shape.locales):
        if not _LANGUAGE.fullmatch(locale):
            text = f'"{locale}" is not a language; use its two small letters, as lv'
            yield ("locales", at), Common.WRONG_VALUE, text
    for id_, skill in shape.skills.items():
        yield from _wrong_skill(shape, id_, skill)
    for at, operator in enumerate(shape.operators):
        yield from _wrong_operator(shape, at, operator)


def _wrong_skill(shape: DeskShape, id_: str, skill: SkillShape) -> Iterator[_Wrong]:
    place = ("skills", id_)
    plans = {*shape.hours, ALWAYS}
    if skill.hours is not None and skill.hours not in plans:
        text = f'the hours "{skill.hours}" do not exist; {nearest(skill.hours, plans)}'
        yield (*place, "hours"), Common.UNKNOWN_NAME, text
    for at, other in enumerate(skill.fallback):
        if other not in shape.skills:
            text = f'the skill "{other}" does not exist; {nearest(other, shape.skills)}'
            yield (*place, "fallback", at), Common.UNKNOWN_NAME, text
        elif other == id_:
            text = f'"{id_}" cannot help itself out; name another skill'
            yield (*place, "fallback", at), Common.CONTRADICTION, text


def _wrong_operator(shape: DeskShape, at: int, operator: OperatorShape) -> Iterator[_Wrong]:
    ids = Counter(each.id for each in shape.operators[: at + 1])
    accounts = Counter(each.telegram for each in shape.operators[: at + 1])
    if ids[operator.id] > 1:
        text = f'the operator "{operator.id}" is already defined; rename one'
        yield ("operators", at, "id"), Common.DEFINED_TWICE, text
    if operator.telegram is not None and accounts[operator.telegram] > 1:
        text = f"{operator.telegram} already belongs to another operator; correct one"
        yield ("operators", at, "telegram"), Common.DEFINED_TWICE, text
    for skill in operator.skills or ():
        if skill not in shape.skills:
            text = f'the skill "{skill}" does not exist; {nearest(skill, shape.skills)}'
            yield ("operators", at, "skills", skill), Common.UNKNOWN_NAME, text


def _odd(located: Located, shape: DeskShape) -> Iterator[Fault]:
    def warning(place: Place, code: str, text: str) -> Fault:
        return located.fault(place, code, text, "warning")

    if not shape.operators:
        text = "there is no operator, so nobody is ever called; add one under `operators:`"
        yield warning(("operators",), Code.NOBODY_SERVES, text)
    served = {skill for each in shape.operators for skill in (shape.skills if each.skills is None else each.skills)}
    for skill in shape.skills:
        if shape.operators and skill not in served:
            text = f'no operator has the skill "{skill}"; give it to somebody'
            yield warning(("skills", skill), Code.NOBODY_SERVES, text)
    for at, operator in enumerate(shape.operators):
        yield from _odd_operator(located, shape, at, operator)
    yield from _odd_silence(located, shape.inactivity)
    yield from _odd_retention(located, shape.retention)


def _odd_operator(located: Located, shape: DeskShape, at: int, operator: OperatorShape) -> Iterator[Fault]:
    if operator.skills == {}:
        text = f'"{operator.id}" has no skill, so nothing is ever offered; name some, or leave `skills` out for all'
        yield located.fault(("operators", at, "skills"), Code.NOBODY_SERVES, text, "warning")
    for locale in operator.locales:
        if locale not in shape.locales:
            text = f'the desk does not speak "{locale}"; {nearest(locale, shape.locales)}'
            yield located.fault(("operators", at, "locales"), Common.UNSPOKEN_LOCALE, text, "warning")


def _odd_silence(located: Located, shape: InactivityShape) -> Iterator[Fault]:
    silence = Inactivity(**_given(shape))
    if silence.warn >= silence.customer:
        given = "warn" if shape.warn is not None else "customer"
        text = "a silent customer is not asked before the talk is closed; make warn shorter than customer, or 0s"
        yield located.fault(("inactivity", given), Code.CLOSED_UNASKED, text, "warning")


def _odd_retention(located: Located, shape: RetentionShape) -> Iterator[Fault]:
    kept = Retention(**_given(shape))
    if kept.questions > kept.messages:
        given = "questions" if shape.questions is not None else "messages"
        text = "a question goes with its message, which is not kept so long; lengthen messages or shorten questions"
        yield located.fault(("retention", given), Code.QUESTIONS_CUT_SHORT, text, "warning")


def _semantic(located: Located, shape: DeskShape) -> Semantic | None:
    folder = shape.matching.semantic
    return None if folder is None else Semantic(folder, located.file, located.line_of(("matching", "semantic")))


def _desk(shape: DeskShape, hours: Mapping[str, Hours]) -> Desk:
    skills = {id_: _skill(id_, each, shape.locales[0], hours) for id_, each in shape.skills.items()}
    operators = {each.id: _operator(each, shape) for each in shape.operators}
    return Desk(
        timezone=shape.timezone,
        locales=shape.locales,
        skills=skills,
        operators=operators,
        routing=routing_of(shape.routing, Routing()),
        escalation=Escalation(**_given(shape.escalation)),
        callbacks=callbacks_of(shape.callbacks, CallbackRules()),
        inactivity=Inactivity(**_given(shape.inactivity)),
        retention=Retention(**_given(shape.retention)),
        precision=shape.matching.precision,
        country=shape.country,
    )


def _skill(id_: str, shape: SkillShape, locale: str, hours: Mapping[str, Hours]) -> Skill:
    return Skill(
        id=id_,
        title=_title(shape.title, id_, locale),
        hours=hours[shape.hours or ALWAYS],
        chat=shape.chat,
        fallback=shape.fallback,
        queue=QueueRules(**_given(shape.queue)),
        service_level=ServiceLevel(**_given(shape.service_level)),
    )


def _operator(shape: OperatorShape, desk: DeskShape) -> Operator:
    return Operator(
        id=shape.id,
        name=_title(shape.name, shape.id, desk.locales[0]),
        telegram=shape.telegram,
        skills=dict.fromkeys(desk.skills, 1.0) if shape.skills is None else shape.skills,
        capacity=shape.capacity,
        locales=shape.locales or desk.locales,
        role=shape.role,
    )


def routing_of(shape: RoutingShape, base: Routing) -> Routing:
    """The rules as the author wrote them; what is left out is as in `base`."""
    given = _given(shape, without={"widen", "preferred"})
    names = {"returning": "returning", "wait": "preferred_wait"}
    given |= {names[name]: value for name, value in _given(shape.preferred).items()}
    if "widen" in shape.model_fields_set:
        steps = sorted(shape.widen, key=lambda step: step.after)
        given["widen"] = tuple(Widen(step.after, step.min_level, step.fallback) for step in steps)
    return replace(base, **given)


def callbacks_of(shape: CallbacksShape, base: CallbackRules) -> CallbackRules:
    """The rules as the author wrote them; what is left out is as in `base`."""
    return replace(base, **_given(shape))


def _title(written: Mapping[str, str] | str | None, id_: str, locale: str) -> Title:
    return written if isinstance(written, Mapping) else {locale: written or id_}


def _given(shape: Shape, without: frozenset[str] | set[str] = frozenset()) -> dict[str, Any]:
    """What the author wrote; the rest keeps the desk's own defaults."""
    return {name: getattr(shape, name) for name in shape.model_fields_set - without}
