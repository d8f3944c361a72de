"""A visitor who was forgotten: no page of theirs comes back to what was, and each begins anew."""

import pytest

from bot.web import desk_gateway, gateway
from tests.web.at_desk import desk_with_talk
from tests.web.stage import serving

BEGIN_ANEW = {
    "type": "error",
    "code": "unauthorized",
    "message": "The token is not valid here. Begin anew without one.",
    "id": None,
    "retry_s": None,
}


async def test_the_token_of_somebody_who_was_forgotten_is_refused_and_another_is_not():
    async with serving() as front:
        _, welcome = await front.talker("раз")
        _, fresh = await front.visitor()
        front.memory.forget(welcome["conversation"])
        peer, error = await front.visitor(welcome["token"])
        assert error == BEGIN_ANEW
        assert (await peer.get())["closed"] == 1008
        _, again = await front.visitor(fresh["token"])
        assert again["conversation"] == fresh["conversation"], "who has said nothing yet has nothing to be forgotten"


async def test_a_page_that_is_open_is_told_within_seconds(monkeypatch):
    monkeypatch.setattr(gateway, "SWEEP", 0.01)
    async with serving() as front:
        one, welcome = await front.talker("раз")
        two, _ = await front.visitor(welcome["token"], seen=1)
        other, _ = await front.talker("два")
        front.memory.forget(welcome["conversation"])
        for peer in (one, two):
            assert await peer.until("error") == BEGIN_ANEW
            assert (await peer.get())["closed"] == 1008
        assert await other.silence() == []


@pytest.mark.parametrize(
    "frame", [{"type": "message", "id": "2", "text": "два"}, {"type": "press", "id": "2", "button": "x"}]
)
async def test_what_a_page_sends_before_it_knows_is_kept_by_it_for_a_new_beginning(frame):
    async with serving() as front:
        peer, welcome = await front.talker("раз")
        front.memory.forget(welcome["conversation"])
        await peer.send(**frame)
        assert await peer.until("error") == BEGIN_ANEW, "not about this frame, which is sent again"
        assert (await peer.get())["closed"] == 1008
        assert front.memory.conversations_kept == {}


async def test_an_open_talk_at_the_desk_is_closed(monkeypatch):
    monkeypatch.setattr(desk_gateway, "SWEEP", 0.01)
    async with serving() as front:
        _, conversation, peer = await desk_with_talk(front, "раз")
        front.memory.tickets.clear()
        front.memory.forget(conversation)
        assert await peer.until("gone") == {"type": "gone", "conversation": conversation}
        await peer.send(type="open", id="1", conversation=conversation)
        assert (await peer.until("error"))["code"] == "not_found"
