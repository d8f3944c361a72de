"""What only the whole catalogue can tell: names that lead nowhere, things said twice."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from intents.errors import Fault, Level
from intents.fitting import nearest
from intents.intent import Action
from intents.patterns import PatternError, compiled
from intents.shape import IntentsFile, IntentShape, LinkShape
from intents.strict_yaml import Located, Place
from intents.text import normalise


@dataclass(frozen=True, slots=True)
class Source:
    """One intents file: where things stand, and what they are."""

    located: Located
    content: IntentsFile


@dataclass(frozen=True, slots=True)
class Names:
    """What an intent may refer to."""

    locales: Sequence[str]
    intents: Collection[str]
    forms: Collection[str]
    skills: Collection[str]
    articles: Collection[str]


def names_of(
    sources: Sequence[Source], *, locales: Sequence[str], skills: Collection[str], articles: Collection[str]
) -> Names:
    """The names that these files define, beside those given."""
    return Names(
        locales=locales,
        intents={intent.id for source in sources for intent in source.content.intents},
        forms={form for source in sources for form in source.content.forms},
        skills=skills,
        articles=articles,
    )


def check(sources: Sequence[Source], names: Names) -> Iterator[Fault]:
    """Every fault and warning of these files."""
    yield from _twice(sources)
    yield from _examples_twice(sources)
    for source in sources:
        for index, intent in enumerate(source.content.intents):
            place: Place = ("intents", index)
            yield from _references(source.located, place, intent, names)
            yield from _patterns(source.located, (*place, "patterns"), intent.patterns)
            yield from _substance(source.located, place, intent)
            yield from _locales(source.located, place, intent, names.locales)
        for form, fields in source.content.forms.items():
            for index, field in enumerate(fields):
                written = (field.pattern,) if field.pattern else ()
                yield from _patterns(source.located, ("forms", form, index, "pattern"), written)


def _twice(sources: Sequence[Source]) -> Iterator[Fault]:
    first: dict[tuple[str, str], str] = {}
    for source in sources:
        named: list[tuple[str, str, Place]] = [
            *(("intent", entry.id, ("intents", at)) for at, entry in enumerate(source.content.intents)),
            *(("form", name, ("forms", name)) for name in source.content.forms),
        ]
        for kind, name, place in named:
            here = f"{source.located.file}:{source.located.line_of(place)}"
            there = first.setdefault((kind, name), here)
            if there != here:
                yield source.located.fault(place, f'the {kind} "{name}" is already defined at {there}; rename one')


def _examples_twice(sources: Sequence[Source]) -> Iterator[Fault]:
    first: dict[str, tuple[str, str, str]] = {}
    for located, place, owner, locale, sentence in _sentences(sources):
        here = f"{located.file}:{located.line_of(place)}"
        said, where, tongue = first.setdefault(normalise(sentence), (owner, here, locale))
        if said == owner:
            continue
        text = f'"{sentence}" is already said under {said} at {where}; keep it in one place'
        level: Level = "error" if tongue == locale else "warning"  # the same word may mean two things in two languages
        yield Fault(located.file, located.line_of(place), text, level)


def _sentences(sources: Sequence[Source]) -> Iterator[tuple[Located, Place, str, str, str]]:
    for source in sources:
        groups = [
            (f'"{entry.id}"', ("intents", at, "examples"), entry.examples)
            for at, entry in enumerate(source.content.intents)
        ]
        for owner, place, examples in (*groups, ("out_of_scope", ("out_of_scope",), source.content.out_of_scope)):
            for locale, sentences in examples.items():
                for at, sentence in enumerate(sentences):
                    yield source.located, (*place, locale, at), owner, locale, sentence


def _references(located: Located, place: Place, intent: IntentShape, names: Names) -> Iterator[Fault]:
    wanted: list[tuple[str, str, Collection[str], Place]] = []
    if intent.skill is not None:
        wanted.append(("skill", intent.skill, names.skills, (*place, "skill")))
    if intent.article is not None:
        wanted.append(("customers' article", intent.article, names.articles, (*place, "article")))
    for at, form in enumerate(intent.ask):
        wanted.append(("form", form, names.forms, (*place, "ask", at)))
    for at, button in enumerate(intent.buttons):
        if not isinstance(button, LinkShape):
            wanted.append(("intent", button, names.intents, (*place, "buttons", at)))
    for kind, name, known, where in wanted:
        if name not in known:
            yield located.fault(where, f'the {kind} "{name}" does not exist; {nearest(name, known)}')


def _patterns(located: Located, place: Place, patterns: Sequence[str]) -> Iterator[Fault]:
    for at, pattern in enumerate(patterns):
        try:
            compiled(pattern)
        except PatternError as error:
            yield located.fault((*place, at), str(error))


def _substance(located: Located, place: Place, intent: IntentShape) -> Iterator[Fault]:
    if not any(intent.examples.values()) and not intent.patterns:
        yield located.fault(place, f'"{intent.id}" has neither examples nor patterns; add `examples`')
    if intent.answer is not None and intent.article is not None:
        yield located.fault((*place, "article"), f'"{intent.id}" has both `answer` and `article`; keep one')
    silent = intent.answer is None and intent.article is None
    if silent and intent.action is None and intent.handoff != "always":
        text = f'"{intent.id}" says nothing; add `answer`, `article`, `action` or `handoff: always`'
        yield located.fault(place, text)
    if intent.handoff == "never" and intent.action is Action.HANDOFF:
        yield located.fault((*place, "handoff"), f'"{intent.id}" hands over and never does; remove `handoff: never`')


def _locales(located: Located, place: Place, intent: IntentShape, locales: Sequence[str]) -> Iterator[Fault]:
    spoken = {locale for locale, sentences in intent.examples.items() if sentences}
    if spoken:
        for locale in locales:
            if locale not in spoken:
                text = f'"{intent.id}" has no examples in "{locale}"; add some, or it is met in other languages only'
                yield Fault(located.file, located.line_of(place), text, "warning")
    texts: Mapping[str, Mapping[str, object]] = {
        "examples": intent.examples,
        "title": intent.title,
        "answer": intent.answer or {},
    }
    for key, by_locale in texts.items():
        for locale in by_locale.keys() - set(locales):
            text = f'the desk does not speak "{locale}"; {nearest(locale, locales)}'
            yield Fault(located.file, located.line_of((*place, key, locale)), text, "warning")
