"""The desk's door: links that open it once, and the session behind it."""

import json
import secrets
from datetime import datetime, timedelta

from bot.dialog.ports import Keep
from bot.web.errors import ShutError, UnauthorizedError
from bot.web.signing import ForgedError, Seal

LINK_LIFETIME = timedelta(hours=24)
SESSION_LIFETIME = timedelta(hours=12)
_LINK, _SESSION = "desk link", "desk session"
_REMEDY = "Ask for a new link: `frontline operators invite` prints one."


def desk_link(secret: str, operator: str, public_url: str, now: datetime) -> str:
    """A link that lets the operator in once, within 24 hours."""
    return f"{public_url.rstrip('/')}/desk?key={_sealed(secret, _LINK, operator, now + LINK_LIFETIME)}"


def demo_link(secret: str, operator: str, public_url: str, now: datetime) -> str:
    """The demo page with the desk beside it: a link of the same kind, handed on where no server reads it."""
    return desk_link(secret, operator, public_url, now).replace("/desk?key=", "/#desk=")


async def look_at(secret: str, key: str, keep: Keep, now: datetime) -> str:
    """Whose link it is; it stays good. Raises ShutError when it is forged, expired or used."""
    operator, nonce = _of_link(secret, key, now)
    if await keep.get(f"{_LINK} {nonce}") is not None:
        raise ShutError("used", _REMEDY)
    return operator


async def use_link(secret: str, key: str, keep: Keep, now: datetime) -> str:
    """Whose link it is; from now on it is used. Raises ShutError when it is forged, expired or used."""
    operator, nonce = _of_link(secret, key, now)
    if not await keep.put_once(f"{_LINK} {nonce}", operator):
        raise ShutError("used", _REMEDY)
    return operator


def session(secret: str, operator: str, now: datetime) -> str:
    """What the browser keeps for 12 hours."""
    return _sealed(secret, _SESSION, operator, now + SESSION_LIFETIME)


def whose_session(secret: str, kept: str, now: datetime) -> str:
    """The operator's id. Raises UnauthorizedError when the session is forged or over."""
    try:
        return _opened(secret, _SESSION, kept, now)[0]
    except ForgedError:
        raise UnauthorizedError("The session", _REMEDY) from None
    except _OverError:
        raise UnauthorizedError("The session has expired; it", _REMEDY) from None


def _of_link(secret: str, key: str, now: datetime) -> tuple[str, str]:
    try:
        return _opened(secret, _LINK, key, now)
    except ForgedError:
        raise ShutError("forged", _REMEDY) from None
    except _OverError:
        raise ShutError("expired", _REMEDY) from None


class _OverError(ValueError):
    """Its time is over."""


def _sealed(secret: str, purpose: str, operator: str, expiry: datetime) -> str:
    claims = (operator, int(expiry.timestamp()), secrets.token_urlsafe(9))
    return Seal(secret, purpose).close(json.dumps(claims, separators=(",", ":")).encode())


def _opened(secret: str, purpose: str, sealed: str, now: datetime) -> tuple[str, str]:
    """(operator, nonce) of what was sealed. Raises ForgedError and _OverError."""
    operator, expiry, nonce = json.loads(Seal(secret, purpose).open(sealed))
    if expiry <= now.timestamp():
        raise _OverError
    return str(operator), str(nonce)
