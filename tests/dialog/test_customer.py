"""What customers do, where a dialogue cannot tell it: keys, reads, edits, zones, lost alarms, odd answers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dialog.acts import Blocked, Done, Pressed, Read, Refused, Rewrote, SharedContact, Wrote
from bot.dialog.conversation import Owner
from bot.dialog.messages import Attachment, AuthorKind, ButtonKind, Entity, Ref
from bot.dialog.operator_acts import Accept, Close, Declare
from bot.dialog.orders import RelayEdit
from handoff.desk import Escalation, QueueRules
from handoff.hours import Hours
from handoff.operators import Presence
from handoff.ticket import Result
from intents.intent import Catalogue, Field, Form, Intent, Link, Option
from intents.ranking import Candidate
from kb.article import Answer, Article
from tests.dialog.shop import (
    DESK,
    INTENTS,
    MEANINGS,
    RIGA,
    SKILLS,
    Shelf,
    Words,
    content,
    desk,
    named,
    online,
    open_shop,
    sender,
    seq,
)

NEVER = Hours(RIGA, ((),) * 7)


async def buttons(shop, who="v"):
    return [each.id for each in (await shop.last(who)).buttons]


async def test_a_repeated_press_has_one_effect(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("cost")
        act = Pressed(sender(), "p", "helped:cost")
        assert await shop.do(act) == Done(3)
        assert await shop.do(act) == Done(3, repeated=True)
        assert len(await shop.messages()) == 4


async def test_a_repeated_contact_has_one_effect(tmp_path):
    async with open_shop(tmp_path) as shop:
        act = SharedContact(sender(), "p", "37129123456", own=True)
        assert await shop.do(act) == Done(1)
        assert await shop.do(act) == Done(1, repeated=True)


async def test_a_contact_for_an_operator_is_only_relayed(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        await shop.say("person")
        await shop.do(Accept("anna", 1))
        before = len(await shop.messages())
        await shop.do(SharedContact(sender(), "p", "37129123456", own=True))
        assert [each.text for each in (await shop.messages())[before:]] == ["37129123456"]


@pytest.mark.parametrize(
    "act", [Read(sender(), 3), Blocked(sender(), blocked=True), Pressed(sender(), "k", "helped:cost")]
)
async def test_no_conversation_begins_without_a_word(tmp_path, act):
    async with open_shop(tmp_path) as shop:
        await shop.do(act)
        async with shop.read() as tx:
            assert await tx.conversations_by_id(["v"]) == []


async def test_how_far_the_customer_has_read_only_grows(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("cost")
        for told, known in ((1, 1), (99, 2), (1, 2)):
            await shop.do(Read(sender(), told))
            assert (await shop.conversation()).read_seq == known


async def test_an_edit_reaches_the_operators_once(tmp_path):
    async with open_shop(tmp_path) as shop:
        there = Ref("telegram:v", "1")
        await shop.do(Wrote(sender(), "1", "person", shop.now, refs=(there,)))
        await shop.press("wait")
        edit = Rewrote(sender(), there, "a person, please", (Entity("bold", 0, 1),))
        assert await shop.do(edit) == Done(1)
        assert await shop.do(edit) == Done(1)
        assert (await shop.messages())[0].text == "a person, please"
        assert [each for each in await shop.orders("group:general") if isinstance(each, RelayEdit)] == [
            RelayEdit("v", 1)
        ]


async def test_an_edit_of_what_is_not_there_is_refused(tmp_path):
    async with open_shop(tmp_path) as shop:
        there = Ref("telegram:v", "1")
        assert isinstance(await shop.do(Rewrote(sender(), there, "x")), Refused)
        await shop.do(Wrote(sender(), "1", "cost", shop.now, refs=(there,)))
        assert isinstance(await shop.do(Rewrote(sender("w"), there, "x")), Refused)
        await shop.say("cost", "w")
        assert isinstance(await shop.do(Rewrote(sender("w"), there, "x")), Refused)
        assert isinstance(await shop.do(Rewrote(sender("w"), Ref("telegram:w", "9"), "x")), Refused)
        assert (await shop.messages())[0].text == "cost"


async def test_what_the_channel_knows_is_remembered_and_nonsense_is_not(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("cost", name="Ivo", zone="Asia/Tokyo", page="https://example.com/a")
        await shop.say("time", name="", zone="Mars/Base", page="https://example.com/b")
        known = await shop.conversation()
        assert (known.name, known.zone, known.page) == ("Ivo", "Asia/Tokyo", "https://example.com/b")


async def test_the_channels_language_is_the_first_guess(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("cost", language="ru-RU")
        await shop.say("cost", "w", language="de")
        assert (await shop.conversation()).locale == "ru"
        assert (await shop.conversation("w")).locale == "en"


async def test_who_switches_language_is_understood_in_it(tmp_path):
    class Picky(Words):
        def rank(self, text, locale, *, explain=False):
            found = super().rank(text, locale, explain=explain)
            return found if locale == (found.language or "en") else replace(found, candidates=())

    async with open_shop(tmp_path) as shop:
        shop.content = content(ranker=Picky())
        await shop.say("сколько")
        assert (await shop.last()).text == "It costs 3 по-русски"


async def test_a_sticker_in_the_middle_of_things_is_no_reason_to_call_a_person(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("cost")
        await shop.do(Wrote(sender(), "s", "", shop.now, attachments=(Attachment("sticker", "x"),)))
        assert (await shop.last()).text.startswith("Sorry, I did not understand")


async def test_the_bot_has_nothing_to_say_to_what_needs_no_answer(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("hm")
        assert [each.text for each in await shop.messages()] == ["hm"]


async def test_a_desk_that_does_not_escalate_on_feedback_counts_a_miss(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(escalation=Escalation(feedback=False))
        await shop.say("cost")
        await shop.press("unhelped:cost")
        assert "did not understand" in (await shop.last()).text
        await shop.press("unhelped:cost")
        assert "What would you like?" in (await shop.last()).text


async def test_an_article_is_answered_with_and_its_absence_is_no_loss(tmp_path):
    async with open_shop(tmp_path) as shop:
        article = Intent("oil", {"en": "Oil"}, article="oil", handoff="never")
        lost = Intent("lost", {"en": "Lost words"}, article="none", handoff="never")
        catalogue = Catalogue({each.id: each for each in (article, lost, *INTENTS)})
        shelf = Shelf({"oil": Article("oil", "en", "Oil", "**Oil** it.")})
        shop.content = content(intents=catalogue, library=shelf)
        await shop.say("oil")  # means nothing to the matcher, and the shelf has only "Oil"
        shop.content = replace(shop.content, ranker=Pointing())
        await shop.say("to oil")
        last = await shop.last()
        assert (last.text, last.markdown) == ("Oil it.", "**Oil** it.")
        await shop.say("to lost")
        assert (await shop.last()).text == "Lost words"


class Pointing(Words):
    """Understands `to <intent>`."""

    def rank(self, text, locale, *, explain=False):
        intent = text.removeprefix("to ")
        known = MEANINGS | {text: ((intent, 0.9),)}
        return replace(super().rank(text, locale), candidates=tuple(Candidate(*each) for each in known[text]))


async def test_a_long_text_is_split_and_the_buttons_stand_under_the_last_part(tmp_path):
    async with open_shop(tmp_path) as shop:
        body = "\n\n".join(["word " * 500] * 4)
        shop.content = content(library=Shelf({"long": Article("long", "en", "long", body)}))
        await shop.say("a long story")
        await shop.press("article:long")
        parts = (await shop.messages())[3:]
        assert len(parts) > 2
        assert all(len(each.text) <= 4000 for each in parts)
        assert [bool(each.buttons) for each in parts] == [False] * (len(parts) - 1) + [True]


async def test_an_article_whose_id_fits_on_no_button_is_not_offered(tmp_path):
    async with open_shop(tmp_path) as shop:
        long = "д" * 29
        shop.content = content(library=Shelf({long: Article(long, "en", "chain", "Oil it.")}))
        await shop.say("about my chain")
        assert "did not understand" in (await shop.last()).text


async def test_an_answer_that_was_found_is_offered_as_its_intent(tmp_path):
    async with open_shop(tmp_path) as shop:
        chain = Article("chain", "en", "chain", "Oil it.")
        shop.content = content(library=Shelf({"chain": chain}, (Answer("cost", "en", "parcel", "It costs 3"),)))
        await shop.say("a chain in a parcel")
        assert await buttons(shop) == ["article:chain", "intent:cost", "none"]
        await shop.press("intent:cost")
        assert (await shop.last()).text == "It costs 3"


async def test_what_was_found_joins_an_unsure_clarification(tmp_path):
    async with open_shop(tmp_path) as shop:
        answers = (Answer("cost", "en", "delivery", "It costs 3"), Answer("hello", "en", "delivery", "Hello!"))
        shop.content = content(library=Shelf({"terms": Article("terms", "en", "delivery", "Terms.")}, answers))
        await shop.say("delivery")
        assert (await shop.last()).text.startswith("I want to be sure")
        assert await buttons(shop) == ["intent:cost", "intent:time", "article:terms", "intent:hello", "none"]


async def test_what_the_search_is_not_sure_of_is_not_shown(tmp_path):
    async with open_shop(tmp_path) as shop:
        shelf = Shelf({"terms": Article("terms", "en", "delivery", "Terms.")})
        shop.content = content(library=shelf, sure=0.95)
        await shop.say("delivery")
        assert await buttons(shop) == ["intent:cost", "intent:time", "none"]


async def test_a_text_is_searched_as_it_was_understood(tmp_path):
    class Recovering(Words):
        def rank(self, text, locale, *, explain=False):
            return replace(super().rank(text, locale), understood_as={"xtgm": "chain"}.get(text))

    async with open_shop(tmp_path) as shop:
        shelf = Shelf({"chain": Article("chain", "en", "chain", "Oil it.")})
        shop.content = content(library=shelf, ranker=Recovering())
        await shop.say("xtgm")
        assert await buttons(shop) == ["article:chain", "none"]


async def test_what_was_found_in_another_language_says_so(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = content(library=Shelf({"chain": Article("chain", "ru", "chain", "Смажьте её.")}))
        await shop.say("about my chain")
        assert (await shop.last()).buttons[0].label == "chain (Русский)"


async def test_an_article_that_is_for_operators_by_now_is_not_shown(tmp_path):
    async with open_shop(tmp_path) as shop:
        chain = Article("chain", "en", "chain", "Oil it.")
        shop.content = content(library=Shelf({"chain": chain}))
        await shop.say("about my chain")
        shop.content = content(library=Shelf({"chain": replace(chain, audience="operators")}))
        await shop.press("article:chain")
        assert "no longer valid" in (await shop.last()).text


async def test_every_button_fits_every_channel(tmp_path):
    async with open_shop(tmp_path) as shop:
        skills = SKILLS | {"s" * 59: replace(SKILLS["general"], id="s" * 59)}
        shop.content = desk(skills=skills)
        await online(shop, "anna")
        for text in ("cost", "delivery", "repair", "stop", "call me", "language", "message", "stop", "hello", "person"):
            await shop.say(text)
        await shop.say("person", "w")
        shown = [button for who in "vw" for message in await shop.messages(who) for button in message.buttons]
        assert len(shown) > 20
        assert all(0 < len(each.id.encode()) <= 64 and each.label for each in shown)
        assert "skill:delivery" in {each.id for each in shown}


async def test_a_link_is_no_button_to_press(tmp_path):
    async with open_shop(tmp_path) as shop:
        link = Intent("rates", {"en": "Rates"}, answer={"en": "See"}, buttons=(Link({"en": "Rates"}, "https://e.com"),))
        shop.content = content(intents=Catalogue({"rates": link}), ranker=Pointing())
        await shop.say("to rates")
        (button,) = [each for each in (await shop.last()).buttons if each.kind is ButtonKind.URL]
        assert button.url == "https://e.com"
        assert isinstance(await shop.press(button.id), Refused)


async def test_a_full_queue_offers_other_ways_and_no_place(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("person")
        await shop.say("person", "w")
        await shop.press("wait", "w")
        full = replace(SKILLS["general"], queue=QueueRules(max_waiting=1))
        shop.content = desk(skills=SKILLS | {"general": full})
        await shop.press("wait")
        assert "A lot of people" in (await shop.last()).text
        assert await buttons(shop) == ["callback", "message"]
        assert await shop.tickets() == []


async def test_a_desk_that_never_opens_says_no_time(tmp_path):
    async with open_shop(tmp_path) as shop:
        closed = replace(SKILLS["general"], hours=NEVER)
        shop.content = desk(skills=SKILLS | {"general": closed})
        await shop.say("person")
        assert (await shop.last()).text == "We are closed right now. What would you like?"
        await shop.press("callback")
        assert "no free times" in (await shop.last()).text
        assert await buttons(shop) == ["hold", "message", "wait"]
        await shop.press("wait")
        assert "as soon as one is back" in (await shop.last()).text


async def test_days_that_are_all_taken_say_so(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("call me")
        shop.content = desk(skills=SKILLS | {"general": replace(SKILLS["general"], hours=NEVER)})
        await shop.press("days")
        assert "no free times" in (await shop.last()).text


async def test_a_day_with_few_times_has_no_way_to_later_ones(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(callbacks=replace(DESK.callbacks, horizon=timedelta(hours=2)))
        await shop.say("call me", zone="Europe/Riga")
        assert {each.partition(":")[0] for each in await buttons(shop)} == {"slot"}


async def test_an_ended_seat_is_free_even_within_one_batch(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(callbacks=replace(DESK.callbacks, per_slot=1))
        await shop.say("call me")
        first, second, *_ = await buttons(shop)
        presses = [Pressed(sender(), f"p{n}", each) for n, each in enumerate((first, second, "unbook"))]
        await shop.all(presses[:2])
        assert await taken(shop) == {second}
        await shop.press("move")
        await shop.all([Pressed(sender(), "p3", first), Pressed(sender(), "p4", "unbook")])
        assert await taken(shop) == set()
        assert await shop.alarms() == {}


async def taken(shop):
    async with shop.read() as tx:
        seats = await tx.seats("general", shop.now, shop.now + timedelta(days=9))
    return {f"slot:{int(each.start.timestamp()) // 60}" for each in seats}


@pytest.mark.parametrize("result", list(Result))
async def test_a_closed_callback_rings_no_more(tmp_path, result):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(callbacks=replace(DESK.callbacks, attempts=1))
        await shop.say("call me")
        await shop.press((await buttons(shop))[0])
        await online(shop, "anna")
        await shop.move(timedelta(minutes=30))
        await shop.do(Accept("anna", 1))
        assert await shop.do(Close("anna", 1, result=result)) == Done()
        again = result is Result.ASKED_LATER
        assert (await shop.ticket(1)).open is again
        assert {kind for kind, _ in await shop.alarms()} == ({"callback", "reminder"} if again else set())


async def test_early_bells_are_set_again(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("call me")
        await shop.press((await buttons(shop))[0])
        await online(shop, "anna")
        before = await shop.alarms()
        for kind in ("callback", "reminder"):
            await shop.ring(kind, 1)
        assert await shop.alarms() == before
        await shop.move(timedelta(minutes=30))
        offered = await shop.alarms()
        await shop.ring("offer", 1)
        assert await shop.alarms() == offered
        await shop.do(Accept("anna", 1))
        await shop.do(Declare("anna", Presence.OFFLINE))
        grace = await shop.alarms()
        await shop.ring("grace", "anna")
        assert await shop.alarms() == grace


async def test_bells_of_what_is_over_do_nothing(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("call me")
        await shop.press((await buttons(shop))[0])
        await shop.press("unbook")
        before = await shop.messages()
        for kind in ("callback", "reminder", "late", "offer"):
            await shop.ring(kind, 1)
        await online(shop, "anna")
        for kind, subject in (("grace", "anna"), ("pause", "anna"), ("place", "v"), ("tea", "five")):
            await shop.ring(kind, subject)
        assert await shop.messages() == before
        assert await shop.alarms() == {}


async def test_a_better_place_is_not_said_again_when_it_is_known(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("person")
        await shop.press("wait")
        before = await shop.messages()
        await shop.ring("place", "v")
        assert await shop.messages() == before


async def test_a_phone_callback_outlives_a_block_and_a_chat_does_not(tmp_path):
    async with open_shop(tmp_path) as shop:
        for who in ("v", "w"):
            await shop.say("call me", who, channel="telegram")
            await shop.press((await buttons(shop, who))[0], who, channel="telegram")
        await shop.press("phone", channel="telegram")
        await shop.say("29123456", channel="telegram")
        for who in ("v", "w"):
            await shop.do(Blocked(sender(who, "telegram"), blocked=True))
        assert [(await shop.ticket(each)).open for each in (1, 2)] == [True, False]
        assert {subject for _, subject in await shop.alarms()} == {"1"}
        await shop.do(Blocked(sender("w", "telegram"), blocked=False))
        assert not (await shop.conversation("w")).blocked


async def test_a_customer_without_tickets_blocks_in_silence(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("cost", channel="telegram")
        await shop.do(Blocked(sender(channel="telegram"), blocked=True))
        assert await shop.notes() == []
        assert (await shop.conversation()).blocked


async def test_the_question_on_a_card_is_no_small_talk(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        for text in ("time", "hello", "person"):
            await shop.say(text)
        (ticket,) = await shop.tickets()
        assert (ticket.brief.question, ticket.brief.intent, ticket.skill) == ("time", "time", "delivery")


async def test_a_talk_with_a_person_settles_what_was_before(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        await shop.say("status")
        await shop.say("123")
        await shop.say("person")
        await shop.do(Accept("anna", 1))
        await shop.do(Close("anna", 1))
        await shop.say("status")
        assert (await shop.last()).text == "Which order?"


async def test_what_the_operator_left_open_is_not_forgotten(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("call me")
        await shop.press((await buttons(shop))[0])
        await online(shop, "anna")
        await shop.say("cost")
        await shop.say("person")
        await shop.do(Accept("anna", 2))
        await shop.do(Close("anna", 2))
        conversation = await shop.conversation()
        assert (conversation.shown.mode.value, conversation.talk.intent) == ("scheduled", "cost")
        assert conversation.owner is Owner.BOT


async def test_a_press_reads_as_what_the_button_says(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("cost")
        said = await shop.press("time:x")
        assert isinstance(said, Refused)
        at = seq(await shop.press("intent:time"))
        pressed = (await shop.messages())[at - 1]
        assert (pressed.text, pressed.author.kind) == ("Time", AuthorKind.CUSTOMER)


async def test_a_reminder_that_would_be_late_is_left_out(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(callbacks=replace(DESK.callbacks, lead=timedelta(0), reminder=timedelta(hours=2)))
        await shop.say("call me")
        await shop.press((await buttons(shop))[0])
        assert {kind for kind, _ in await shop.alarms()} == {"callback"}


async def test_who_presses_what_does_not_apply_any_more_is_told_so(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("person")
        await shop.press("wait")
        await shop.press("leave:1")
        await shop.press("leave:1")
        assert "nothing to cancel" in (await shop.last()).text


async def test_who_calls_a_person_again_while_waiting_is_told_the_state(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("cost")
        await shop.say("person")
        await shop.press("wait")
        await shop.press("handoff")
        assert "already in the queue" in (await shop.last()).text
        assert len(await shop.tickets()) == 1


async def test_a_required_answer_is_not_skipped_and_nothing_lies_before_the_first(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("repair")
        await shop.press("choice:kind:0")
        await shop.say("It squeaks")
        await shop.press("form:back")
        await shop.press("form:skip")
        assert (await shop.last()).text == "What is wrong?"
        await shop.press("form:back")
        await shop.press("form:back")
        assert (await shop.last()).text == "Which kind?"


async def test_a_contact_that_fits_no_question_of_a_form_is_asked_again(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("status")
        await shop.do(SharedContact(sender(), "p", "37129123456", own=True))
        assert "order number" in (await shop.last()).text


async def test_without_a_group_there_are_no_orders_for_it(tmp_path):
    async with open_shop(tmp_path, venue=None) as shop:
        await online(shop, "anna")
        await shop.say("person")
        assert await shop.storage.outbox.destinations(shop.now) == []


async def test_a_form_that_ends_with_a_choice_is_done_by_a_press(tmp_path):
    async with open_shop(tmp_path) as shop:
        size = Field("size", named("Which size?"), "choice", options=(Option("m", named("M")), Option("l", named("L"))))
        frames = Intent("cost", named("Frames"), answer=named("We have it"), ask=("size",))
        shop.content = content(intents=Catalogue({"cost": frames}, {"size": Form("size", (size,))}))
        await shop.say("cost")
        await shop.press("choice:size:1")
        assert (await shop.last()).text == "We have it"
        assert dict((await shop.conversation()).talk.answers) == {"size": "L"}


async def test_an_option_answers_only_its_own_question(tmp_path):
    async with open_shop(tmp_path) as shop:
        options = (Option("a", named("A")), Option("b", named("B")))
        fields = tuple(Field(each, named(each), "choice", options=options) for each in ("one", "two"))
        form = Intent("cost", named("Form"), answer=named("Done"), ask=("form",))
        shop.content = content(intents=Catalogue({"cost": form}, {"form": Form("form", fields)}))
        await shop.say("cost")
        for _ in range(2):
            await shop.press("choice:one:0")
        assert (await shop.last()).text == "two"
        await shop.press("choice:two:1")
        assert dict((await shop.conversation()).talk.answers) == {"one": "A", "two": "B"}


async def test_the_same_slot_twice_is_one_promise_and_ones_own_seat_is_no_obstacle(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(callbacks=replace(DESK.callbacks, per_slot=1))
        await shop.say("call me")
        slot = (await buttons(shop))[0]
        await shop.press(slot)
        agreed = (await shop.last()).text
        log = await shop.log(1)
        await shop.press(slot)
        assert (await shop.last()).text == agreed
        assert await shop.log(1) == log
        await shop.press("move")
        assert slot in await buttons(shop)
        await shop.say("call me", "w")
        assert slot not in await buttons(shop, "w")
