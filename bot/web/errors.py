"""What a peer of the web room can do wrong.

WebError
├── BadFrameError       the frame is not one of the protocol's
├── UnauthorizedError   a token or a session that is forged or expired
│   ├── GoneError       a token of somebody who was erased
│   └── ShutError       a link to the desk that does not open it
├── TooLongError        a text above the limit
├── RateLimitedError    too much at once; `wait` seconds help
└── NotFoundError       there is no such thing, or not for this peer
"""

from math import ceil
from typing import Literal

from bot.web.wire import ErrorCode, Failure


class WebError(Exception):
    """Base of every error of this package; `code` is the protocol's."""

    code: ErrorCode

    def frame(self, id: str | None = None) -> Failure:
        """The error as the peer is told, about the frame with this id."""
        return Failure(code=self.code, message=str(self), id=id)


class BadFrameError(WebError):
    """The frame is not one of the protocol's, or not at its place."""

    code: ErrorCode = "bad_frame"

    def __init__(self, why: str) -> None:
        super().__init__(f"This frame cannot be read: {why}. See docs/protocol.md.")


class UnauthorizedError(WebError):
    """What was shown as proof proves nothing."""

    code: ErrorCode = "unauthorized"

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what} is not valid here. {remedy}")


class GoneError(UnauthorizedError):
    """The token is good, but whose it was is forgotten."""

    def __init__(self) -> None:
        super().__init__("The token", "Begin anew without one.")

    def frame(self, id: str | None = None) -> Failure:
        """Never about a frame: what was sent with it is sent again by whoever begins anew."""
        del id
        return super().frame()


class ShutError(UnauthorizedError):
    """A one-time link that lets nobody in; `why` is forged, expired, used or stranger."""

    def __init__(self, why: Literal["forged", "expired", "used", "stranger"], remedy: str) -> None:
        self.why = why
        super().__init__("The link", remedy)


class TooLongError(WebError):
    """The text is above the limit."""

    code: ErrorCode = "too_long"

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"The text has {length} characters; send at most {limit} in one message.")


class RateLimitedError(WebError):
    """Too much at once; nothing was stored."""

    code: ErrorCode = "rate_limited"

    def __init__(self, wait: float) -> None:
        self.wait = max(1, ceil(wait))
        super().__init__(f"That was too fast. Go on in {self.wait} s.")

    def frame(self, id: str | None = None) -> Failure:
        """The error with the seconds to wait."""
        return Failure(code=self.code, message=str(self), id=id, retry_s=self.wait)


class NotFoundError(WebError):
    """There is no such thing, or not for this peer."""

    code: ErrorCode = "not_found"

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"There is no such {what} here. {remedy}")
