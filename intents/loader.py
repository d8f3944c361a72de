"""Load intents from a folder, all or nothing."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from intents.checks import check, names_of
from intents.codes import Code
from intents.errors import Fault, FaultsError
from intents.fitting import fit
from intents.intent import Catalogue, Field, Form, Intent, Link, Option, Related
from intents.shape import FieldShape, IntentsFile, IntentShape, LinkShape, OptionShape
from intents.source import Source
from intents.strict_yaml import Located, read


def load(
    folder: Path,
    *,
    locales: Sequence[str],
    skills: Collection[str],
    articles: Collection[str],
    internal: Collection[str] = (),
) -> Catalogue:
    """Every `*.yaml` and `*.yml` of the folder, by name, as one catalogue. `internal` are articles not for customers.

    Raises FaultsError with every fault of every file; names across files are checked once each file is sound in itself.
    """
    sources, faults = read_sources(folder)
    names = names_of(sources, locales=locales, skills=skills, articles=articles, internal=internal)
    if not names.intents and not faults:
        text = "there is no intent here; add a file with `intents:`"
        faults.append(Fault(str(folder), 1, text, code=Code.NO_INTENTS))
    if not any(fault.level == "error" for fault in faults):  # half a catalogue would accuse good references
        faults.extend(check(sources, names))
    if any(fault.level == "error" for fault in faults):
        raise FaultsError(faults)
    return _catalogue(sources, tuple(sorted(faults)), locales)


def files_of(folder: Path) -> list[Path]:
    """The files of intents that are read, in order. Hidden ones are an editor's or a system's own."""
    return sorted(path for path in folder.glob("[!.]*") if path.suffix in {".yaml", ".yml"})


def read_sources(folder: Path) -> tuple[list[Source], list[Fault]]:
    """The files that are sound in themselves, and what is wrong with the others."""
    sources: list[Source] = []
    faults: list[Fault] = []
    for path in files_of(folder):
        try:
            located = read(path)
            sources.append(Source(located, fit(IntentsFile, located)))
        except FaultsError as error:
            faults.extend(error.faults)
    return sources, faults


def _catalogue(sources: Sequence[Source], warnings: tuple[Fault, ...], locales: Sequence[str]) -> Catalogue:
    intents = [
        _intent(source.located, index, entry)
        for source in sources
        for index, entry in enumerate(source.content.intents)
    ]
    forms = [
        Form(name, tuple(_field(field, locales) for field in fields))
        for source in sources
        for name, fields in source.content.forms.items()
    ]
    out_of_scope: dict[str, tuple[str, ...]] = {}
    for source in sources:
        for locale, sentences in source.content.out_of_scope.items():
            out_of_scope[locale] = (*out_of_scope.get(locale, ()), *sentences)
    return Catalogue(
        {intent.id: intent for intent in intents}, {form.id: form for form in forms}, out_of_scope, warnings
    )


def _intent(located: Located, index: int, entry: IntentShape) -> Intent:
    return Intent(
        id=entry.id,
        title=entry.title,
        skill=entry.skill,
        priority=entry.priority,
        examples=entry.examples,
        patterns=entry.patterns,
        answer=entry.answer or {},
        article=entry.article,
        buttons=tuple(_button(button) for button in entry.buttons),
        handoff=entry.handoff,
        ask=entry.ask,
        tests=entry.tests,
        action=entry.action,
        file=located.file,
        line=located.line_of(("intents", index)),
    )


def _button(button: str | LinkShape) -> Related | Link:
    return Link(button.title, button.url) if isinstance(button, LinkShape) else Related(button)


def _field(field: FieldShape, locales: Sequence[str]) -> Field:
    return Field(
        id=field.id,
        question=field.question,
        type=field.type,
        required=field.required,
        error=field.error or {},
        pattern=field.pattern,
        options=tuple(_option(option, locales) for option in field.options),
    )


def _option(option: str | OptionShape, locales: Sequence[str]) -> Option:
    if isinstance(option, OptionShape):
        return Option(option.id, option.title)
    titles: Mapping[str, str] = dict.fromkeys(locales, option)
    return Option(option, titles)
