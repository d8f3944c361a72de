"""What Telegram refuses, in its own words."""

from typing import Any


class RefusalError(Exception):
    """An answer that is not ok."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters

    @property
    def answer(self) -> dict[str, Any]:
        words = {400: "Bad Request: ", 403: "Forbidden: ", 409: "Conflict: "}.get(self.code, "")
        told: dict[str, Any] = {"ok": False, "error_code": self.code, "description": words + self.description}
        return told | ({"parameters": self.parameters} if self.parameters else {})


def bad(description: str) -> RefusalError:
    return RefusalError(400, description)


def too_many(seconds: int) -> RefusalError:
    return RefusalError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
OLD_QUERY = "query is too old and response timeout expired or query ID is invalid"
TWO_POLLERS = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_IS_SET = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
UPGRADED = "group chat was upgraded to a supergroup chat"
