"""The desk's socket: the acts of an operator who works in the browser."""

import logging
from asyncio import TaskGroup
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import assert_never

from aiohttp import WSCloseCode, WSMsgType, web

from bot.dialog import acts, operator_acts
from bot.dialog.content import Content
from bot.dialog.errors import DialogError
from bot.dialog.messages import Author, AuthorKind
from bot.dialog.ports import Files
from bot.web import desk_asks as asks
from bot.web.desk_door import whose_session
from bot.web.desk_gateway import DeskGateway, Sitting
from bot.web.desk_search import found
from bot.web.desk_view import locale_of
from bot.web.desk_wire import Found, Okay
from bot.web.errors import BadFrameError, NotFoundError, TooLongError, UnauthorizedError, WebError
from bot.web.service import Service, ask
from bot.web.sockets import Line, new_socket
from bot.web.wire import TEXT_LIMIT, Failure, encode
from handoff.desk import Operator, titled

_log = logging.getLogger(__name__)

COOKIE = "frontline_desk"

_Passing = asks.TransferTicket | asks.AssignTicket | asks.MergeTicket
_OfTicket = asks.OnTicket | asks.CloseTicket | asks.HoldTicket | asks.PromiseCall | _Passing
_Acting = _OfTicket | asks.SayWords | asks.WriteNote | asks.BarCustomer | asks.DeclarePresence | asks.TakeAtOnce


@dataclass(frozen=True, slots=True)
class DeskEntrance:
    """Where operators come in: everything that all of their connections share."""

    service: Service
    gateway: DeskGateway
    secret: str
    origins: frozenset[str]
    content: Callable[[], Content]
    clock: Callable[[], datetime]
    tasks: TaskGroup
    files: Files
    lines: set[Line] = field(default_factory=set)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One connection, to its end. Only pages of ours may open it."""
        if request.headers.get("Origin") not in self.origins:
            raise web.HTTPForbidden(text="The desk can be opened only from its own address.\n")
        socket = new_socket()
        await socket.prepare(request)
        line = Line(socket, request.transport, self.tasks)
        self.lines.add(line)
        try:
            sitting = Sitting(line, self.who(request), languages_of(request))
            await _Connection(self, socket, sitting).run(request)
        except UnauthorizedError as error:
            line.push(encode(error.frame()))
            await line.close(WSCloseCode.POLICY_VIOLATION, error.code)
        finally:
            line.open = False
            self.lines.discard(line)
        return socket

    def who(self, request: web.Request) -> str:
        """The operator whose session it is. Raises UnauthorizedError."""
        operator = whose_session(self.secret, request.cookies.get(COOKIE, ""), self.clock())
        if operator not in self.content().desk.operators:
            raise UnauthorizedError("The session", "This operator is no longer on the team.")
        return operator


class _Connection:
    """One operator's socket. Acts are done one after the other."""

    def __init__(self, entrance: DeskEntrance, socket: web.WebSocketResponse, sitting: Sitting) -> None:
        self._entrance, self._socket, self._sitting = entrance, socket, sitting
        self._line, self._operator = sitting.line, sitting.operator

    async def run(self, request: web.Request) -> None:
        """Do what frames ask for, to the end of the connection. Raises UnauthorizedError when the session is over."""
        self._entrance.gateway.sit_down(self._sitting)
        try:
            while self._line.open:
                message = await self._socket.receive()
                if message.type not in {WSMsgType.TEXT, WSMsgType.BINARY}:
                    return
                self._entrance.who(request)
                await self._take(message.data)
        finally:
            self._entrance.gateway.stand_up(self._sitting)

    async def _take(self, raw: str | bytes) -> None:
        """One frame, and its `ok` or `error`."""
        frame: asks.DeskFrame | None = None
        try:
            frame = _parsed(raw)
            await self._handle(frame)
        except WebError as error:
            self._line.push(encode(error.frame(getattr(frame, "id", None))))
        except DialogError as error:
            _log.warning("An operator's act was not done: %s", error)
            await self._line.close(WSCloseCode.TRY_AGAIN_LATER, "come again in a moment")

    async def _handle(self, frame: asks.DeskFrame) -> None:
        match frame:
            case asks.Open():
                content = self._entrance.content()
                self._me(content)
                found = await self._entrance.gateway.open(self._sitting, frame.conversation, content)
                missing = acts.Refused("not_found", "There is no such talk.")
                self._answer(frame.id, acts.Done() if found else missing)
            case asks.OperatorTyping():
                self._typing()
            case asks.OperatorRead():
                if self._sitting.talk:
                    seen = operator_acts.SeenByOperator(self._operator, self._sitting.talk.id, frame.seq)
                    await ask(self._entrance.service, seen, self._sitting.talk.id)
            case asks.Find():
                self._line.push(encode(self._found(frame)))
            case asks.Canned() | asks.Earlier() | asks.History():
                content = self._entrance.content()
                self._me(content)
                self._line.push(encode(await self._entrance.gateway.read(self._sitting, frame, content)))
            case _:
                talk = self._sitting.talk.id if self._sitting.talk else ""
                act = replace(self._act_of(frame), locale=self._locale(self._entrance.content()))
                self._answer(frame.id, await ask(self._entrance.service, act, talk))
                if isinstance(frame, asks.WriteNote):
                    self._entrance.gateway.refresh_soon()

    def _act_of(self, frame: _Acting) -> operator_acts.OperatorAct:
        """The frame as an act of this operator. Raises WebError for texts that cannot be sent."""
        me = self._operator
        match frame:
            case asks.SayWords():
                return self._saying(frame)
            case asks.WriteNote():
                return operator_acts.Note(me, frame.conversation, _sendable(frame.text))
            case asks.BarCustomer():
                return operator_acts.Bar(me, frame.conversation, frame.on)
            case asks.DeclarePresence(minutes=minutes):
                until = self._entrance.clock() + timedelta(minutes=minutes) if minutes else None
                return operator_acts.Declare(me, frame.presence, until)
            case asks.TakeAtOnce():
                return operator_acts.SetCapacity(me, frame.capacity)
            case _:
                return _of_ticket(me, frame)

    def _saying(self, frame: asks.SayWords) -> operator_acts.Say:
        if frame.file is None:
            return operator_acts.Say(self._operator, frame.conversation, frame.id, _sendable(frame.text))
        file = self._entrance.files.claim(frame.conversation, frame.file)
        if file is None:
            raise NotFoundError("upload", "Send the file again.")
        text = _sendable(frame.text) if frame.text.strip() else ""
        return operator_acts.Say(self._operator, frame.conversation, frame.id, text, attachments=(file,))

    def _found(self, frame: asks.Find) -> Found:
        content = self._entrance.content()
        own, talk = self._locale(content), self._sitting.talk
        return found(content, frame, (talk.locale, own) if talk else (own,))

    def _answer(self, id: str, outcome: acts.Outcome) -> None:
        match outcome:
            case acts.Done(text=text):
                self._line.push(encode(Okay(id=id, text=text)))
            case acts.Refused(code=code, text=text):
                self._line.push(encode(Failure(code=code, message=text, id=id)))
            case _ as never:
                assert_never(never)

    def _typing(self) -> None:
        talk = self._sitting.talk
        if talk and self._entrance.gateway.holds(self._operator, talk.id):
            author = Author(AuthorKind.OPERATOR, titled(self._me(self._entrance.content()).name, talk.locale))
            self._entrance.service.typing(talk.id, author)

    def _locale(self, content: Content) -> str:
        """The language in which the desk is shown to this operator."""
        return locale_of(self._me(content), content, self._sitting.languages)

    def _me(self, content: Content) -> Operator:
        operator = content.desk.operators.get(self._operator)
        if operator is None:
            raise UnauthorizedError("The session", "This operator is no longer on the team.")
        return operator


