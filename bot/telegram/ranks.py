"""Ranks: what goes first when more waits for a group than Telegram lets through."""

from enum import IntEnum
from typing import Final

from bot.dialog.orders import (
    Announce,
    HideMessage,
    Introduce,
    MarkFailed,
    Notice,
    Order,
    Post,
    RefreshTopic,
    RelayEdit,
    RelayMessage,
    SettleOffer,
    SettleTake,
    ShowEdit,
    ShowMessage,
    ShowOffer,
    ShowTake,
    TellOperator,
)


class Rank(IntEnum):
    """The lower the number, the sooner."""

    URGENT = 0  # somebody of the team waits for it, or is about to
    WORDS = 1  # of customers, and of colleagues at the local desk
    CARDS = 2
    TITLES = 3
    NOTES = 4


LEAVE: Final = {Rank.URGENT: 0, Rank.WORDS: 2, Rank.CARDS: 2, Rank.TITLES: 3, Rank.NOTES: 3}
"""How many posts of the burst each leaves to what is more urgent, so that an offer never finds it used up."""


def rank_of(order: Order) -> Rank:
    """The order's own rank; what waits behind it may raise it."""
    match order:
        case ShowOffer() | SettleOffer() | ShowTake() | SettleTake() | MarkFailed() | Post() | Notice():
            return Rank.URGENT
        case RelayMessage() | RelayEdit() | ShowMessage() | ShowEdit() | HideMessage() | TellOperator():
            return Rank.WORDS
        case Introduce():
            return Rank.CARDS
        case RefreshTopic():
            return Rank.TITLES
        case Announce():
            return Rank.NOTES
