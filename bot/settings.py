"""Settings: the only reader of the environment and of `.env`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, DotEnvSettingsSource, EnvSettingsSource, NoDecode, SettingsConfigDict

PREFIX = "FRONTLINE_"
_LIMIT = re.compile(r"(\d+)/(\d+)(s|m|h)")
_HOST = re.compile(r"[\w.-]+")
_SECONDS = {"s": 1, "m": 60, "h": 3600}
_ENGINES = ("sqlite+aiosqlite://", "postgresql+asyncpg://")


class SettingsError(Exception):
    """Settings that cannot be used; `lines` has one line for each, with its name, fault and remedy."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` in any stretch of `per`."""

    count: int
    per: timedelta


def _limits(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    found = [_LIMIT.fullmatch(part.strip()) for part in value.split(",")]
    limits = [Limit(int(one[1]), timedelta(seconds=int(one[2]) * _SECONDS[one[3]])) for one in found if one]
    if len(limits) < len(found) or not all(limit.count and limit.per for limit in limits):
        raise ValueError(f'"{value}" is not a list of limits; write count/time, such as 5/5s,60/5m')
    return tuple(limits)


def _listed(value: Any) -> Any:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _address(value: str, kind: str = "an address") -> str:
    if not _is_sound(value):
        raise ValueError(f'"{value}" is not {kind}; write it as https://desk.example')
    return value.rstrip("/")


def _is_sound(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return (
            parts.scheme in {"http", "https"}
            and bool(parts.hostname)
            and (parts.port is None or bool(parts.port))
            and not (parts.query or parts.fragment or re.search(r"\s", address))
        )
    except ValueError:  # a port that is none, a bracket that is not closed
        return False


def _is_ip(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


def _own_address(data: dict[str, Any]) -> str:
    host = {"0.0.0.0": "127.0.0.1", "::": "127.0.0.1"}.get(data.get("http_host", ""), data.get("http_host"))  # noqa: S104 - compared, not bound
    return f"http://{f'[{host}]' if ':' in str(host) else host}:{data.get('http_port')}"


def _own_origin(data: dict[str, Any]) -> tuple[str, ...]:
    parts = urlsplit(data.get("public_url", ""))
    return (f"{parts.scheme}://{parts.netloc}",)


Limits = Annotated[tuple[Limit, ...], NoDecode, BeforeValidator(_limits)]


class Settings(BaseSettings):
    """Every setting, frozen. An empty value means that the setting is not set."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    workspace: Path | None = None
    database_url: str = "sqlite+aiosqlite:///frontline.db"
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=1, le=65535)
    public_url: str = Field(default_factory=_own_address)
    secret: SecretStr | None = None
    widget_origins: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)] = Field(default_factory=_own_origin)
    telegram_token: SecretStr | None = None
    telegram_api: str = "https://api.telegram.org"
    telegram_mode: Annotated[Literal["polling", "webhook"], BeforeValidator(_lower)] = "polling"
    telegram_webhook_secret: SecretStr | None = None
    operator_chat: int | None = None
    identity_secret: SecretStr | None = None
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lower)] = "info"
    log_format: Annotated[Literal["text", "json"], BeforeValidator(_lower)] = "text"
    limit_messages: Limits = (Limit(5, timedelta(seconds=5)), Limit(60, timedelta(minutes=5)))
    limit_visitors: Limits = (Limit(20, timedelta(minutes=1)),)
    cache: Path = Path(".frontline")
    files: Path = Path("frontline-files")
    watch: Annotated[Literal["on", "off"], BeforeValidator(_lower)] = "on"

    @field_validator("workspace")
    @classmethod
    def _exists(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_dir():
            raise ValueError(f'"{value}" is not a folder; create one with `frontline init {value}`, or name another')
        return value

    @field_validator("database_url")
    @classmethod
    def _known_engine(cls, value: str) -> str:
        if not value.startswith(_ENGINES):
            scheme = value.partition(":")[0]
            raise ValueError(f'"{scheme}" is not a database we know; begin with {" or ".join(_ENGINES)}')
        return value

    @field_validator("database_url")
    @classmethod
    def _has_a_folder(cls, value: str) -> str:
        file = value.removeprefix("sqlite+aiosqlite:///").partition("?")[0]
        if file != value and not Path(file).parent.is_dir():
            raise ValueError(f'there is no folder "{Path(file).parent}"; make it, or name another')
        return value

    @field_validator("cache", "files")
    @classmethod
    def _is_no_file(cls, value: Path) -> Path:
        if value.exists() and not value.is_dir():
            raise ValueError(f'"{value}" is a file; name a folder')
        return value

    @field_validator("http_host")
    @classmethod
    def _is_a_host(cls, value: str) -> str:
        if not (_HOST.fullmatch(value) or _is_ip(value)):
            raise ValueError(f'"{value}" is not a host; write a name or a number alone, such as 127.0.0.1')
        return value

    @field_validator("public_url", "telegram_api")
    @classmethod
    def _is_address(cls, value: str) -> str:
        return _address(value)

    @field_validator("widget_origins")
    @classmethod
    def _are_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        origins = tuple(_address(origin, "an origin") for origin in value)
        for origin in origins:
            if urlsplit(origin).path:
                raise ValueError(f'"{origin}" has a path, which an origin has not; write only https://shop.example')
        return origins

    @field_validator("secret")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < 32:  # noqa: PLR2004 - 256 bits in hex are 64
            raise ValueError("it is too short to be safe; use 32 random characters or more, or leave it unset")
        return value

    @field_validator("telegram_token")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"\d+:[\w-]+", value.get_secret_value()):
            raise ValueError("it is not a bot token; copy it from @BotFather, it looks like 123456:ABC-DEF")
        return value

    @field_validator("telegram_mode")
    @classmethod
    def _reachable(cls, value: str, info: ValidationInfo) -> str:
        by_telegram = info.data.get("telegram_token") and info.data.get("telegram_api") == "https://api.telegram.org"
        if value == "webhook" and by_telegram and not info.data.get("public_url", "").startswith("https://"):
            raise ValueError('"webhook" needs a public https address; set FRONTLINE_PUBLIC_URL, or use polling')
        return value

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _sendable(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"[\w-]{1,256}", value.get_secret_value(), re.ASCII):
            raise ValueError("Telegram cannot send it back; use 1 to 256 Latin letters, digits, _ and -")
        return value

    @field_validator("operator_chat")
    @classmethod
    def _is_a_group(cls, value: int | None) -> int | None:
        if value is not None and value >= 0:
            raise ValueError(f'"{value}" is not a group; ids of groups are negative, such as -1001234567890')
        return value


def name_of(field: str) -> str:
    """The setting's name in the environment."""
    return PREFIX + field.upper()


def read_settings(env_file: Path | None = Path(".env")) -> Settings:
    """Settings from the environment, else from the file. Raises SettingsError with one line for each wrong one."""
    try:
        return Settings(_env_file=env_file)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        faults = [fault for fault in faults if fault["type"] != "default_factory_not_called"]  # follows from another
        raise SettingsError(map(_line, faults)) from None


def unknown_names(env_file: Path | None = Path(".env")) -> list[str]:
    """A warning for each FRONTLINE_ name that nobody reads, with the nearest that somebody does."""
    known = {name_of(field) for field in Settings.model_fields}
    sources = (EnvSettingsSource(Settings), DotEnvSettingsSource(Settings, env_file=env_file))
    given = {name.upper() for source in sources for name in source.env_vars}
    return [
        f"{name}: there is no such setting; {_nearest(name, known)}"
        for name in sorted(given - known)
        if name.startswith(PREFIX)
    ]


def _nearest(name: str, known: Iterable[str]) -> str:
    words = [word.removeprefix(PREFIX) for word in sorted(known)]
    close = get_close_matches(name.removeprefix(PREFIX), words, n=1)
    return f"did you mean {PREFIX}{close[0]}?" if close else "see .env.example for those there are"


def _line(details: ErrorDetails) -> str:
    given, context = details["input"], details.get("ctx", {})
    match details["type"]:
        case "value_error":
            text = str(context["error"])
        case "literal_error":
            text = f'"{given}" is not possible; use {context["expected"]}'
        case "int_parsing":
            text = f'"{given}" is not a whole number; write digits, with a minus where it has one'
        case "greater_than_equal" | "less_than_equal":
            text = f'"{given}" is out of range; use 1 to 65535'
        case _:
            text = details["msg"]
    return f"{name_of(str(details['loc'][0]))}: {text}"