def languages_of(request: web.Request) -> tuple[str, ...]:
    """The languages that the browser prefers; it sends them best first."""
    accepted = request.headers.get("Accept-Language", "")
    return tuple(wish.split(";")[0].split("-")[0].strip().lower() for wish in accepted.split(","))


def _parsed(raw: str | bytes) -> asks.DeskFrame:
    try:
        return asks.parse_desk(raw)
    except ValueError as error:
        raise BadFrameError(str(error)) from None


def _of_ticket(me: str, frame: _OfTicket) -> operator_acts.OperatorAct:
    match frame:
        case asks.OnTicket():
            return _on_ticket(me, frame)
        case asks.CloseTicket():
            return operator_acts.Close(me, frame.ticket, frame.reason, frame.result)
        case asks.HoldTicket():
            return operator_acts.Hold(me, frame.ticket, frame.on)
        case asks.PromiseCall():
            return operator_acts.Promise(me, frame.ticket, words=frame.words.strip())
        case _:
            return _passing(me, frame)


def _passing(me: str, frame: _Passing) -> operator_acts.OperatorAct:
    match frame:
        case asks.TransferTicket():
            return operator_acts.Transfer(me, frame.ticket, frame.skill, frame.to, frame.note.strip())
        case asks.AssignTicket():
            return operator_acts.Assign(me, frame.ticket, frame.to)
        case asks.MergeTicket():
            return operator_acts.Merge(me, frame.ticket, frame.into)
        case _ as never:
            assert_never(never)


def _on_ticket(me: str, frame: asks.OnTicket) -> operator_acts.Accept | operator_acts.Decline | operator_acts.Take:
    match frame.type:
        case "accept":
            return operator_acts.Accept(me, frame.ticket)
        case "decline":
            return operator_acts.Decline(me, frame.ticket)
        case "take":
            return operator_acts.Take(me, frame.ticket)
        case _ as never:
            assert_never(never)


def _sendable(text: str) -> str:
    if not text.strip():
        raise BadFrameError("text: it is empty")
    if len(text) > TEXT_LIMIT:
        raise TooLongError(len(text), TEXT_LIMIT)
    return text
