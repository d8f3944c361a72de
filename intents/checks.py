"""What only the whole catalogue can tell: names that lead nowhere, things said twice."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from intents.codes import Code
from intents.errors import Fault
from intents.fitting import nearest
from intents.intent import Action
from intents.patterns import PatternError, compiled
from intents.shape import FieldShape, IntentShape, LinkShape, OptionShape
from intents.source import Sentence, Source, examples_in
from intents.strict_yaml import Located, Place
from intents.text import normalise

_ARTICLE = "customers' article"


@dataclass(frozen=True, slots=True)
class Names:
    """What an intent may refer to."""

    locales: Sequence[str]
    intents: Collection[str]
    forms: Collection[str]
    skills: Collection[str]
    articles: Collection[str]
    internal: Collection[str]


def names_of(
    sources: Sequence[Source],
    *,
    locales: Sequence[str],
    skills: Collection[str],
    articles: Collection[str],
    internal: Collection[str],
) -> Names:
    """The names that these files define, beside those given; `internal` are articles that customers may not read."""
    return Names(
        locales=locales,
        intents={intent.id for source in sources for intent in source.content.intents},
        forms={form for source in sources for form in source.content.forms},
        skills=skills,
        articles=articles,
        internal=internal,
    )


def check(sources: Sequence[Source], names: Names) -> Iterator[Fault]:
    """Every fault and warning of these files."""
    yield from _twice(sources)
    yield from _examples_twice(sources)
    for source in sources:
        yield from _unspoken(source.located, ("out_of_scope",), source.content.out_of_scope, names.locales)
        for index, intent in enumerate(source.content.intents):
            place: Place = ("intents", index)
            yield from _references(source.located, place, intent, names)
            yield from _patterns(source.located, (*place, "patterns"), intent.patterns)
            yield from _substance(source.located, place, intent)
            yield from _locales(source.located, place, intent, names.locales)
        for form, fields in source.content.forms.items():
            yield from _form(source.located, ("forms", form), fields)


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
                text = f'the {kind} "{name}" is already defined at {there}; rename one'
                yield source.located.fault(place, Code.DEFINED_TWICE, text)


def _examples_twice(sources: Sequence[Source]) -> Iterator[Fault]:
    first: dict[str, Sentence] = {}
    for sentence in examples_in(sources):
        other = first.setdefault(normalise(sentence.text), sentence)
        if other.intent == sentence.intent:
            continue
        text = f'"{sentence.text}" is already said under {other.owner} at {other.at}; keep it in one place'
        same = other.locale == sentence.locale  # the same word may mean two things in two languages
        yield sentence.located.fault(sentence.place, Code.EXAMPLE_TWICE, text, "error" if same else "warning")


def _references(located: Located, place: Place, intent: IntentShape, names: Names) -> Iterator[Fault]:
    wanted: list[tuple[str, str, Collection[str], Place]] = []
    if intent.skill is not None:
        wanted.append(("skill", intent.skill, names.skills, (*place, "skill")))
    if intent.article is not None:
        wanted.append((_ARTICLE, intent.article, names.articles, (*place, "article")))
    for at, form in enumerate(intent.ask):
        wanted.append(("form", form, names.forms, (*place, "ask", at)))
    for at, button in enumerate(intent.buttons):
        if not isinstance(button, LinkShape):
            wanted.append(("intent", button, names.intents, (*place, "buttons", at)))
    for kind, name, known, where in wanted:
        if name not in known:
            internal = kind == _ARTICLE and name in names.internal
            text = f'the {kind} "{name}" does not exist; {nearest(name, known)}' if not internal else _internal(name)
            yield located.fault(where, Code.UNKNOWN_NAME, text)


def _internal(article: str) -> str:
    return f'the article "{article}" is for operators only; say `audience: customers` in it, or name another'


def _patterns(located: Located, place: Place, patterns: Sequence[str], *, whole: bool = False) -> Iterator[Fault]:
    """Patterns that cannot be used; those of fields must fit a `whole` answer and may fit any."""
    for at, pattern in enumerate(patterns):
        try:
            everywhere = compiled(pattern).search("")
        except PatternError as error:
            yield located.fault((*place, at), Code.BAD_PATTERN, str(error))
            continue
        if everywhere and not whole:
            text = f'the pattern "{pattern}" is found in every message; say what there must be'
            yield located.fault((*place, at), Code.BAD_PATTERN, text)


def _form(located: Located, place: Place, fields: Sequence[FieldShape]) -> Iterator[Fault]:
    yield from _again(located, place, "field", [field.id for field in fields])
    for at, field in enumerate(fields):
        written = (field.pattern,) if field.pattern else ()
        yield from _patterns(located, (*place, at, "pattern"), written, whole=True)
        options = [each.id if isinstance(each, OptionShape) else each for each in field.options]
        yield from _again(located, (*place, at, "options"), "option", options)


def _again(located: Located, place: Place, kind: str, ids: Sequence[str]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for at, name in enumerate(ids):
        if first.setdefault(name, at) != at:
            there = located.line_of((*place, first[name]))
            text = f'the {kind} "{name}" is already defined on line {there}; rename one'
            yield located.fault((*place, at), Code.DEFINED_TWICE, text)


def _substance(located: Located, place: Place, intent: IntentShape) -> Iterator[Fault]:
    if not any(intent.examples.values()) and not intent.patterns:
        text = f'"{intent.id}" has neither examples nor patterns; add `examples`'
        yield located.fault(place, Code.NO_EXAMPLES, text)
    if intent.answer is not None and intent.article is not None:
        text = f'"{intent.id}" has both `answer` and `article`; keep one'
        yield located.fault((*place, "article"), Code.CONTRADICTION, text)
    for locale, answer in (intent.answer or {}).items():
        if normalise(answer) == "todo":
            text = f'the answer of "{intent.id}" is still to be written; write it in the place of {answer.strip()}'
            yield located.fault((*place, "answer", locale), Code.UNWRITTEN_ANSWER, text)
    silent = intent.answer is None and intent.article is None
    if not silent and intent.action not in {None, Action.NONE}:
        text = f'"{intent.id}" has an `action`, so what it answers is never said; keep one of them'
        yield located.fault((*place, "action"), Code.CONTRADICTION, text)
    if silent and intent.action is None and intent.handoff != "always":
        text = f'"{intent.id}" says nothing; add `answer`, `article`, `action` or `handoff: always`'
        yield located.fault(place, Code.SAYS_NOTHING, text)
    if intent.handoff == "never" and intent.action is Action.HANDOFF:
        text = f'"{intent.id}" hands over and never does; remove `handoff: never`'
        yield located.fault((*place, "handoff"), Code.CONTRADICTION, text)


def _locales(located: Located, place: Place, intent: IntentShape, locales: Sequence[str]) -> Iterator[Fault]:
    spoken = {locale for locale, sentences in intent.examples.items() if sentences}
    if spoken:
        for locale in locales:
            if locale not in spoken:
                text = f'"{intent.id}" has no examples in "{locale}"; add some, or it is met in other languages only'
                yield located.fault(place, Code.MISSING_LOCALE, text, "warning")
    texts: Mapping[str, Mapping[str, object]] = {
        "examples": intent.examples,
        "title": intent.title,
        "answer": intent.answer or {},
        "tests": intent.tests,
    }
    for key, by_locale in texts.items():
        yield from _unspoken(located, (*place, key), by_locale, locales)


def _unspoken(
    located: Located, place: Place, by_locale: Mapping[str, object], locales: Sequence[str]
) -> Iterator[Fault]:
    for locale in by_locale.keys() - set(locales):
        text = f'the desk does not speak "{locale}", so this is left out; {nearest(locale, locales)}'
        yield located.fault((*place, locale), Code.UNSPOKEN_LOCALE, text, "warning")
