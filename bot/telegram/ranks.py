"""Ranks: what goes first when more waits for a group than Telegram lets through."""

from collections.abc import Mapping
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
    RemoveTopic,
    SettleOffer,
    SettleTake,
    ShowBoard,
    ShowButtons,
    ShowEdit,
    ShowFile,
    ShowMessage,
    ShowOffer,
    ShowTake,
    TellOperator,
)


class Rank(IntEnum):
    """The lower the number, the sooner."""

    URGENT = 0  # offers, with the topics that they need
    ANSWERS = 1  # to commands, and notices
    TEAM = 2  # what became of an offer or of words, the rest of a card whose topic is there
    WORDS = 3  # of customers, and of colleagues at the local desk
    CARDS = 4
    TITLES = 5
    NOTES = 6
    BOARD = 7


LEAVE: Final = {
    Rank.URGENT: 0,
    Rank.ANSWERS: 1,
    Rank.TEAM: 1,
    Rank.WORDS: 1,
    Rank.CARDS: 1,
    Rank.TITLES: 2,
    Rank.NOTES: 2,
    Rank.BOARD: 2,
}
"""How many posts of the burst each leaves to others: only another offer can have used up what an offer finds."""


_RANKS: Final[Mapping[type[Order], Rank]] = {
    ShowOffer: Rank.URGENT,
    ShowTake: Rank.URGENT,
    Post: Rank.ANSWERS,
    Notice: Rank.ANSWERS,
    SettleOffer: Rank.TEAM,
    SettleTake: Rank.TEAM,
    ShowButtons: Rank.TEAM,
    MarkFailed: Rank.TEAM,
    RelayMessage: Rank.WORDS,
    RelayEdit: Rank.WORDS,
    ShowMessage: Rank.WORDS,
    ShowFile: Rank.WORDS,
    ShowEdit: Rank.WORDS,
    HideMessage: Rank.WORDS,
    TellOperator: Rank.WORDS,
    Introduce: Rank.CARDS,
    RefreshTopic: Rank.TITLES,
    RemoveTopic: Rank.TITLES,
    Announce: Rank.NOTES,
    ShowBoard: Rank.BOARD,
}


def rank_of(order: Order) -> Rank:
    """The order's own rank; what waits behind it may raise it."""
    return _RANKS[type(order)]
