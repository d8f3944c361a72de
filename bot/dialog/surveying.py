"""Surveying: whoever keeps the content in order is told when the files on disk cannot be served."""

from collections.abc import Sequence

from bot.dialog.acts import Done, Surveyed
from bot.dialog.content import Content
from bot.dialog.orders import Notice
from bot.dialog.work import Work
from handoff.desk import Desk

SUBJECT = "content"
SHOWN = 5  # faults; who wants all of them asks `frontline check`
LONGEST = 300  # characters of one


async def surveyed(work: Work, act: Surveyed) -> Done:
    """One post in the operators' common room follows how the content stands, in a supervisor's language."""
    desk = work.content.desk
    text = told(work.content, supervisors_language(desk), act.faults)
    work.order(work.venue("") or work.venue(desk.default_skill), Notice(SUBJECT, text, over=not act.faults))
    return Done()


def told(content: Content, locale: str, faults: Sequence[str]) -> str:
    """How the content stands, in a few lines."""
    if not faults:
        return content.phrases.say(locale, "content_good")
    lines = [content.phrases.say(locale, "content_bad", count=len(faults))]
    lines += [fault if len(fault) <= LONGEST else f"{fault[:LONGEST]}…" for fault in faults[:SHOWN]]
    if len(faults) > SHOWN:
        lines.append(content.phrases.say(locale, "content_more", count=len(faults) - SHOWN))
    return "\n".join(lines)


def supervisors_language(desk: Desk) -> str:
    """What most likely all supervisors read: the first one's first language."""
    spoken = (each.locales for each in desk.operators.values() if each.supervises and each.locales)
    return next((locales[0] for locales in spoken), desk.default_locale)
