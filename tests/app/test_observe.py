"""What can be seen from outside: logs without secrets, figures for Prometheus."""

import json
import logging

import pytest

from bot.observe import Figures, start_logging

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz012"


@pytest.fixture(autouse=True)
def _keep_root():
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.parametrize("style", ["text", "json"])
def test_no_secret_reaches_the_log(capsys, style):
    start_logging("info", style, ["swordfish"])
    log = logging.getLogger("some.library")
    log.warning("POST https://api.telegram.org/bot%s/getMe with %s", TOKEN, "swordfish")
    try:
        int(TOKEN)
    except ValueError:
        log.exception("failed")
    said = capsys.readouterr().err
    assert "failed" in said
    assert TOKEN not in said
    assert "AAF-abc" not in said
    assert "swordfish" not in said


def test_json_is_one_object_a_line_with_what_was_given(capsys):
    start_logging("info", "json")
    logging.getLogger("bot.x").info("Привет %s", "мир", extra={"conversation": "c1"})
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["level"], line["logger"], line["conversation"]) == ("Привет мир", "info", "bot.x", "c1")
    assert line["timestamp"].endswith("Z")


def test_the_level_is_kept(capsys):
    start_logging("warning", "text")
    logging.getLogger("bot.x").info("quiet")
    logging.getLogger("bot.x").warning("loud")
    said = capsys.readouterr().err
    assert "loud" in said
    assert "quiet" not in said


def test_figures_are_in_the_prometheus_format():
    figures = Figures()
    figures.messages.labels("bot").inc()
    figures.queue.set(3)
    text = figures.render().decode()
    assert 'frontline_messages_total{author="bot"} 1.0' in text
    assert "frontline_queue_length 3.0" in text
