"""The webhook: an update is stored before it is answered with 200."""

import hmac
import json
import logging
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from bot.dialog.errors import StoreUnavailableError
from bot.dialog.ports import Inbox
from bot.telegram.client import SOURCE

_log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
PATH = "/telegram/webhook"


class Webhook:
    """Takes updates in. Whoever serves HTTP calls `accept` for each POST and answers with the status it returns."""

    def __init__(
        self, inbox: Inbox, secret: str, clock: Callable[[], datetime], news: Callable[[], None] = lambda: None
    ) -> None:
        self._inbox, self._secret, self._clock, self._news = inbox, secret, clock, news

    async def accept(self, secret_header: str | None, body: bytes) -> int:
        """200 once stored, 403 for a wrong secret, 400 for what is no update, 503 when nothing can be stored."""
        if not hmac.compare_digest((secret_header or "").encode(), self._secret.encode()):
            return HTTPStatus.FORBIDDEN
        try:
            update = json.loads(body)
            key = str(int(update["update_id"]))
        except (ValueError, KeyError, TypeError):
            return HTTPStatus.BAD_REQUEST
        try:
            await self._inbox.put(SOURCE, [(key, update)], self._clock())
        except StoreUnavailableError as error:
            _log.warning("an update is refused for now: %s", error)
            return HTTPStatus.SERVICE_UNAVAILABLE
        self._news()
        return HTTPStatus.OK
