"""What does not stop a load and yet serves badly: sentences too few, too alike, or learnt before the test."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from intents.codes import Code
from intents.errors import Fault
from intents.likeness import nearly_the_same
from intents.shape import FieldShape, IntentShape, LinkShape, OptionShape
from intents.source import Sentence, Source, examples_in, tests_in
from intents.strict_yaml import Located, Place
from intents.text import normalise

SEVERAL = 12  # words; a sentence with more was several lines, most likely
ENOUGH = 5  # examples of an intent in one language; with fewer it is hardly met in other words


def lint(sources: Sequence[Source], locales: Sequence[str]) -> Iterator[Fault]:
    """Findings in files that loaded without an error, for a desk that speaks these locales. Quick."""
    asked = {form for source in sources for intent in source.content.intents for form in intent.ask}
    for source in sources:
        for at, intent in enumerate(source.content.intents):
            place: Place = ("intents", at)
            yield from _few(source.located, (*place, "examples"), intent, locales)
            yield from _untranslated(source.located, place, intent, locales)
            yield from _idle(source.located, (*place, "buttons"), intent)
        for form, fields in source.content.forms.items():
            if form not in asked:
                text = f'no intent asks the form "{form}"; name it under `ask` of one, or remove it'
                yield source.located.fault(("forms", form), Code.UNUSED_FORM, text, "warning")
            for at, field in enumerate(fields):
                yield from _half_asked(source.located, ("forms", form, at), field, locales)
    examples = list(examples_in(sources))
    yield from _titles(examples, sources)
    yield from _alike(examples)
    yield from _learnt(examples, sources)


def _few(located: Located, place: Place, intent: IntentShape, locales: Sequence[str]) -> Iterator[Fault]:
    for locale, sentences in intent.examples.items():
        if locale in locales and 0 < len(sentences) < ENOUGH:
            counted = "1 example" if len(sentences) == 1 else f"{len(sentences)} examples"
            text = f'"{intent.id}" has {counted} in "{locale}"; write {ENOUGH} or more, as customers ask'
            if len(sentences) == 1 and len(sentences[0].split()) > SEVERAL:
                text = f"{text}; if these are several, write {locale}: | above them, which keeps the lines apart"
            yield located.fault((*place, locale), Code.FEW_EXAMPLES, text, "warning")


def _untranslated(located: Located, place: Place, intent: IntentShape, locales: Sequence[str]) -> Iterator[Fault]:
    """A language without examples has been found missing already; an intent of patterns is met in every language."""
    met = [each for each in locales if intent.examples.get(each) or not any(intent.examples.values())]
    texts: list[tuple[str, Place, Mapping[str, str] | None]] = [
        (f'the title of "{intent.id}"', (*place, "title"), intent.title),
        (f'the answer of "{intent.id}"', (*place, "answer"), intent.answer),
    ]
    for at, button in enumerate(intent.buttons):
        if isinstance(button, LinkShape):
            texts.append((f'a button of "{intent.id}"', (*place, "buttons", at, "title"), button.title))
    yield from _missing(located, texts, met)


def _idle(located: Located, place: Place, intent: IntentShape) -> Iterator[Fault]:
    """Buttons that bring a customer nowhere else."""
    for at, button in enumerate(intent.buttons):
        if button == intent.id:
            text = f'this button of "{intent.id}" leads to its own answer; name another, or remove it'
            yield located.fault((*place, at), Code.IDLE_BUTTON, text, "warning")
        elif button in intent.buttons[:at]:
            name = button.url if isinstance(button, LinkShape) else button
            text = f'"{intent.id}" has this button twice ({name}); keep one'
            yield located.fault((*place, at), Code.IDLE_BUTTON, text, "warning")


def _half_asked(located: Located, place: Place, field: FieldShape, locales: Sequence[str]) -> Iterator[Fault]:
    texts: list[tuple[str, Place, Mapping[str, str] | None]] = [
        (f'the question of "{field.id}"', (*place, "question"), field.question),
        (f'the error of "{field.id}"', (*place, "error"), field.error),
    ]
    for at, option in enumerate(field.options):
        if isinstance(option, OptionShape):
            texts.append((f'the option "{option.id}" of "{field.id}"', (*place, "options", at, "title"), option.title))
    yield from _missing(located, texts, locales)


def _missing(
    located: Located, texts: Sequence[tuple[str, Place, Mapping[str, str] | None]], locales: Sequence[str]
) -> Iterator[Fault]:
    for name, place, written in texts:
        for locale in locales:
            if written and locale not in written:
                text = f'{name} is missing in "{locale}"; write it, or customers see it in another language'
                yield located.fault(place, Code.MISSING_LOCALE, text, "warning")


def _titles(examples: Sequence[Sentence], sources: Sequence[Source]) -> Iterator[Fault]:
    """Titles that say what another intent is: customers cannot tell the buttons apart, nor the matcher the intents."""
    said = {
        (normalise(each.text), each.locale): (each.intent, f"is said under {each.owner} at {each.at}")
        for each in examples
    }
    for source in sources:
        for at, intent in enumerate(source.content.intents):
            for locale, title in intent.title.items():
                place: Place = ("intents", at, "title", locale)
                here = f'is the title of "{intent.id}" at {source.located.file}:{source.located.line_of(place)}'
                owner, where = said.setdefault((normalise(title), locale), (intent.id, here))
                if owner != intent.id:
                    text = f'"{title}", the title of "{intent.id}", {where}, too; give one of them other words'
                    yield source.located.fault(place, Code.TITLE_TWICE, text, "warning")


def _alike(examples: Sequence[Sentence]) -> Iterator[Fault]:
    spoken: defaultdict[str, list[Sentence]] = defaultdict(list)
    for each in examples:
        spoken[each.locale].append(each)
    for sentences in spoken.values():
        texts = [normalise(each.text) for each in sentences]
        for one, two in nearly_the_same(texts):
            first, second = sentences[one], sentences[two]
            if first.intent != second.intent and texts[one] != texts[two]:
                said = f'"{second.text}" is nearly "{first.text}" under {first.owner} at {first.at}'
                text = f"{said}; keep one of them, or make the difference plain"
                yield second.located.fault(second.place, Code.EXAMPLES_ALIKE, text, "warning")


def _learnt(examples: Sequence[Sentence], sources: Sequence[Source]) -> Iterator[Fault]:
    known = {(normalise(each.text), each.locale): each for each in reversed(examples)}
    for test in tests_in(sources):
        example = known.get((normalise(test.text), test.locale))
        if example is None:
            continue
        said = f'the test "{test.text}" is an example of {example.owner} at {example.at}'
        remedy = "say it in other words, or it proves nothing" if test.intent == example.intent else "move one of them"
        yield test.located.fault(test.place, Code.TEST_LEARNT, f"{said}; {remedy}", "warning")
