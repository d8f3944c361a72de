"""Sealed values: what we hand out and want back unchanged."""

import base64
import binascii
import hmac

_MAC = 32


class ForgedError(ValueError):
    """The seal does not fit."""


class Seal:
    """Seals bytes for one purpose, so that a value of one kind never passes for another."""

    __slots__ = ("_key",)

    def __init__(self, secret: str, purpose: str) -> None:
        self._key = hmac.digest(secret.encode(), purpose.encode(), "sha256")

    def close(self, payload: bytes) -> str:
        """The payload, readable by anybody, with an HMAC-SHA256, in URL-safe letters."""
        mac = hmac.digest(self._key, payload, "sha256")
        return base64.urlsafe_b64encode(mac + payload).rstrip(b"=").decode()

    def open(self, sealed: str) -> bytes:
        """The payload again. Raises ForgedError when it is not ours or was changed."""
        try:
            raw = base64.b64decode(sealed + "=" * (-len(sealed) % 4), b"-_", validate=True)
        except (binascii.Error, ValueError):
            raise ForgedError from None
        mac, payload = raw[:_MAC], raw[_MAC:]
        if not hmac.compare_digest(mac, hmac.digest(self._key, payload, "sha256")):
            raise ForgedError
        return payload
