"""What a customer said is kept although the turn that it caused has failed."""

import pytest

from bot.dialog.acts import Done, Pressed, SharedContact, Started
from bot.dialog.conversation import Awaiting
from bot.dialog.messages import AuthorKind
from bot.dialog.phrases import Phrases
from tests.dialog.shop import content, online, open_shop, sender
from tests.dialog.wares import PHRASES_EN, Words


def broken(*texts):
    return content(ranker=Words(broken=set(texts)))


async def test_the_words_are_stored_the_customer_is_told_and_the_admin_sees_the_error(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = broken("poison")
        act = shop.wrote("poison")
        assert await shop.do(act) == Done(1)
        said, told = await shop.messages()
        assert (said.text, said.author.kind) == ("poison", AuthorKind.CUSTOMER)
        assert "something went wrong" in told.text
        assert [each.id for each in told.buttons] == ["handoff"]
        ((row, error),) = await shop.storage.inbox.parked()
        assert (row.source, row.payload) == ("dialog", {"act": "Wrote", "said": "poison"})
        assert error == "ZeroDivisionError: poison"
        assert await shop.do(act) == Done(1, repeated=True)
        assert len(await shop.storage.inbox.parked()) == 1


async def test_a_person_can_be_called_at_once(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = broken("poison")
        await online(shop, "anna")
        await shop.say("poison")
        await shop.press("handoff")
        assert [each.operator for each in await shop.tickets()] == ["anna"]


async def test_words_for_an_operator_reach_the_operator(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("person")
        await shop.press("wait")
        shop.content = broken("poison")
        await shop.say("poison")
        assert (await shop.last()).text == "poison"
        assert len(await shop.storage.inbox.parked()) == 1


async def test_a_question_that_fails_on_every_answer_is_given_up(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("status")
        shop.content = broken("123")
        await shop.say("123")
        assert (await shop.conversation()).talk.awaiting is Awaiting.NOTHING


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (Started(sender(), "key"), "/start"),
        (Pressed(sender(), "key", "helped:cost"), "Helped"),
        (SharedContact(sender(), "key", "+37129123456", own=True), "+37129123456"),
    ],
)
async def test_other_acts_of_customers_are_kept_as_well(tmp_path, act, said):
    async with open_shop(tmp_path) as shop:
        await shop.say("cost")
        mute = {key: text for key, text in PHRASES_EN.items() if key not in ("welcome", "glad", "phone_kept")}
        shop.content = content(phrases=Phrases({"en": mute}))
        await shop.do(act)
        assert [each.text for each in await shop.messages()][2] == said
        assert "something went wrong" in (await shop.last()).text


async def test_what_cannot_even_be_kept_is_told_to_the_sender(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = content(phrases=Phrases({"en": {}}))
        with pytest.raises(KeyError):
            await shop.say("cost")
        assert await shop.messages() == []
