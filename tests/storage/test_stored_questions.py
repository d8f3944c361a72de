"""What is kept for learning: known by its message, read with its words, gone with it or in time."""

from datetime import timedelta

from sqlalchemy import Connection, text

from bot.dialog.messages import Author, AuthorKind
from bot.dialog.questions import Asked, Outcome, Question
from bot.storage.storage import Storage
from handoff.desk import Retention
from tests.storage.samples import MINUTE, NOW, begin_with, conversation, message, save

MANY = 100


def question(seq: int = 1, outcome: Outcome = Outcome.MISSED, **more: object) -> Question:
    given = {"at": NOW, "locale": "ru", "intent": "cost", "score": 0.25} | more
    return Question(seq, outcome=outcome, **given)


async def keep(storage: Storage, *questions: Question, of: str = "c1") -> None:
    await save(storage, questions={(of, each.seq): each for each in questions})


async def kept(storage: Storage, limit: int = MANY) -> list[Asked]:
    return list(await storage.questions.since(NOW - timedelta(days=1000), limit))


async def run(storage: Storage, statement: str) -> None:
    async with storage._engine.writing() as line:
        await line.run(Connection.execute, text(statement))


async def test_a_question_comes_back_with_the_words_of_its_message_and_the_names_of_its_customer(
    storage: Storage,
) -> None:
    await begin_with(storage, conversation(name="Анна Петрова", username="anna_p"))
    await save(storage, messages=[message(text="где посылка", key="k")], questions={("c1", 1): question(meant="where")})
    assert await kept(storage) == [Asked(question(meant="where"), "где посылка", ("Анна Петрова", "anna_p"))]


async def test_a_question_that_nothing_came_near_to_comes_back_too(storage: Storage) -> None:
    await begin_with(storage)
    await save(storage, messages=[message()], questions={("c1", 1): question(intent=None, score=None)})
    assert await kept(storage) == [Asked(question(intent=None, score=None), "message 1")]


async def test_what_becomes_of_a_question_later_changes_its_outcome_and_nothing_else(storage: Storage) -> None:
    await begin_with(storage)
    await save(storage, messages=[message()], questions={("c1", 1): question(outcome=Outcome.CLARIFIED)})
    later = question(outcome=Outcome.CHOSEN, meant="time", at=NOW + MINUTE, locale="en", intent="x", score=0.9)
    await keep(storage, later)
    assert [each.question for each in await kept(storage)] == [question(outcome=Outcome.CHOSEN, meant="time")]


async def test_what_is_settled_is_nothing_to_learn_from(storage: Storage) -> None:
    await begin_with(storage)
    await save(storage, messages=[message(seq) for seq in range(1, 10)])
    await keep(storage, *(question(seq, outcome) for seq, outcome in enumerate(Outcome, 1)))
    settled = {Outcome.ANSWERED, Outcome.READ}
    assert {each.question.outcome for each in await kept(storage)} == set(Outcome) - settled


async def test_only_what_was_asked_since_then_is_read_the_newest_first_to_count(storage: Storage) -> None:
    await begin_with(storage)
    await save(storage, messages=[message(seq) for seq in range(1, 6)])
    await keep(storage, *(question(seq, at=NOW + seq * MINUTE) for seq in range(1, 6)))
    assert [each.question.seq for each in await storage.questions.since(NOW + 2 * MINUTE, MANY)] == [2, 3, 4, 5]
    assert [each.question.seq for each in await kept(storage, limit=2)] == [4, 5]


async def test_an_edit_of_the_message_is_an_edit_of_the_question(storage: Storage) -> None:
    await begin_with(storage)
    await save(storage, messages=[message(text="mine is 4111 1111")], questions={("c1", 1): question()})
    await save(storage, edits=[message(text="never mind", edited=True)])
    assert [each.text for each in await kept(storage)] == ["never mind"]
    await save(storage, edits=[message(text="", edited=True, deleted=True)])
    assert await kept(storage) == []


async def test_only_what_a_customer_said_is_a_question(storage: Storage) -> None:
    await begin_with(storage)
    await save(storage, messages=[message(author=Author(AuthorKind.BOT))], questions={("c1", 1): question()})
    assert await kept(storage) == []


async def test_erasing_a_message_erases_the_question(storage: Storage) -> None:
    await begin_with(storage)
    await save(storage, messages=[message(1), message(2)])
    await keep(storage, question(1), question(2))
    await run(storage, "DELETE FROM message WHERE seq = 1")
    assert [each.question.seq for each in await kept(storage)] == [2]


async def test_erasing_a_conversation_erases_its_questions(storage: Storage) -> None:
    await begin_with(storage, conversation(), conversation("c2"))
    await save(storage, messages=[message(), message(conversation="c2")])
    await keep(storage, question())
    await keep(storage, question(), of="c2")
    await run(storage, "DELETE FROM conversation WHERE id = 'c1'")
    async with storage._engine.reading() as line:
        rows = await line.run(lambda connection: connection.execute(text("SELECT conversation FROM question")).all())
    assert [row.conversation for row in rows] == ["c2"]


async def test_what_becomes_of_a_question_whose_message_was_erased_is_not_remembered(storage: Storage) -> None:
    await begin_with(storage)
    await save(storage, messages=[message(2)], questions={("c1", 1): question(1), ("c1", 2): question(2)})
    assert [each.question.seq for each in await kept(storage)] == [2]


async def test_questions_are_kept_for_half_a_year_or_as_long_as_the_desk_says(storage: Storage) -> None:
    await begin_with(storage)
    await save(storage, messages=[message(1), message(2)])
    await keep(storage, question(1), question(2, at=NOW + timedelta(days=10)))
    await storage.tidy(NOW + timedelta(days=180))
    assert len(await kept(storage)) == 2
    await storage.tidy(NOW + timedelta(days=180) + MINUTE)
    assert [each.question.seq for each in await kept(storage)] == [2]
    await storage.tidy(NOW + timedelta(days=30) + MINUTE, Retention(questions=timedelta(days=20)))
    assert await kept(storage) == []
    async with storage.work.read() as look:
        assert len(await look.messages("c1")) == 2
