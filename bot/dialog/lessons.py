"""Lessons: an operator's answer, proposed as what the bot should say to such a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.dialog.acts import Done
from bot.dialog.messages import AuthorKind, Message
from bot.dialog.operator_acts import Learn
from bot.dialog.records import Lesson
from bot.dialog.rights import refuse
from bot.dialog.saying import said_by
from bot.dialog.work import Work

LOOK_BACK = 60  # messages


@dataclass(frozen=True, slots=True)
class Taught:
    """A lesson with the words of its messages as they are now; `names` are those that the conversation knows."""

    question: str
    answer: str
    locale: str
    operator: str
    at: datetime
    names: tuple[str, ...] = ()


class Lessons(Protocol):
    """What operators have taught. `Changes.lessons` fills it; a lesson goes when one of its messages goes."""

    async def since(self, moment: datetime, limit: int) -> Sequence[Taught]:
        """The newest `limit` lessons from that moment on, oldest first."""
        ...


async def learn(work: Work, act: Learn) -> Done:
    """Keep which question the operator's own words answer: the one they reply to, else the last before them."""
    await work.duty(act.operator)
    scene = await work.scene(act.conversation)
    said = await work.tx.messages(act.conversation, max(0, act.seq - LOOK_BACK), LOOK_BACK)
    answer = next((each for each in said if each.seq == act.seq), None)
    if answer is None or not said_by(answer, act.operator) or not _worded(answer):
        raise refuse(work, act.operator, "op_no_such_message", "not_found")
    question = _question(said, answer)
    if question is None:
        raise refuse(work, act.operator, "op_no_question", "not_found")
    lesson = Lesson(act.conversation, question.seq, answer.seq, act.operator, work.now, scene.locale)
    work.changes.lessons.append(lesson)
    return Done(question.seq)


def _question(said: Sequence[Message], answer: Message) -> Message | None:
    asked = [each for each in said if each.seq < answer.seq and _asks(each)]
    return next((each for each in asked if each.seq == answer.reply_to), asked[-1] if asked else None)


def _asks(message: Message) -> bool:
    return message.author.kind is AuthorKind.CUSTOMER and _worded(message)


def _worded(message: Message) -> bool:
    return bool(message.text.strip()) and not message.deleted
