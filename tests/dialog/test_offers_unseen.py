"""Offers that the operators could not see, because their group could not be reached."""

from datetime import timedelta

from handoff.operators import Presence
from handoff.ticket import Offered
from tests.dialog.shop import online, open_shop

GROUP = "group:general"


async def fails(shop):
    """What goes to the group does not arrive."""
    row = (await shop.storage.outbox.head(GROUP, shop.now))[0]
    await shop.storage.outbox.wait(GROUP, shop.now, "network is down", row.id)


async def presence(shop):
    async with shop.read() as tx:
        return {each.operator: each.presence for each in await tx.duties()}["anna"]


async def test_nobody_has_missed_an_offer_that_could_not_be_shown(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        await shop.say("person")
        await fails(shop)
        await shop.move(timedelta(minutes=5))
        assert await presence(shop) is Presence.ONLINE
        assert isinstance((await shop.ticket(1)).state, Offered)


async def test_offers_are_missed_again_as_soon_as_the_group_is_reached(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        await shop.say("person")
        await fails(shop)
        await shop.move(timedelta(seconds=90))
        rows = await shop.storage.outbox.head(GROUP, shop.now, 99)
        await shop.storage.outbox.sent([each.id for each in rows])
        await shop.move(timedelta(minutes=3))
        assert await presence(shop) is Presence.PAUSED
