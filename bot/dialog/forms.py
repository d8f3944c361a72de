"""Forms: a few questions before an answer or a handoff; they survive a restart, since they live in the talk."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.dialog.buttons import cancel, person, simple
from bot.dialog.content import Content
from bot.dialog.conversation import Awaiting, FormProgress
from bot.dialog.messages import Button
from bot.dialog.scene import Scene
from handoff.desk import titled
from intents.intent import Field, Intent

EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
PATIENCE = 2  # answers that do not fit, after which a person is offered
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


def fields_of(content: Content, intent: Intent) -> dict[str, Field]:
    """Every field that the intent's forms ask, in order."""
    forms = content.intents.forms
    return {each.id: each for form in intent.ask for each in forms[form].fields}


def unanswered(scene: Scene, intent: Intent) -> tuple[str, ...]:
    """What is still to ask before the intent can be answered."""
    return tuple(each for each in fields_of(scene.content, intent) if each not in scene.talk.answers)


def begin(scene: Scene, intent: Intent) -> None:
    """Ask the first field."""
    repeats = scene.talk.repeats if scene.talk.intent == intent.id else 0
    form = FormProgress(intent.id, unanswered(scene, intent))
    scene.set_talk(awaiting=Awaiting.FORM, form=form, intent=intent.id, repeats=repeats)
    _ask(scene, intent)


def in_progress(scene: Scene) -> Intent | None:
    """The intent whose form is being filled. A form that the admin has changed meanwhile is given up."""
    form = scene.talk.form
    if form is None:
        return None
    intent = scene.content.intents.intents.get(form.intent)
    if intent is not None and {*form.fields, *form.asked} <= fields_of(scene.content, intent).keys():
        return intent
    scene.stop_waiting()
    return None


def fill(scene: Scene, text: str) -> bool:
    """Take the text as the current field's answer; True when the form is complete, else the next question was asked."""
    intent, field = _current(scene)
    value = read(field, text, scene.locale, scene.content)
    if value is None:
        _refuse(scene, field)
        return False
    return _next(scene, intent, field.id, value)


def _refuse(scene: Scene, field: Field) -> None:
    """Who cannot give what is asked is not asked for ever: the second time there is a way to a person."""
    form = scene.talk.form
    assert form is not None
    scene.set_talk(form=replace(form, wrong=form.wrong + 1))
    way_out = [person(scene)] if form.wrong + 1 >= PATIENCE else []
    scene.say("form_invalid", [*_buttons(scene, field), *way_out], error=_error(scene, field))


def choose(scene: Scene, argument: str) -> bool:
    """The same for an option's button; one of a question that was asked before asks the current question again."""
    intent, field = _current(scene)
    asked, _, number = argument.rpartition(":")
    if asked != field.id or int(number) >= len(field.options):
        _ask(scene, intent)
        return False
    return _next(scene, intent, field.id, titled(field.options[int(number)].title, scene.locale))


def skip(scene: Scene) -> bool:
    """Leave an optional field out; a required one is asked again."""
    intent, field = _current(scene)
    if field.required:
        _ask(scene, intent)
        return False
    return _next(scene, intent, field.id, "")


def back(scene: Scene) -> None:
    """Correct the answer before this one."""
    form = scene.talk.form
    assert form is not None
    intent = scene.content.intents.intents[form.intent]
    if form.asked:
        *earlier, last = form.asked
        answers = {key: value for key, value in scene.talk.answers.items() if key != last}
        progress = FormProgress(form.intent, (last, *form.fields), tuple(earlier))
        scene.set_talk(form=progress, answers=answers)
    _ask(scene, intent)


def read(field: Field, text: str, locale: str, content: Content) -> str | None:
    """The answer as it is kept, None when it does not fit the field."""
    text = text.strip()
    if not text:
        return None
    if field.type == "choice":
        return _choice(field, text, locale)
    if field.type == "phone":
        return content.phone(text, content.desk.country)
    if field.pattern is not None:
        return text if content.matches(field.pattern, text) else None
    return _READERS[field.type](text)


def _fitting(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    return lambda text: text if pattern.fullmatch(text) else None


_READERS: Mapping[str, Callable[[str], str | None]] = {
    "text": lambda text: text,
    "order": lambda text: text,
    "number": _fitting(NUMBER),
    "email": _fitting(EMAIL),
}


def _choice(field: Field, text: str, locale: str) -> str | None:
    for option in field.options:
        named = {option.id.casefold(), *(each.casefold() for each in option.title.values())}
        if text.casefold() in named:
            return titled(option.title, locale)
    return None


def _current(scene: Scene) -> tuple[Intent, Field]:
    form = scene.talk.form
    assert form is not None
    intent = scene.content.intents.intents[form.intent]
    return intent, fields_of(scene.content, intent)[form.fields[0]]


def _next(scene: Scene, intent: Intent, field: str, value: str) -> bool:
    form = scene.talk.form
    assert form is not None
    rest = form.fields[1:]
    answers = {**scene.talk.answers, field: value}
    if rest:
        scene.set_talk(answers=answers, form=FormProgress(intent.id, rest, (*form.asked, field)))
        _ask(scene, intent)
        return False
    scene.set_talk(answers=answers, form=None, awaiting=Awaiting.NOTHING)
    return True


def _ask(scene: Scene, intent: Intent) -> None:
    form = scene.talk.form
    assert form is not None
    field = fields_of(scene.content, intent)[form.fields[0]]
    scene.say("form_question", _buttons(scene, field), question=titled(field.question, scene.locale))


def _error(scene: Scene, field: Field) -> str:
    return titled(field.error, scene.locale) or scene.phrase(f"form_error_{field.type}")


def _buttons(scene: Scene, field: Field) -> list[Button]:
    form = scene.talk.form
    assert form is not None
    options = enumerate(field.options)
    shown = [Button(f"choice:{field.id}:{number}", titled(each.title, scene.locale)) for number, each in options]
    if not field.required:
        shown.append(simple(scene, "form:skip", "button_skip"))
    if form.asked:
        shown.append(simple(scene, "form:back", "button_back"))
    return [*shown, cancel(scene)]
