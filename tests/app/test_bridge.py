"""The link from the site into Telegram: what Telegram lets through, and nobody else can make."""

import re
from datetime import UTC, datetime
from uuid import UUID

import pytest

from bot.bridge import Bridge

UNTIL = datetime(2026, 5, 6, 9, 30, tzinfo=UTC)
ID = UUID(int=0xC0FFEE << 96).hex


def payload(bridge: Bridge, conversation: str) -> str:
    link = bridge.link(conversation, UNTIL)
    assert link is not None
    address, payload = link.split("=")
    assert address == "https://t.me/shop_bot?start"
    return payload


@pytest.mark.parametrize("conversation", [ID, "v", "x" * 32, "чат", "conversation-1-16"])
def test_what_the_link_says_is_read_again(conversation):
    bridge = Bridge("secret", "shop_bot")
    assert bridge.read(payload(bridge, conversation)) == (conversation, UNTIL)


def test_telegram_lets_the_code_through():
    assert re.fullmatch("[A-Za-z0-9_-]{1,64}", payload(Bridge("secret", "shop_bot"), ID))


def test_there_is_no_link_before_the_bot_is_known():
    assert Bridge("secret").link(ID, UNTIL) is None


def test_nobody_else_can_make_or_change_one():
    ours = payload(Bridge("secret", "shop_bot"), ID)
    bridge = Bridge("secret", "shop_bot")
    wrong = [ours[:-1], ours[:20] + ("A" if ours[20] != "A" else "B") + ours[21:], ours.removeprefix("talk_")]
    wrong += [payload(Bridge("another", "shop_bot"), ID), "talk_", "talk_A", "talk_ü", "join_" + ours, ""]
    assert [bridge.read(each) for each in wrong] == [None] * len(wrong)


def test_what_was_added_to_a_code_makes_it_another_one():
    bridge = Bridge("secret", "shop_bot")
    assert bridge.read(payload(bridge, ID) + "AAAA") is None
