"""Visitors: who they are by their token, what their site says of them, and from where they may come."""

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import jwt

from bot.web.errors import UnauthorizedError
from bot.web.signing import ForgedError, Seal

LIFETIME = timedelta(days=30)
_TOKEN = struct.Struct(">16s16sQ")
_PORTS = {"http": 80, "https": 443}
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_NAME_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person at a site, and the conversation that is theirs; nothing of it is stored before they act."""

    id: str
    conversation: str


class Visitors:
    """Hands out tokens and reads them again."""

    def __init__(self, secret: str, identity_secret: str | None = None) -> None:
        self._seal = Seal(secret, "visitor")
        self._identity_secret = identity_secret  # never `secret`: a site that knew it could sign anything of ours

    def newcomer(self) -> Visitor:
        """Somebody we have not met."""
        return Visitor(uuid4().hex, uuid4().hex)

    def token(self, visitor: Visitor, now: datetime) -> str:
        """A token that is good for 30 days from now."""
        expiry = int((now + LIFETIME).timestamp())
        return self._seal.close(_TOKEN.pack(UUID(visitor.id).bytes, UUID(visitor.conversation).bytes, expiry))

    def known(self, token: str, now: datetime) -> Visitor:
        """Whose token it is. Raises UnauthorizedError when it is forged or expired."""
        try:
            visitor, conversation, expiry = _TOKEN.unpack(self._seal.open(token))
        except (ForgedError, struct.error):
            raise UnauthorizedError("The token", "Begin anew without one.") from None
        if expiry <= now.timestamp():
            raise UnauthorizedError("The token has expired; it", "Begin anew without one.")
        return Visitor(UUID(bytes=visitor).hex, UUID(bytes=conversation).hex)

    def name(self, identity: str) -> str:
        """The name that the site vouches for. Raises UnauthorizedError when the signature or the dates do not fit."""
        if self._identity_secret is None:
            raise UnauthorizedError("The identity", "No site is known here; set FRONTLINE_IDENTITY_SECRET.")
        try:
            claims = jwt.decode(identity, self._identity_secret, algorithms=["HS256"], options={"verify_aud": False})
        except jwt.PyJWTError:
            remedy = "The site signs it with HS256 and FRONTLINE_IDENTITY_SECRET."
            raise UnauthorizedError("The identity", remedy) from None
        name = claims.get("name", "")
        return name.replace("\x00", "").strip()[:_NAME_LIMIT] if isinstance(name, str) else ""


def origins(public_url: str, allowed: Iterable[str] = ()) -> frozenset[str]:
    """The origins that may talk to us: our own (by each name of this machine, when it is local) and those allowed."""
    own = urlsplit(public_url)
    hosts = _LOOPBACK if own.hostname in _LOOPBACK else (own.hostname or "",)
    ours = (_origin(own.scheme, host, own.port) for host in hosts)
    theirs = (_origin(parts.scheme, parts.hostname or "", parts.port) for parts in map(urlsplit, allowed))
    return frozenset({*ours, *theirs})


def _origin(scheme: str, host: str, port: int | None) -> str:
    """As a browser writes it: lower case, no default port, no path."""
    bracketed = f"[{host}]" if ":" in host else host
    return f"{scheme}://{bracketed}" if port in {None, _PORTS.get(scheme)} else f"{scheme}://{bracketed}:{port}"
