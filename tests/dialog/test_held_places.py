"""A place that is kept, in the corners: an offer that is out, a skill that is gone, a late bell, a long way back."""

from datetime import timedelta

from bot.dialog.acts import Present, Swept
from bot.dialog.operator_acts import Accept, Close, Declare, Take
from bot.dialog.records import Changes
from handoff.operators import Presence
from handoff.ticket import Active, Kept, Offered, Queued
from tests.dialog.shop import OPERATORS, SKILLS, Shop, desk, online, open_shop
from tests.dialog.wares import PHRASES_EN

MINUTE = timedelta(minutes=1)


async def kept(shop: Shop, who: str = "v") -> int:
    """A customer whose place is kept while nobody is there; the ticket's number."""
    await shop.say("person", who)
    await shop.press("hold", who)
    return (await shop.tickets(who))[0].number


async def asked_in_vain(shop: Shop, who: str = "v") -> int:
    number = await kept(shop, who)
    await online(shop, "anna")
    for _ in range(3):
        await shop.do(Present(who))
        await shop.move(3 * MINUTE)
    return number


async def test_a_place_kept_while_the_offer_is_out_takes_the_offer_back_and_asks_at_once(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        await shop.say("person")
        assert isinstance((await shop.ticket(1)).state, Offered)
        await shop.press("hold")
        assert (await shop.ticket(1)).kept == Kept(asked=shop.now + 3 * MINUTE, reached=False)
        assert ("offer", "1") not in await shop.alarms()
        assert (await shop.last()).text == "It is your turn. Are you ready to talk to a colleague?"


async def test_who_talks_already_has_no_place_to_keep(tmp_path):
    async with open_shop(tmp_path) as shop:
        await kept(shop)
        await online(shop, "anna")
        await shop.do(Take("anna", 1))
        assert (await shop.ticket(1)).state == Active("anna")
        assert ("kept", "1") not in await shop.alarms()
        said = (await shop.last()).text
        for button in ("hold", "ready:yes", "ready:later"):
            await shop.press(button)
        assert (await shop.messages())[-4].text == said  # three presses, and no answer to any


async def test_presses_that_come_late_are_told_so(tmp_path):
    async with open_shop(tmp_path) as shop:
        number = await asked_in_vain(shop)
        assert not (await shop.ticket(number)).open
        for button in ("ready:yes", "ready:later", "ready:cancel"):
            await shop.press(button)
            assert (await shop.last()).text == PHRASES_EN["nothing_to_change"]
        await shop.press(f"rejoin:{number}")
        await shop.press("ready:yes")
        assert (await shop.last()).text.startswith("You are already in the queue")


async def test_one_press_brings_back_the_old_place_and_after_a_day_a_new_one(tmp_path):
    async with open_shop(tmp_path) as shop:
        asked = shop.now
        number = await asked_in_vain(shop)
        await shop.press(f"rejoin:{number}")
        [again] = await shop.tickets()
        assert (again.asked, again.brief.why) == (asked, "asked")
        await shop.press(f"leave:{again.number}")
        number = await asked_in_vain(shop, "w")
        await shop.move(timedelta(days=2))
        await shop.press(f"rejoin:{number}", "w")
        [again] = await shop.tickets("w")
        assert again.asked == shop.now


async def test_only_a_place_that_was_given_up_can_be_had_back(tmp_path):
    async with open_shop(tmp_path) as shop:
        number = await asked_in_vain(shop)
        await shop.say("call me")
        shop.content = desk(skills={"delivery": SKILLS["delivery"]})
        await shop.press(f"rejoin:{number}")
        [again] = await shop.tickets()
        assert again.skill == "delivery"
        await shop.press(f"rejoin:{number}", "w")
        assert await shop.tickets("w") == []


async def test_a_kept_place_outlives_its_skill(tmp_path):
    async with open_shop(tmp_path) as shop:
        number = await kept(shop)
        shop.content = desk(skills={"workshop": SKILLS["workshop"]}, operators=OPERATORS)
        await shop.do(Swept())
        ticket = await shop.ticket(number)
        assert (ticket.skill, ticket.kept) == ("workshop", Kept())


async def test_a_start_sets_the_bell_again_and_an_early_bell_changes_nothing(tmp_path):
    async with open_shop(tmp_path) as shop:
        number = await kept(shop)
        await shop.ring("kept", number)  # nobody asked for it
        await online(shop, "anna")
        due = shop.now + 3 * MINUTE
        await shop.ring("kept", number)
        assert (await shop.alarms())[("kept", str(number))] == due
        async with shop.storage.work.begin() as tx:
            await tx.save(Changes(alarms={("kept", str(number)): None}))
        await shop.do(Swept())
        assert (await shop.alarms())[("kept", str(number))] == due
        assert (await shop.ticket(number)).kept == Kept(asked=due, reached=False)


async def test_a_rest_ends_with_the_question_when_the_turn_has_come_and_silently_when_not(tmp_path):
    async with open_shop(tmp_path) as shop:
        number = await kept(shop)
        await online(shop, "anna")
        await shop.press("ready:later")
        assert (await shop.ticket(number)).kept == Kept(rests=shop.now + 10 * MINUTE)
        await shop.do(Declare("anna", Presence.PAUSED))
        count = len(await shop.messages())
        await shop.move(11 * MINUTE)
        assert len(await shop.messages()) == count
        await online(shop, "anna")
        assert (await shop.last()).text.startswith("It is your turn")


async def test_places_are_not_told_to_who_is_elsewhere(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "olga")
        for who in "ab":
            await shop.say("person", who)
        await kept(shop)
        count = len(await shop.messages())
        await shop.do(Accept("olga", 1))
        await shop.move(2 * MINUTE)
        assert len(await shop.messages()) == count
        assert (await shop.conversation()).shown.position == 2
        await shop.say("cost")  # for whoever takes it; that is not to say that they wait
        assert (await shop.ticket(3)).kept == Kept()
        count += 1
        await shop.do(Close("olga", 1))
        await shop.move(2 * MINUTE)
        assert isinstance((await shop.ticket(3)).state, Queued)
        assert len(await shop.messages()) == count
