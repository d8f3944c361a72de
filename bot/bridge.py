"""The bridge: a link from the site into Telegram that says which conversation goes on there, sealed, good for a day.

What Telegram hands on from such a link has at most 64 characters of A-Z, a-z, 0-9, _ and -.
"""

import base64
import binascii
import hmac
import struct
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from bot.dialog.bridge import CODE

_SEAL: Final = 16  # bytes of an HMAC-SHA256
_UNTIL: Final = struct.Struct(">I")  # minutes since 1970
_MINUTE: Final = 60
_HEX: Final = 32  # letters of most conversations' ids, which take half the room as bytes


class Bridge:
    """Makes the links and reads them again. `bot` is the bot's name at Telegram, empty while it is not known."""

    def __init__(self, secret: str, bot: str = "") -> None:
        self._key = hmac.digest(secret.encode(), b"telegram link", "sha256")
        self.bot = bot

    def link(self, conversation: str, until: datetime) -> str | None:
        """The link, good until then; None while no bot is known."""
        if not self.bot:
            return None
        payload = _UNTIL.pack(int(until.timestamp()) // _MINUTE) + _packed(conversation)
        sealed = base64.urlsafe_b64encode(self._seal(payload) + payload).rstrip(b"=").decode()
        return f"https://t.me/{self.bot}?start={CODE}{sealed}"

    def read(self, payload: str) -> tuple[str, datetime] | None:
        """The conversation and until when, from what such a link hands to the bot; None when it is not ours."""
        sealed = payload.removeprefix(CODE)
        try:
            raw = base64.b64decode(sealed + "=" * (-len(sealed) % 4), b"-_", validate=True)
        except (binascii.Error, ValueError):
            return None
        seal, body = raw[:_SEAL], raw[_SEAL:]
        if sealed == payload or not hmac.compare_digest(seal, self._seal(body)):
            return None
        minutes, conversation = _UNTIL.unpack(body[: _UNTIL.size])[0], _unpacked(body[_UNTIL.size :])
        return conversation, datetime.fromtimestamp(minutes * _MINUTE, UTC)

    def _seal(self, payload: bytes) -> bytes:
        return hmac.digest(self._key, payload, "sha256")[:_SEAL]


def _packed(conversation: str) -> bytes:
    """The id, in half the room when it is a UUID in hexadecimal digits."""
    try:
        return b"\0" + UUID(conversation).bytes if len(conversation) == _HEX else conversation.encode()
    except ValueError:
        return conversation.encode()


def _unpacked(raw: bytes) -> str:
    return UUID(bytes=raw[1:]).hex if raw[:1] == b"\0" else raw.decode()
