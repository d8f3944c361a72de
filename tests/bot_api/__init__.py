"""A stateful Bot API for tests: it refuses what Telegram refuses, and lets a test act as the people in the chats."""

from tests.bot_api.people import Group, Person, Query
from tests.bot_api.server import BotApi

__all__ = ["BotApi", "Group", "Person", "Query"]
