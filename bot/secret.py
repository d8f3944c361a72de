"""The secret: made and kept once, and what is made from it."""

import hashlib
import hmac
import secrets

from bot.dialog.ports import Keep
from bot.settings import Settings

SECRET = "secret"  # noqa: S105 - the name under which it is kept


async def secret_of(settings: Settings, keep: Keep) -> str:
    """The secret from the settings, else the one in the database, made once."""
    if settings.secret is not None:
        return settings.secret.get_secret_value()
    await keep.put_once(SECRET, secrets.token_urlsafe(48))
    kept = await keep.get(SECRET)
    assert kept is not None
    return kept


def webhook_secret(settings: Settings, secret: str) -> str:
    """What Telegram sends with each webhook call."""
    if settings.telegram_webhook_secret is not None:
        return settings.telegram_webhook_secret.get_secret_value()
    return hmac.new(secret.encode(), b"telegram webhook", hashlib.sha256).hexdigest()
