"""The admin changes the content while people talk: nothing is stuck, nobody is lost."""

from dataclasses import replace
from datetime import timedelta

from bot.dialog.acts import Done, Refused, Swept
from bot.dialog.buttons import slot_id
from bot.dialog.conversation import Awaiting, Mode
from bot.dialog.operator_acts import Accept, Close, Declare, Promise, Say
from bot.dialog.orders import Introduce
from handoff.operators import Presence
from handoff.ticket import Offered, Queued, Result, Scheduled
from intents.intent import Catalogue
from kb.article import Article
from tests.dialog.shop import DESK, OPERATORS, SKILLS, content, desk, online, open_shop
from tests.dialog.wares import FORMS, INTENTS, Shelf

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def without(*intents, forms=FORMS):
    return content(intents=Catalogue({each.id: each for each in INTENTS if each.id not in intents}, forms))


ONLY_OLGA = desk(operators={"olga": OPERATORS["olga"]})
LEFT = {each.id: replace(each, skill="general") if each.skill == "workshop" else each for each in INTENTS}
NO_WORKSHOP = content(
    desk=replace(DESK, skills={each: SKILLS[each] for each in ("general", "delivery")}),
    intents=Catalogue(LEFT, FORMS),
)


async def test_talks_of_an_operator_who_left_the_team_go_back_to_the_queue_at_the_sweep(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        await shop.say("person")
        await shop.do(Accept("anna", 1))
        await shop.say("person", "w")
        asked = (await shop.ticket(1)).asked
        shop.content = ONLY_OLGA
        await online(shop, "olga")
        assert await shop.do(Swept()) == Done()
        first, second = await shop.ticket(1), await shop.ticket(2)
        assert (first.state, first.asked) == (Offered("olga", shop.now + timedelta(seconds=60)), asked)
        assert isinstance(second.state, Queued)
        assert "had to leave" in (await shop.last()).text
        assert (await shop.conversation()).shown.mode is Mode.QUEUED


async def test_an_offer_to_an_operator_who_left_the_team_lapses_without_a_sweep(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        await shop.say("person")
        shop.content = ONLY_OLGA
        await online(shop, "olga")
        await shop.move(timedelta(seconds=60))
        assert (await shop.ticket(1)).operator == "olga"


async def test_the_grace_of_an_operator_who_left_the_team_ends_quietly(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        await shop.say("person")
        await shop.do(Accept("anna", 1))
        await shop.do(Declare("anna", Presence.OFFLINE))
        shop.content = ONLY_OLGA
        await shop.move(timedelta(minutes=2))
        assert await shop.alarms() == {}
        await shop.do(Swept())
        assert isinstance((await shop.ticket(1)).state, Queued)


async def test_the_customer_is_refused_by_nobody_when_the_holder_left_the_team(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna", "olga")
        await shop.say("person")
        await shop.do(Accept("anna", 1))
        shop.content = ONLY_OLGA
        refusal = await shop.do(Say("olga", "v", "k", "I take over"))
        assert refusal == Refused("unauthorized", "The customer is talking with anna.")
        refusal = await shop.do(Accept("olga", 1))
        assert refusal == Refused("unauthorized", "Ticket #1 is with anna.")
        refusal = await shop.do(Close("olga", 1))
        assert isinstance(refusal, Refused)
        assert await shop.say("hello?") == Done(4)


async def test_a_ticket_of_a_skill_that_is_gone_moves_to_the_first_skill(tmp_path, caplog):
    async with open_shop(tmp_path) as shop:
        await shop.say("repair")
        await shop.say("person")
        await shop.press("wait")
        assert (await shop.ticket(1)).skill == "workshop"
        shop.content = NO_WORKSHOP
        await online(shop, "anna")
        await shop.do(Swept())
        ticket = await shop.ticket(1)
        assert (ticket.skill, ticket.operator) == ("general", "anna")
        assert "workshop, which is gone" in caplog.text
        assert any(isinstance(each, Introduce) for each in await shop.orders("group:general"))


async def test_a_callback_of_a_skill_that_is_gone_is_kept_moved_and_made(tmp_path):
    async with open_shop(tmp_path) as shop:
        for who in ("v", "w"):
            await shop.say("repair", who)
            await shop.say("stop", who)
            await shop.say("call me", who)
            slots = [each.id for each in (await shop.last(who)).buttons if each.id.startswith("slot:")]
            await shop.press(slots[0], who)
        assert {(await shop.ticket(each)).skill for each in (1, 2)} == {"workshop"}
        shop.content = NO_WORKSHOP
        await shop.press(slots[2])
        assert (await shop.ticket(1)).skill == "general"
        await online(shop, "anna")
        await shop.move(timedelta(minutes=30))
        assert ((await shop.ticket(2)).skill, (await shop.ticket(2)).operator) == ("general", "anna")


async def test_a_callback_is_closed_although_its_skill_went_while_it_was_made(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("repair")
        await shop.say("stop")
        await shop.say("call me")
        await shop.press(next(each.id for each in (await shop.last()).buttons if each.id.startswith("slot:")))
        await online(shop, "olga")
        await shop.move(timedelta(minutes=30))
        await shop.do(Accept("olga", 1))
        shop.content = NO_WORKSHOP
        assert await shop.do(Close("olga", 1, result=Result.NO_ANSWER)) == Done()
        assert isinstance((await shop.ticket(1)).state, Scheduled)


async def mended(shop, at):
    """A callback of the workshop is promised for then."""
    await shop.say("repair")
    await shop.say("stop")
    await shop.say("call me")
    for button in (f"day:{at:%Y-%m-%d}:0", slot_id(at)):
        await shop.press(button)


async def seats(shop):
    async with shop.read() as tx:
        return {skill: [each.start for each in await tx.seats(skill, shop.now, shop.now + DAY)] for skill in SKILLS}


async def test_a_callback_that_is_put_off_after_its_skill_is_gone_takes_a_seat_where_it_is_at_home_now(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.now += timedelta(hours=5)  # 17:00 in Riga
        await mended(shop, shop.now + 3 * HOUR + timedelta(minutes=30))  # the last time before the window ends
        await shop.move(4 * HOUR - timedelta(minutes=1))
        shop.content = NO_WORKSHOP
        await shop.move(timedelta(minutes=1))
        ticket = await shop.ticket(1)
        tomorrow = shop.now + 12 * HOUR
        assert (ticket.skill, ticket.state) == ("general", Scheduled(tomorrow))
        assert await seats(shop) == {"general": [tomorrow], "delivery": [], "workshop": []}


async def test_a_call_that_is_asked_for_later_after_its_skill_is_gone_takes_a_seat_where_it_is_at_home_now(tmp_path):
    async with open_shop(tmp_path) as shop:
        await mended(shop, shop.now + HOUR)
        await online(shop, "olga")
        await shop.move(HOUR)
        await shop.do(Accept("olga", 1))
        shop.content = NO_WORKSHOP
        later = shop.now + 2 * HOUR
        assert await shop.do(Promise("olga", 1, at=later)) == Done()
        ticket = await shop.ticket(1)
        assert (ticket.skill, ticket.state) == ("general", Scheduled(later))
        assert await seats(shop) == {"general": [later], "delivery": [], "workshop": []}


async def test_a_callback_that_comes_due_after_its_skill_is_gone_is_shown_to_those_who_can_have_it(tmp_path):
    async with open_shop(tmp_path) as shop:
        await mended(shop, shop.now + HOUR)
        shop.content = NO_WORKSHOP
        await shop.move(HOUR)
        assert (await shop.ticket(1)).skill == "general"
        assert [each for each in await shop.orders("group:workshop") if isinstance(each, Introduce)] == []
        assert [each.ticket for each in await shop.orders("group:general") if isinstance(each, Introduce)] == [1]


async def test_a_choice_that_was_offered_for_a_skill_that_is_gone_still_works(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("repair")
        await shop.say("person")
        shop.content = NO_WORKSHOP
        await shop.press("wait")
        assert [each.skill for each in await shop.tickets()] == ["general"]


async def test_a_form_whose_intent_is_gone_is_given_up_and_the_words_are_a_question(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("status")
        shop.content = without("status")
        await shop.say("cost")
        assert (await shop.last()).text == "It costs 3"
        assert (await shop.conversation()).talk.awaiting is Awaiting.NOTHING


async def test_a_form_that_was_rewritten_is_given_up(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("repair")
        forms = FORMS | {"repair": replace(FORMS["repair"], fields=FORMS["repair"].fields[1:])}
        shop.content = without(forms=forms)
        await shop.press("choice:kind:0")
        assert "nothing to change" in (await shop.last()).text
        await shop.say("repair")
        assert (await shop.last()).text == "What is wrong?"


async def test_an_option_that_is_gone_is_asked_for_again(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("repair")
        kind, *others = FORMS["repair"].fields
        forms = FORMS | {"repair": replace(FORMS["repair"], fields=(replace(kind, options=()), *others))}
        shop.content = without(forms=forms)
        await shop.press("choice:kind:0")
        assert (await shop.last()).text == "Which kind?"


async def test_buttons_of_what_is_gone_say_so(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = content(library=Shelf({"chain": Article("chain", "en", "chain", "Oil it.")}))
        await shop.say("about my chain")
        await shop.say("delivery")
        await shop.say("language")
        shop.content = replace(without("cost"), desk=replace(DESK, locales=("en",)))
        for button in ("article:chain", "intent:cost", "lang:ru"):
            await shop.press(button)
            assert "no longer valid" in (await shop.last()).text, button
        assert not (await shop.conversation()).locale_chosen


async def test_an_answer_that_no_longer_exists_can_still_be_judged(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("cost")
        shop.content = without("cost")
        await shop.press("unhelped:cost")
        assert "What would you like?" in (await shop.last()).text


async def test_a_customer_whose_language_is_gone_is_spoken_to_in_the_first(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("сколько")
        assert (await shop.last()).text == "It costs 3 по-русски"
        shop.content = desk(locales=("en",))
        await shop.say("time")
        assert (await shop.last()).text == "It takes a day"


async def test_where_operators_sit_is_said_by_the_version_that_the_turn_is_on(tmp_path):
    async with open_shop(tmp_path) as shop:
        moved = replace(DESK, skills={each: replace(skill, chat=-7) for each, skill in SKILLS.items()})
        asked = []

        def venue(desk, skill):
            asked.append(desk)
            shop.content = content(desk=moved)  # a save in the middle of the turn
            return f"group:{skill}"

        shop.service._tools = replace(shop._tools, operators_venue=venue)
        await online(shop, "anna")
        await shop.say("person")
        assert len(asked) > 1
        assert {id(each) for each in asked} == {id(DESK)}


async def test_a_batch_asks_for_the_content_once_however_much_it_does(tmp_path):
    async with open_shop(tmp_path) as shop:
        asked = []

        def served():
            asked.append(shop.service.batches)
            return shop.content

        shop.service._content = served
        await online(shop, "anna")
        await shop.all([shop.wrote("cost", "v"), shop.wrote("person", "w"), shop.wrote("repair", "u")])
        await shop.press("intent:time")
        await shop.do(Accept("anna", 1))
        await shop.do(Swept())
        assert asked == list(range(shop.service.batches))


async def test_who_chose_a_language_that_is_gone_is_followed_like_anybody(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(locales=("en", "ru", "lv"))
        await shop.say("language")
        await shop.press("lang:lv")
        await shop.say("сколько")
        assert (await shop.conversation()).locale == "lv"
        shop.content = desk(locales=("en", "ru"))
        await shop.say("сколько")
        assert (await shop.conversation()).locale == "ru"
