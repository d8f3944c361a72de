"""Settings: what stands in the environment, what is wrong with it, and where it is written down."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.settings import Limit, Settings, SettingsError, name_of, read_settings, unknown_names

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch):
    for field in Settings.model_fields:
        monkeypatch.delenv(name_of(field), raising=False)


def read(monkeypatch, **values):
    for name, value in values.items():
        monkeypatch.setenv(name_of(name), value)
    return read_settings(None)


def refusal(monkeypatch, **values):
    with pytest.raises(SettingsError) as error:
        read(monkeypatch, **values)
    return error.value.lines


def test_nothing_needs_to_be_set():
    settings = read_settings(None)
    assert settings.database_url == "sqlite+aiosqlite:///frontline.db"
    assert settings.public_url == "http://127.0.0.1:8080"
    assert settings.widget_origins == ("http://127.0.0.1:8080",)
    assert settings.telegram_token is None
    assert settings.limit_messages == (Limit(5, timedelta(seconds=5)), Limit(60, timedelta(minutes=5)))


def test_an_empty_value_is_not_set(monkeypatch):
    settings = read(monkeypatch, http_port="", telegram_token="", operator_chat="", workspace="")
    assert (settings.http_port, settings.telegram_token, settings.workspace) == (8080, None, None)


def test_the_public_url_follows_host_and_port(monkeypatch):
    settings = read(monkeypatch, http_host="0.0.0.0", http_port="9000")
    assert settings.public_url == "http://127.0.0.1:9000"
    assert settings.widget_origins == ("http://127.0.0.1:9000",)


def test_an_address_of_the_sixth_kind_stands_in_brackets(monkeypatch):
    assert read(monkeypatch, http_host="::1").public_url == "http://[::1]:8080"


def test_origins_are_a_list_without_slashes(monkeypatch):
    settings = read(monkeypatch, widget_origins="https://a.example/, https://b.example:8443")
    assert settings.widget_origins == ("https://a.example", "https://b.example:8443")


def test_the_default_origin_is_the_public_url_without_its_path(monkeypatch):
    assert read(monkeypatch, public_url="https://x.example/desk/").widget_origins == ("https://x.example",)


def test_a_file_is_read_and_the_environment_wins(tmp_path, monkeypatch):
    file = tmp_path / ".env"
    file.write_text("FRONTLINE_HTTP_PORT=9001\nFRONTLINE_LOG_FORMAT=json\n", encoding="utf-8")
    monkeypatch.setenv("FRONTLINE_HTTP_PORT", "9002")
    settings = read_settings(file)
    assert (settings.http_port, settings.log_format) == (9002, "json")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("http_port", "abc", '"abc" is not a whole number; write digits, with a minus where it has one'),
        ("http_port", "70000", '"70000" is out of range; use 1 to 65535'),
        ("http_port", "0", '"0" is out of range; use 1 to 65535'),
        ("database_url", "mysql://x", '"mysql" is not a database we know; begin with sqlite+aiosqlite://'),
        ("workspace", "/no/such/folder", '"/no/such/folder" is not a folder; create one with `frontline init'),
        ("public_url", "desk.example", '"desk.example" is not an address; write it as https://desk.example'),
        ("widget_origins", "https://a.example/shop", '"https://a.example/shop" has a path'),
        ("widget_origins", "*", '"*" is not an origin'),
        ("widget_origins", "https://a.example https://b.example", '"https://a.example https://b.example" is not an'),
        ("public_url", "https://desk.example:port", '"https://desk.example:port" is not an address'),
        ("public_url", "https://desk.example:99999", '"https://desk.example:99999" is not an address'),
        ("public_url", "https://desk.example:0", '"https://desk.example:0" is not an address'),
        ("public_url", "https://desk example", '"https://desk example" is not an address'),
        ("public_url", "https://[desk", '"https://[desk" is not an address'),
        ("http_host", "http://127.0.0.1", '"http://127.0.0.1" is not a host; write a name or a number alone'),
        ("http_host", "127.0.0.1:80", '"127.0.0.1:80" is not a host'),
        ("cache", __file__, f'"{__file__}" is a file; name a folder'),
        ("files", __file__, f'"{__file__}" is a file; name a folder'),
        (
            "database_url",
            "sqlite+aiosqlite:////no/such/x.db",
            'there is no folder "/no/such"; make it, or name another',
        ),
        ("telegram_mode", "push", "\"push\" is not possible; use 'polling' or 'webhook'"),
        ("operator_chat", "100", '"100" is not a group; ids of groups are negative'),
        ("log_level", "loud", '"loud" is not possible; use'),
        ("limit_messages", "5", '"5" is not a list of limits; write count/time, such as 5/5s,60/5m'),
        ("limit_messages", "0/5s", '"0/5s" is not a list of limits'),
        ("telegram_webhook_secret", "a b", "Telegram cannot send it back"),
    ],
)
def test_a_wrong_value_is_one_line_with_name_fault_and_remedy(monkeypatch, name, value, said):
    (line,) = refusal(monkeypatch, **{name: value})
    assert line.startswith(f"{name_of(name)}: {said}")
    assert "\n" not in line


@pytest.mark.parametrize("name", ["secret", "telegram_token", "telegram_webhook_secret"])
def test_a_wrong_secret_is_not_repeated(monkeypatch, name):
    (line,) = refusal(monkeypatch, **{name: "hush hush"})
    assert "hush" not in line


def test_every_wrong_value_is_named_at_once(monkeypatch):
    assert len(refusal(monkeypatch, http_port="x", log_format="y")) == 2


def test_a_webhook_at_telegram_needs_https(monkeypatch):
    (line,) = refusal(monkeypatch, telegram_token="1:abc", telegram_mode="webhook")
    assert "set FRONTLINE_PUBLIC_URL" in line
    read(monkeypatch, telegram_token="1:abc", telegram_mode="webhook", telegram_api="http://127.0.0.1:1")


def test_a_name_that_nobody_reads_is_warned_about_with_the_nearest(tmp_path, monkeypatch):
    file = tmp_path / ".env"
    file.write_text("FRONTLINE_HTTP_PROT=1\nOTHER=2\n", encoding="utf-8")
    monkeypatch.setenv("FRONTLINE_XYZZY", "1")
    assert unknown_names(file) == [
        "FRONTLINE_HTTP_PROT: there is no such setting; did you mean FRONTLINE_HTTP_PORT?",
        "FRONTLINE_XYZZY: there is no such setting; see .env.example for those there are",
    ]


def written(file, pattern):
    rows = re.finditer(pattern, (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
    return {row["name"]: (row["default"], row["text"]) for row in rows}


def test_the_example_and_the_page_list_every_setting_with_the_same_words():
    example = written(".env.example", r"^# (?P<text>.+)\n#(?P<name>FRONTLINE_\w+)=(?P<default>.*)$")
    page = written("docs/settings.md", r"^\| `(?P<name>FRONTLINE_\w+)` \| `?(?P<default>[^|`]*?)`? \| (?P<text>.+) \|$")
    assert list(example) == [name_of(field) for field in Settings.model_fields]
    assert page == example


def test_the_defaults_in_the_example_are_the_defaults(tmp_path):
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    file = tmp_path / ".env"
    file.write_text(re.sub(r"^#(?=FRONTLINE_)", "", text, flags=re.MULTILINE), encoding="utf-8")
    assert read_settings(file) == read_settings(None)
