"""Orders to the operators' group: each finds the one who carries it out."""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import EditMessageReplyMarkup, SendMessage
from aiogram.types import ReplyParameters
from aiogram.utils.formatting import Pre, Text

from bot.dialog.messages import AuthorKind
from bot.dialog.orders import (
    Announce,
    Introduce,
    MarkFailed,
    Notice,
    Post,
    RefreshTopic,
    RelayEdit,
    RelayMessage,
    RemoveTopic,
    SettleOffer,
    SettleTake,
    ShowBoard,
    ShowButtons,
    ShowOffer,
    ShowTake,
    TellOperator,
    ToOperators,
)
from bot.dialog.topics import TopicState
from bot.telegram import keyboards
from bot.telegram.board import Board
from bot.telegram.cases import Case, case_of
from bot.telegram.faults import Fault, fault_of
from bot.telegram.forum import Forum
from bot.telegram.groups import Groups
from bot.telegram.line import Line
from bot.telegram.notices import Notices
from bot.telegram.offer_posts import OfferPosts
from bot.telegram.offering import Offering
from bot.telegram.relaying import Relay
from bot.telegram.surroundings import Surroundings
from bot.telegram.taking import Taking
from bot.telegram.texts import TEXT_LIMIT, cut

FILES_SHOWN = 5  # messages of the transcript whose files are copied into the topic


class ToGroup:
    """Carries out orders to a group, one after another."""

    def __init__(self, around: Surroundings, groups: Groups, line: Line) -> None:
        self._around, self._line = around, line
        self._forum = Forum(around, groups, line)
        self._relay = Relay(around, groups, self._forum, line)
        posts = OfferPosts(around, self._forum, line)
        self._offering, self._taking = Offering(around, posts, line), Taking(around, posts)
        self._notices = Notices(around, line)
        self._board = Board(around, line)

    async def relay(self, orders: Sequence[RelayMessage], chat: int) -> int:
        """Words, as many in one post as it can hold; returns how many of the orders are carried out."""
        return await self._relay.together(orders, chat)

    async def carry_out(self, order: ToOperators, chat: int) -> None:
        """Raises what Telegram refuses, as aiogram raises it, and GroupUnfitError."""
        match order:
            case RelayMessage() | RelayEdit() | Announce() | MarkFailed():
                await self._talk(order, chat)
            case ShowOffer() | SettleOffer() | TellOperator() | ShowTake() | SettleTake():
                await self._operator(order, chat)
            case Introduce() | RefreshTopic():
                await self._about(order, chat)
            case RemoveTopic():
                await self._forum.remove(chat, order.thread)
            case Post() | ShowButtons():
                await self._answer(order, chat)
            case Notice():
                await self._notices.show(order, chat)
            case ShowBoard():
                await self._board.show(chat)
            case _ as never:
                assert_never(never)

    async def _talk(self, order: RelayMessage | RelayEdit | Announce | MarkFailed, chat: int) -> None:
        match order:
            case RelayMessage():
                await self._relay.message(order, chat)
            case RelayEdit():
                await self._relay.edit(order, chat)
            case Announce():
                await self._relay.announce(order, chat)
            case MarkFailed():
                await self._relay.failed(order, chat)

    async def _operator(self, order: ShowOffer | SettleOffer | TellOperator | ShowTake | SettleTake, chat: int) -> None:
        match order:
            case ShowOffer():
                await self._offering.show(order, chat)
            case SettleOffer():
                await self._offering.settle(order, chat)
            case TellOperator():
                await self._offering.tell(order, chat)
            case ShowTake():
                await self._taking.show(order, chat)
            case SettleTake():
                await self._taking.settle(order, chat)

    async def _answer(self, order: Post | ShowButtons, chat: int) -> None:
        """An answer to a command or a button, where it was given; also in private."""
        if isinstance(order, ShowButtons):
            markup = keyboards.drawn(order.buttons)
            method = EditMessageReplyMarkup(chat_id=chat, message_id=order.message, reply_markup=markup)
            await self._line.change(chat, method)
        else:
            await self._post(order, chat)

    async def _post(self, order: Post, chat: int) -> None:
        reply = ReplyParameters(message_id=order.reply_to, allow_sending_without_reply=True) if order.reply_to else None
        text, _ = next(cut(order.text, (), TEXT_LIMIT))
        said = Text(text, *(("\n", Pre(order.chart)) if order.chart else ()))
        method = SendMessage(
            chat_id=chat,
            message_thread_id=order.thread,
            reply_parameters=reply,
            reply_markup=keyboards.drawn(order.buttons),
            **said.as_kwargs(),
        )
        try:
            await self._line.send(chat, method)
        except TelegramBadRequest as error:
            if fault_of(error) is not Fault.TOPIC_CLOSED or order.thread is None:
                raise
            await self._forum.say_in_closed(chat, order.thread, method)

    async def _about(self, order: Introduce | RefreshTopic, chat: int) -> None:
        async with self._around.ports.store.read() as tx:
            ticket = await tx.ticket(order.ticket)
        left = order.conversation if isinstance(order, RefreshTopic) else ""
        case = (
            await case_of(self._around, left or ticket.conversation, None if left else order.ticket) if ticket else None
        )
        if case is None:
            return
        match order:
            case Introduce(upto=upto):
                await self._introduce(case, chat, upto)
            case RefreshTopic():
                topic = await self._around.ports.topics.find(case.conversation.id, chat)
                if topic is not None and topic.state is not TopicState.GONE:
                    await self._forum.refresh(self._what_goes_on(case, chat), topic)

    def _what_goes_on(self, case: Case, chat: int) -> Case:
        """In the topic of a ticket that is over another one may wait."""
        here = [each for each in case.open if self._around.chat_of(each.skill) == chat]
        return replace(case, ticket=here[-1]) if here and case.ticket and not case.ticket.open else case

    async def _introduce(self, case: Case, chat: int, upto: int) -> None:
        await self._forum.introduce(case, chat, upto)
        since = case.earlier.at if case.earlier else None
        said = [each for each in case.messages if each.seq <= upto and (since is None or each.at > since)]
        files = [each for each in said if each.attachments and each.author.kind is AuthorKind.CUSTOMER]
        for message in files[-FILES_SHOWN:]:
            self._line.give_way(chat)
            await self._relay.message(RelayMessage(message.conversation, message.seq), chat)
