"""Texts that would not come to customers as their author meant them: unfilled, unspoken, or in another language."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from bot.workspace.codes import Code
from bot.workspace.desk_shape import DeskShape
from bot.workspace.lengths import long_in_phrases
from bot.workspace.phrases import REFERENCE, Texts, phrase_files
from bot.workspace.places import Places
from intents.codes import Code as Common
from intents.errors import Fault
from intents.fitting import nearest
from intents.shape import IntentsFile
from intents.source import Source
from intents.strict_yaml import Located, Place, read
from kb.render import dead_links, tags_in

_BRACES = re.compile(r"\{\{?\s*[A-Za-z_][A-Za-z0-9_.]*\s*\}?\}")


def unfilled_in_intents(sources: Sequence[Source]) -> Iterator[Fault]:
    """Texts with a placeholder (only the bot's own phrases have any), and answers with a link that leads nowhere."""
    for source in sources:
        for place, written in _texts(source.content):
            for locale, text in (written or {}).items():
                for braces in braces_in(text):
                    yield source.located.fault((*place, locale), Code.UNKNOWN_PLACEHOLDER, unfilled(braces), "warning")
        for at, intent in enumerate(source.content.intents):
            for locale, text in (intent.answer or {}).items():
                for code, said, _ in ill_marked(text):
                    yield source.located.fault(("intents", at, "answer", locale), code, said, "warning")


def _texts(content: IntentsFile) -> Iterator[tuple[Place, Mapping[str, str] | None]]:
    """What customers read of a file, each where it stands."""
    for at, intent in enumerate(content.intents):
        yield ("intents", at, "title"), intent.title
        yield ("intents", at, "answer"), intent.answer
    for form, fields in content.forms.items():
        for at, field in enumerate(fields):
            yield ("forms", form, at, "question"), field.question
            yield ("forms", form, at, "error"), field.error


def braces_in(text: str) -> Collection[str]:
    """What looks like a placeholder, each once."""
    return dict.fromkeys(_BRACES.findall(text))


def unfilled(braces: str) -> str:
    """What is wrong with a placeholder in a text that is shown as it is."""
    return f"nothing fills in {braces} here, so customers would read the braces; write the words themselves"


def ill_marked(markdown: str) -> Iterator[tuple[Code, str, str]]:
    """What is wrong with links and marks of a text: the kind, the fault, and by which words it is found."""
    for address in dict.fromkeys(dead_links(markdown)):
        said = f'the link to "{address}" leads nowhere from a chat; begin its address with https://, mailto: or tel:'
        yield Code.DEAD_LINK, said, f"]({address}"
    for tag in list(dict.fromkeys(tags_in(markdown)))[:1]:
        said = f"customers would read {tag} as it stands; write Markdown (**bold**, - an item, [words](https://…))"
        yield Code.HTML_IN_TEXT, said, tag


def odd_phrases(where: Places, shape: DeskShape, desk: Located, texts: Mapping[str, Texts]) -> Iterator[Fault]:
    """Phrases in a language that nobody speaks, languages whose phrases are not all there, buttons too wide."""
    files = phrase_files(where.phrases) if where.phrases else {}
    for locale, path in files.items():
        if locale not in shape.locales:
            text = f'the desk does not speak "{locale}", so nothing here is used; {nearest(locale, shape.locales)}'
            yield Fault(str(path), 1, text, "warning", code=Code.UNUSED_PHRASES)
        yield from long_in_phrases(read(path))
    for locale in shape.locales:
        missing = texts[REFERENCE].keys() - texts.get(locale, {}).keys()
        if missing:
            file, line = (str(files[locale]), 1) if locale in files else (desk.file, desk.line_of(("locales",)))
            said = f'{len(missing)} phrases of the bot, such as "{min(missing)}", are missing in "{locale}"'
            text = f"{said}; write them in bot/phrases.{locale}.yaml, or customers read them in English"
            yield Fault(file, line, text, "warning", code=Common.MISSING_LOCALE)


def untitled_skills(located: Located, shape: DeskShape) -> Iterator[Fault]:
    """Skills whose title is not there in every language of the desk."""
    for id_, skill in shape.skills.items():
        for locale in shape.locales:
            if isinstance(skill.title, Mapping) and locale not in skill.title:
                said = f'the title of the skill "{id_}" is missing in "{locale}"'
                text = f"{said}; write it, or customers see it in another language"
                yield located.fault(("skills", id_, "title"), Common.MISSING_LOCALE, text, "warning")
