"""What can be seen from outside: logs without secrets, and figures for Prometheus."""

import logging
import re
import sys
from collections.abc import Iterable
from typing import Any, Literal

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

_BOT_TOKEN = re.compile(r"\d{5,}:[\w-]{8,}")
_HIDDEN = "[hidden]"


class _Discreet(structlog.stdlib.ProcessorFormatter):
    """Formats a record, then takes every secret out of it, tracebacks included."""

    def __init__(self, secrets: Iterable[str], **options: Any) -> None:
        super().__init__(**options)
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, _HIDDEN)
        return _BOT_TOKEN.sub(_HIDDEN, line)


def start_logging(level: str, style: Literal["text", "json"], secrets: Iterable[str] = ()) -> None:
    """Send every log, ours and the libraries', to stderr: one line each, `secrets` and bot tokens taken out."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: list[structlog.typing.Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
        if style == "json"
        else [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0)]
    )
    handler = logging.StreamHandler(sys.stderr)
    remove = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(_Discreet(secrets, foreign_pre_chain=shared, processors=[remove, *renderer]))
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for noisy in ("aiohttp.access", "apscheduler", "aiosqlite", "alembic", "aiogram.event"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, logging.getLevelName(level.upper())))


class Figures:
    """The live figures of one process. Names are a contract with whoever draws them."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.messages = Counter("frontline_messages", "Messages stored, by author", ["author"], registry=self.registry)
        self.turns = Gauge("frontline_turns_total", "Acts handled since the start", registry=self.registry)
        self.batches = Gauge("frontline_batches_total", "Transactions that handled them", registry=self.registry)
        self.visitors = Gauge("frontline_visitors", "Visitors who are connected", registry=self.registry)
        self.queue = Gauge("frontline_queue_length", "Tickets that wait for an operator", registry=self.registry)
        self.talks = Gauge("frontline_active_tickets", "Tickets that an operator has", registry=self.registry)
        self.online = Gauge("frontline_operators_online", "Operators who take tickets", registry=self.registry)
        self.version = Gauge(
            "frontline_content_version", "The content that is served", ["version"], registry=self.registry
        )
        self.reloads = Counter("frontline_content_reloads", "Saves, by result", ["result"], registry=self.registry)
        self.bad = Gauge("frontline_content_bad", "1 while the files cannot be served", registry=self.registry)
        self.lane = Gauge("frontline_lane_orders", "Orders that wait for a group", ["group"], registry=self.registry)
        self.lane_delay = Gauge(
            "frontline_lane_delay_seconds", "About what the last of them will wait", ["group"], registry=self.registry
        )
        self.limited = Gauge(
            "frontline_telegram_limited_total", "Times that Telegram told us to wait", registry=self.registry
        )
        self.outbox = Gauge("frontline_outbox_length", "Orders that wait to be delivered", registry=self.registry)

    def serves(self, version: str) -> None:
        """What is live is this version of the content."""
        self.version.clear()
        self.version.labels(version).set(1)

    def render(self) -> bytes:
        """The figures in the Prometheus text format."""
        return generate_latest(self.registry)
