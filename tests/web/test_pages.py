"""Pages and everything else over plain HTTP: the widget's files, headers, checks, figures, the webhook."""

import asyncio
import re

import pytest

from bot.dialog.errors import StoreUnavailableError
from bot.web import pages, routes
from bot.web.routes import Outlets
from tests.web.stage import serving


async def body(front, path, **headers):
    answer = await front.http.get(front.base + path, headers=headers)
    return answer, await answer.text()


async def test_the_demo_page_has_the_widget():
    async with serving() as front:
        answer, text = await body(front, "/")
        assert answer.content_type == "text/html"
        assert 'src="/widget.js"' in text


@pytest.mark.parametrize(("path", "framed_by"), [("/", "none"), ("/desk", "self"), ("/desk?key=wrong", "self")])
async def test_our_own_pages_run_only_our_own_scripts_and_stand_in_no_other_site(path, framed_by):
    async with serving() as front:
        answer, text = await body(front, path)
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert f"frame-ancestors '{framed_by}'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert not re.search(r"<script(?![^>]*src=)|<style| style=| on\w+=", text), "nothing inline"


async def test_the_widget_can_be_loaded_by_any_site_and_kept():
    async with serving() as front:
        answer, text = await body(front, "/widget.js")
        assert answer.content_type == "text/javascript"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        again, nothing = await body(front, "/widget.js", **{"If-None-Match": answer.headers["ETag"]})
        assert (again.status, nothing) == (304, "")
        assert len(re.findall(r"\b[a-z]{2}:{", text)) == 3, "three languages"
        for name in ("chat", "greeting"):
            part, _ = await body(front, f"/widget/{name}.js")
            assert part.status == 200, name
            assert part.headers["Access-Control-Allow-Origin"] == "*"


async def test_files_travel_compressed_to_whoever_takes_them_so():
    async with serving() as front:
        plain, text = await body(front, "/widget/chat.js", **{"Accept-Encoding": "identity"})
        small, same = await body(front, "/widget/chat.js", **{"Accept-Encoding": "br, gzip"})
        assert "Content-Encoding" not in plain.headers
        assert small.headers["Content-Encoding"] == "gzip"
        assert same == text
        assert plain.headers["Vary"] == small.headers["Vary"] == "Accept-Encoding"
        assert int(small.headers["Content-Length"]) < len(text) / 2


async def test_the_widget_is_sent_without_remarks_and_what_other_pages_have_as_it_is_written():
    async with serving() as front:
        _, text = await body(front, "/widget/chat.js")
        assert not re.search(r"^\s*//|^\s*/\*\*", text, re.MULTILINE)
        assert text.count("class Panel") == text.count("class Log") == text.count("export class Chat") == 1
        _, room = await body(front, "/static/desk_room.js")
        assert room == (pages.STATIC / "desk_room.js").read_text(encoding="utf-8"), (
            "other pages' come as they are written"
        )


async def test_every_file_that_our_pages_name_is_there():
    async with serving() as front:
        for page in ("/", "/desk"):
            _, text = await body(front, page)
            for path in re.findall(r'(?:src|href)="(/[^"#]+)"', text):
                answer, _ = await body(front, path)
                assert answer.status == 200, path


@pytest.mark.parametrize("path", ["/static/nothing.js", "/static/..%2Fwire.py", "/widget/nothing.js", "/nowhere"])
async def test_what_is_not_there_is_not_found(path):
    async with serving() as front:
        assert (await body(front, path))[0].status == 404


async def test_a_browser_that_is_lost_is_shown_the_way_back():
    async with serving() as front:
        answer = await front.http.get(front.base + "/nowhere", headers={"Accept": "text/html,*/*;q=0.8"})
        assert (answer.status, answer.content_type) == (404, "text/html")
        assert "There is no such page" in await answer.text()


def test_the_files_are_read_once_and_told_apart():
    files = pages.load()
    assert {"widget.js", "widget/line.js", "demo.html", "desk.html"} <= set(files)
    assert len({page.etag for page in files.values()}) == len(files)


async def test_the_process_is_up():
    async with serving() as front:
        assert (await body(front, "/healthz"))[1] == '{"status": "ok"}'


async def test_ready_when_every_check_is_content(monkeypatch):
    monkeypatch.setattr(routes, "CHECK_WITHIN", 0.01)

    async def good():
        return None

    async def bad():
        return "no content"

    async def slow():
        await asyncio.Event().wait()

    async def broken():
        raise StoreUnavailableError("it sleeps")

    async with serving(outlets=Outlets({"database": good})) as front:
        answer, text = await body(front, "/readyz")
        assert (answer.status, text) == (200, '{"ready": true, "checks": {"database": "ok"}}')
    async with serving(outlets=Outlets(remarks=lambda: {"content": "the files have 3 errors"})) as front:
        answer, text = await body(front, "/readyz")
        assert (answer.status, text) == (
            200,
            '{"ready": true, "checks": {}, "remarks": {"content": "the files have 3 errors"}}',
        )
    async with serving(outlets=Outlets({"a": good, "b": bad, "c": slow, "d": broken})) as front:
        answer = await front.http.get(front.base + "/readyz")
        found = await answer.json()
        assert answer.status == 503
        assert found["checks"]["a"] == "ok"
        assert found["checks"]["b"] == "no content"
        assert "within" in found["checks"]["c"]
        assert "it sleeps" in found["checks"]["d"]


async def test_figures_are_for_prometheus():
    async with serving(outlets=Outlets(metrics=lambda: b"frontline_turns 1\n")) as front:
        answer, text = await body(front, "/metrics")
        assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        assert text == "frontline_turns 1\n"


async def test_the_webhook_is_handed_on_and_answered_as_told():
    calls = []

    async def webhook(secret, update):
        calls.append((secret, update))
        if update == b"down":
            raise StoreUnavailableError("it sleeps")
        return 200 if secret == "right" else 401

    async with serving(outlets=Outlets(webhook=webhook)) as front:
        url = front.base + "/telegram/webhook"
        header = "X-Telegram-Bot-Api-Secret-Token"
        assert (await front.http.post(url, data=b"{}", headers={header: "right"})).status == 200
        assert (await front.http.post(url, data=b"{}")).status == 401
        assert (await front.http.post(url, data=b"down", headers={header: "right"})).status == 503
        assert calls == [("right", b"{}"), ("", b"{}"), ("right", b"down")]


async def test_without_telegram_there_is_no_webhook():
    async with serving() as front:
        assert (await front.http.post(front.base + "/telegram/webhook", data=b"{}")).status == 404
