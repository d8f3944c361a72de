"""docs/operators.md tells operators what is so: every command, in its right form."""

import re
from pathlib import Path

from bot.telegram.cards import ICONS
from bot.telegram.commands import COMMANDS, FOR_SUPERVISORS
from bot.workspace.phrases import load_phrases

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "operators.md").read_text("utf-8")
PHRASES = load_phrases(None)


def rows(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("| `/")]


def row(name: str) -> str:
    form, meaning = re.split(": |; ", PHRASES.say("en", f"tg_form_{name}"), maxsplit=1)
    return f"| `{form}` | {meaning} |"


def test_every_command_is_there_in_its_form_and_in_order() -> None:
    everybody, supervisors = PAGE.split("Supervisors also have:")
    assert rows(everybody) == [row(name) for name in COMMANDS if name not in FOR_SUPERVISORS]
    assert rows(supervisors) == [row(name) for name in COMMANDS if name in FOR_SUPERVISORS]


def test_no_other_command_is_promised() -> None:
    assert set(re.findall(r"`/([a-z]+)", PAGE)) - COMMANDS.keys() == {"start"}


def test_every_icon_that_a_topic_can_have_is_explained() -> None:
    assert [icon for state, icon in ICONS.items() if icon not in PAGE and state != "scheduled"] == []


def test_the_pictures_are_there() -> None:
    pictures = re.findall(r"\((pictures/[^)]+)\)", PAGE)
    assert len(pictures) == 2
    assert all((DOCS / each).exists() for each in pictures)
