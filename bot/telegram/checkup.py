"""The check-up: what would keep Telegram from working, and the remedy."""

from datetime import timedelta
from email.utils import parsedate_to_datetime

from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import AiogramError, TelegramNotFound, TelegramUnauthorizedError
from aiohttp import ClientError

from bot.telegram.client import told, venue
from bot.telegram.group_lane import LOOK
from bot.telegram.groups import Groups
from bot.telegram.pacing import Paces
from bot.telegram.saturation import FULL
from bot.telegram.surroundings import Surroundings
from bot.telegram.traffic import posts

UNKNOWN = "Telegram does not know the token. Copy it again from @BotFather into FRONTLINE_TELEGRAM_TOKEN."
NO_GROUP = "No operators' group is named. Set FRONTLINE_OPERATOR_CHAT, or `chat` of the skills in desk.yaml."
FOREVER = timedelta(days=365)
CLOCK_MAY_DIFFER = 30.0  # seconds


async def faults_of(around: Surroundings, groups: Groups) -> list[str]:
    """One line for each fault; none when all is well."""
    try:
        await around.bot.get_me()
    except (TelegramUnauthorizedError, TelegramNotFound):
        return [UNKNOWN]
    except AiogramError as error:
        return [f"Telegram does not answer ({told(error, around.bot)}). Check the network and FRONTLINE_TELEGRAM_API."]
    found: list[str] = []
    if not groups.named():
        found.append(NO_GROUP)
    try:
        found += await groups.faults()
        for chat in sorted(groups.named()):
            found += await _backlog(around, await groups.home(chat))
        found += await _clock_fault(around)
    except (AiogramError, ClientError, TimeoutError) as error:
        found.append(f"Telegram does not answer ({told(error, around.bot)}). Check the network.")
    return found


async def _backlog(around: Surroundings, chat: int) -> list[str]:
    """More than the group can take, whether or not Telegram has told it to wait."""
    rows = await around.ports.outbox.head(venue(chat), around.clock() + FOREVER, LOOK)
    delay = posts(rows) * Paces().group.every
    if delay < FULL:
        return []
    remedy = "Give skills groups of their own (`chat:` in desk.yaml)."
    return [f"Telegram group {chat}: {len(rows)} orders wait, the last for about {delay:.0f} s. {remedy}"]


async def _clock_fault(around: Surroundings) -> list[str]:
    """Telegram's clock is in the Date of its answers."""
    session = around.bot.session
    assert isinstance(session, AiohttpSession)
    url = session.api.api_url(around.bot.token, "getMe")
    async with (await session.create_session()).get(url) as response:
        date = response.headers.get("Date")
    if date is None:
        return []
    ahead = (around.clock() - parsedate_to_datetime(date)).total_seconds()
    if abs(ahead) <= CLOCK_MAY_DIFFER:
        return []
    return [f"This machine's clock differs from Telegram's by {ahead:.0f} s. Set it by NTP."]
