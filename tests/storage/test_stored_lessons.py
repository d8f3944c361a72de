"""What operators taught: known by its two messages, read with their words, gone with either or in time."""

from datetime import timedelta

from bot.dialog.lessons import Taught
from bot.dialog.messages import Author, AuthorKind
from bot.dialog.records import Lesson
from bot.storage.storage import Storage
from handoff.desk import Retention
from tests.storage.samples import MINUTE, NOW, begin_with, conversation, message, save
from tests.storage.test_stored_questions import run

ANSWER = {"author": Author(AuthorKind.OPERATOR, "Анна")}


def lesson(answer: int = 2, **more: object) -> Lesson:
    given = {"operator": "anna", "at": NOW, "locale": "ru"} | more
    return Lesson("c1", answer - 1, answer, **given)


async def kept(storage: Storage, limit: int = 100) -> list[Taught]:
    return list(await storage.lessons.since(NOW - timedelta(days=1000), limit))


async def teach(storage: Storage, *answers: int) -> None:
    await begin_with(storage, conversation(name="Борис", username="boris_k"))
    said = [message(each - 1) for each in answers] + [message(each, **ANSWER) for each in answers]
    await save(storage, messages=said, lessons=[lesson(each, at=NOW + each * MINUTE) for each in answers])


async def test_a_lesson_comes_back_with_the_words_of_both_messages(storage: Storage) -> None:
    await teach(storage, 2)
    names = ("Борис", "boris_k")
    assert await kept(storage) == [Taught("message 1", "message 2", "ru", "anna", NOW + 2 * MINUTE, names)]


async def test_the_newest_come_back_oldest_first(storage: Storage) -> None:
    await teach(storage, 2, 4, 6)
    assert [each.answer for each in await kept(storage, 2)] == ["message 4", "message 6"]


async def test_what_is_taught_again_is_one_lesson(storage: Storage) -> None:
    await teach(storage, 2)
    await save(storage, lessons=[lesson(2, operator="olga")])
    assert [each.operator for each in await kept(storage)] == ["olga"]


async def test_what_was_taken_back_teaches_nothing(storage: Storage) -> None:
    await teach(storage, 2, 4)
    await save(storage, edits=[message(1, deleted=True), message(4, deleted=True, **ANSWER)])
    assert await kept(storage) == []


async def test_a_lesson_goes_with_either_of_its_messages(storage: Storage) -> None:
    await teach(storage, 2, 4)
    await run(storage, "DELETE FROM message WHERE seq IN (1, 4)")
    assert await kept(storage) == []


async def test_lessons_are_forgotten_in_time(storage: Storage) -> None:
    await teach(storage, 2, 4)
    retention = Retention(questions=timedelta(days=1))
    await storage.tidy(NOW + timedelta(days=1) + 3 * MINUTE, retention)
    assert [each.answer for each in await kept(storage)] == ["message 4"]
