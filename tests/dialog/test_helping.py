"""What operators have at hand: answers to send, callbacks to book, and lessons to leave."""

from dataclasses import replace
from datetime import timedelta

from bot.dialog.acts import Done, Refused
from bot.dialog.messages import Attachment, AuthorKind, Ref
from bot.dialog.operator_acts import Accept, Learn, Promise, Quote, Say, Unsay
from bot.dialog.orders import RelayMessage
from handoff.ticket import Kind
from kb.article import Article
from tests.dialog.shop import content, online, open_shop, seq
from tests.dialog.test_desk import talking
from tests.dialog.wares import Shelf

LONG = "\n\n".join(f"Paragraph {number}. " + "word " * 300 for number in range(6))
SHELF = Shelf(
    {
        "short": Article("short", "en", "Short", "Just **so**."),
        "long": Article("long", "en", "Long", LONG),
        "secret": Article("secret", "en", "Secret", "Not for them", audience="operators"),
    }
)


async def taught(shop):
    return [
        (each.question, each.answer, each.operator, each.locale)
        for each in await shop.storage.lessons.since(shop.now - timedelta(days=1), 10)
    ]


async def test_what_is_sent_keeps_its_marks_and_is_shown_to_the_group(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = content(library=SHELF)
        await talking(shop)
        sent = await shop.do(Quote("anna", "v", "q1", "article:short"))
        said = await shop.last()
        assert (said.author.kind, said.author.name) == (AuthorKind.OPERATOR, "Anna")
        assert (said.text, said.markdown) == ("Just so.", "Just **so**.")
        assert (await shop.orders("group:general"))[-1] == RelayMessage("v", seq(sent))


async def test_a_long_article_is_several_messages_and_the_same_press_is_one(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = content(library=SHELF)
        await talking(shop)
        before = len(await shop.messages())
        sent = await shop.do(Quote("anna", "v", "q1", "article:long"))
        parts = (await shop.messages())[before:]
        assert len(parts) > 1
        assert all(len(each.text) <= 4000 for each in parts)
        assert parts[0].seq == seq(sent)
        again = await shop.do(Quote("anna", "v", "q1", "article:long"))
        assert (seq(again), again.repeated) == (seq(sent), True)
        assert len(await shop.messages()) == before + len(parts)


async def test_what_is_not_for_customers_is_not_sent(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = content(library=SHELF)
        await talking(shop)
        before = await shop.messages()
        for name in ("article:secret", "article:none", "answer:nothing", "answer:none", "note:short", "short"):
            assert isinstance(await shop.do(Quote("anna", "v", name, name)), Refused)
        assert await shop.messages() == before


async def test_only_who_has_the_ticket_sends_and_promises(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = content(library=SHELF)
        await talking(shop)
        assert isinstance(await shop.do(Quote("olga", "v", "q1", "article:short")), Refused)
        assert isinstance(await shop.do(Promise("olga", 1, shop.now + timedelta(hours=2))), Refused)
        assert await shop.tickets() == [await shop.ticket(1)]


async def test_a_time_that_is_free_is_promised_once(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        at = shop.now + timedelta(hours=2)
        assert await shop.do(Promise("anna", 1, at)) == Done()
        [_, callback] = await shop.tickets()
        assert (callback.kind, callback.promised) == (Kind.CALLBACK, at)
        refusal = await shop.do(Promise("anna", 1, at + timedelta(minutes=7)))
        assert isinstance(refusal, Refused)
        assert "14:30, " in refusal.text
        assert await shop.do(Promise("anna", 1, at + timedelta(minutes=30))) == Done()
        assert len(await shop.tickets()) == 2, "one callback, moved"


async def test_a_call_moved_to_where_it_is_stays_and_nobody_is_told(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        at = shop.now + timedelta(hours=2)
        await shop.do(Promise("anna", 1, at))
        said, [_, callback] = await shop.messages(), await shop.tickets()
        assert await shop.do(Promise("anna", callback.number, at)) == Done()
        assert (await shop.messages(), await shop.ticket(callback.number)) == (said, callback)


async def test_when_everything_is_taken_nothing_is_suggested(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        refusal = await shop.do(Promise("anna", 1, shop.now + timedelta(days=30)))
        assert isinstance(refusal, Refused)
        assert "2026-05-05 " in refusal.text, "later ones are not there, so the first are shown"


async def test_an_answer_is_kept_with_the_question_before_it(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        await shop.say("Do you repair skates?")
        answer = seq(await shop.do(Say("anna", "v", "s1", "Yes, on Mondays")))
        assert await shop.do(Learn("anna", "v", answer)) == Done(answer - 1)
        assert await taught(shop) == [("Do you repair skates?", "Yes, on Mondays", "anna", "en")]
        await shop.do(Learn("anna", "v", answer))
        assert len(await taught(shop)) == 1


async def test_an_answer_that_is_a_reply_teaches_what_it_replies_to(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        await shop.do(replace(shop.wrote("Do you repair skates?"), refs=(Ref("group:general", "5"),)))
        await shop.say("And thank you")
        answer = seq(await shop.do(Say("anna", "v", "s1", "Yes", reply_to=Ref("group:general", "5"))))
        await shop.do(Learn("anna", "v", answer))
        assert [each[0] for each in await taught(shop)] == ["Do you repair skates?"]


async def test_only_ones_own_words_are_a_lesson_and_only_after_a_question(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        there = Ref("group:general", "9")
        answer = seq(await shop.do(Say("anna", "v", "s1", "Hello", refs=(there,))))
        for act in (Learn("olga", "v", answer), Learn("anna", "v", 1), Learn("anna", "v", 99), Learn("nobody", "v", 1)):
            assert isinstance(await shop.do(act), Refused)
        await shop.do(Unsay("anna", there))
        assert isinstance(await shop.do(Learn("anna", "v", answer)), Refused)
        assert await taught(shop) == []


async def test_a_talk_in_which_nothing_was_asked_teaches_nothing(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        photo = (Attachment("photo", "f"),)
        await shop.do(replace(shop.wrote(""), attachments=photo))
        await shop.do(Accept("anna", 1))
        answer = seq(await shop.do(Say("anna", "v", "s1", "A fine bicycle")))
        refusal = await shop.do(Learn("anna", "v", answer))
        assert isinstance(refusal, Refused)
        assert "asked nothing" in refusal.text
