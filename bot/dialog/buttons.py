"""The buttons under the bot's messages. A button's id says what it does: a verb, or `verb:argument`."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, assert_never

from bot.dialog.content import Content
from bot.dialog.messages import Button, ButtonKind
from bot.dialog.scene import Scene
from handoff.desk import Skill, titled
from handoff.ticket import Ticket
from intents.intent import Intent, Link, Related
from kb.article import Answer, Article, Hit

PERSON: Final = "handoff"
CALLBACK: Final = "callback"
MESSAGE: Final = "message"
WAIT: Final = "wait"
HOLD: Final = "hold"
CALENDAR: Final = "calendar"  # a link on a page; in a chat, a press that brings the file
TELEGRAM: Final = "telegram"
READY: Final = "ready:yes"
STARS: Final = 5
ID_LIMIT: Final = 64  # bytes, as Telegram has it
GOOD_FOR: Final = timedelta(days=1)  # a link into Telegram


def fits(button: Button) -> bool:
    """Whether the id is short enough for every channel."""
    return len(button.id.encode()) <= ID_LIMIT


def verb_and_argument(button: str) -> tuple[str, str]:
    """`slot:123` is (slot, 123)."""
    verb, _, argument = button.partition(":")
    return verb, argument


def simple(scene: Scene, button: str, phrase: str) -> Button:
    """A quick answer with one of the bot's own labels."""
    return Button(button, scene.phrase(phrase))


def person(scene: Scene) -> Button:
    """Talk to a person."""
    return Button(PERSON, scene.phrase("button_person"), ButtonKind.HANDOFF)


def callback(scene: Scene) -> Button:
    """Ask to be called back."""
    return Button(CALLBACK, scene.phrase("button_callback"), ButtonKind.CALLBACK)


def leave(scene: Scene, ticket: Ticket) -> Button:
    """Give the place in the queue up."""
    return simple(scene, f"leave:{ticket.number}", "button_leave")


def cancel(scene: Scene) -> Button:
    """Answer nothing that was asked for."""
    return simple(scene, "form:cancel", "button_cancel")


def meaning(scene: Scene, intent: Intent) -> Button:
    """Ask this intent."""
    return Button(f"intent:{intent.id}", titled(intent.title, scene.locale))


def found(content: Content, locale: str, hit: Hit) -> Button:
    """Show this article, or ask for this answer. One in another language says so."""
    document = hit.document
    label = document.title
    if document.locale != locale:
        label = f"{label} ({content.phrases.say(document.locale, 'language_name')})"
    match document:
        case Article(id=article):
            return Button(f"article:{article}", label)
        case Answer(id=intent):
            return Button(f"intent:{intent}", label)
        case _ as never:
            assert_never(never)


def under_answer(scene: Scene, intent: Intent) -> list[Button]:
    """The intent's own buttons, then feedback and the way to a person unless the intent is small talk."""
    shown: list[Button] = []
    for position, each in enumerate(intent.buttons):
        match each:
            case Related(intent_id=related):
                shown.append(meaning(scene, scene.content.intents.intents[related]))
            case Link(title=title, url=url):
                label = titled(title, scene.locale)
                shown.append(Button(f"url:{intent.id}:{position}", label, ButtonKind.URL, url))
            case _ as never:
                assert_never(never)
    if intent.handoff != "never":
        shown.append(simple(scene, f"helped:{intent.id}", "button_helped"))
        shown.append(simple(scene, f"unhelped:{intent.id}", "button_unhelped"))
        shown.append(person(scene))
    return shown


def when_nobody_is_free(scene: Scene, *, wait: bool = True) -> list[Button]:
    """What the customer can choose; a place in the queue only while there are any (`wait`)."""
    choices = [simple(scene, HOLD, "button_hold")] if wait else []
    choices += [
        callback(scene),
        Button(MESSAGE, scene.phrase("button_message"), ButtonKind.MESSAGE),
    ]
    if wait:
        choices.append(simple(scene, WAIT, "button_wait"))
    return choices


def telegram(scene: Scene) -> list[Button]:
    """The button that takes a visitor into Telegram; none for whoever is there, or where there is no bot."""
    bridge = scene.work.tools.bridge
    if bridge is None or scene.destination is not None:
        return []
    link = bridge.link(scene.id, scene.work.now + GOOD_FOR)
    return [Button(TELEGRAM, scene.phrase("button_telegram"), ButtonKind.URL, link)] if link else []


def slot_id(start: datetime) -> str:
    """A slot's button: its start in minutes since 1970, so that it fits any channel."""
    return f"slot:{int(start.timestamp()) // 60}"


def slot_start(argument: str) -> datetime:
    """The start again."""
    return datetime.fromtimestamp(int(argument) * 60, UTC)


def stars(scene: Scene, ticket: int) -> Sequence[Button]:
    """One to five."""
    return [
        Button(f"rate:{ticket}:{n}", scene.phrase("button_star", stars="★" * n, n=n), ButtonKind.RATE)
        for n in range(1, STARS + 1)
    ]


def to_skill(scene: Scene, skill: Skill, phrase: str) -> Button:
    """A person with that skill."""
    label = scene.phrase(phrase, skill=titled(skill.title, scene.locale))
    return Button(f"skill:{skill.id}", label, ButtonKind.HANDOFF)
