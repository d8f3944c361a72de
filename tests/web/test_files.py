"""Files over HTTP: taken by what they are, given to the two parties and to nobody else."""

import json
from contextlib import asynccontextmanager
from io import BytesIO
from urllib.parse import quote

import pytest

from bot.dialog.messages import Attachment
from bot.settings import Limit
from bot.storage.files import LIMIT, Files
from bot.web import server
from bot.web.desk_door import desk_link
from tests.web.memory import ANNA, NOW
from tests.web.stage import ORIGIN, SECRET, SHOP, serving

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@asynccontextmanager
async def shop(folder, **options):
    files = Files(folder / "files")
    async with serving(files=files, **options) as front:
        front.files = files
        yield front


async def sent(front, token, name="кот.png", body=PNG, origin=SHOP):
    headers = {"Origin": origin, "X-Frontline-Token": token, "X-Frontline-Name": quote(name)}
    async with front.http.post(f"{front.base}/files", data=BytesIO(body), headers=headers) as answer:
        return answer.status, json.loads(await answer.text())


async def got(front, token, place, origin=SHOP, **headers):
    headers |= {"Origin": origin, "X-Frontline-Token": token}
    async with front.http.get(f"{front.base}/files/{place}", headers=headers) as answer:
        return answer, await answer.read()


async def with_file(front, **options):
    """A visitor who has sent a file; (peer, token, the file as it was shown)."""
    peer, welcome = await front.visitor()
    _, upload = await sent(front, welcome["token"], **options)
    await peer.send(type="message", id="1", text="", file=upload["id"])
    shown = await peer.get()
    assert (await peer.get())["type"] == "ack"
    return peer, welcome["token"], shown


async def test_a_file_is_taken_shown_and_given_back(tmp_path):
    async with shop(tmp_path) as front:
        _, token, shown = await with_file(front)
        assert shown["file"] == {"id": "1.0", "name": "кот.png", "mime": "image/png", "size": len(PNG)}
        assert shown["files"] == [shown["file"]]
        answer, body = await got(front, token, "1.0")
        assert (answer.status, body) == (200, PNG)
        assert answer.headers["Content-Disposition"] == f"attachment; filename*=UTF-8''{quote('кот.png')}"
        assert answer.headers["Content-Type"] == "image/png"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Access-Control-Allow-Origin"] == SHOP


async def test_a_page_of_our_own_names_no_origin(tmp_path):
    async with shop(tmp_path) as front:
        _, token, _ = await with_file(front)
        answer = await front.http.get(f"{front.base}/files/1.0", headers={"X-Frontline-Token": token})
        assert await answer.read() == PNG


async def test_the_same_message_again_is_the_same_file(tmp_path):
    async with shop(tmp_path) as front:
        peer, welcome = await front.visitor()
        _, upload = await sent(front, welcome["token"])
        for _ in range(2):
            await peer.send(type="message", id="1", text="вот", file=upload["id"])
            assert (await peer.until("ack"))["seq"] == 1


async def test_nobody_else_is_given_it(tmp_path):
    async with shop(tmp_path) as front:
        await with_file(front)
        _, stranger = await front.talker("a")
        assert (await got(front, stranger["token"], "1.0"))[0].status == 404
        assert (await got(front, "", "1.0"))[0].status == 401
        assert (await got(front, "forged", "1.0"))[0].status == 401
        assert (await got(front, stranger["token"], "1.0", origin="https://evil.example"))[0].status == 403
        assert (await front.http.get(f"{front.base}/desk/files/x/1.0")).status == 401


async def test_nobody_else_can_send_it(tmp_path):
    async with shop(tmp_path) as front:
        _, welcome = await front.visitor()
        _, upload = await sent(front, welcome["token"])
        thief, _ = await front.visitor()
        await thief.send(type="message", id="1", text="", file=upload["id"])
        assert (await thief.get())["code"] == "not_found"


@pytest.mark.parametrize("place", ["1.1", "2.0", "1", "x.0", "1.x", "1.0.0", "٣.0", "9" * 30 + ".0"])
async def test_there_is_nothing_at_another_place(tmp_path, place):
    async with shop(tmp_path) as front:
        _, token, _ = await with_file(front)
        assert (await got(front, token, place))[0].status == 404


async def test_with_the_message_the_file_is_gone(tmp_path):
    async with shop(tmp_path) as front:
        peer, welcome = await front.visitor()
        _, upload = await sent(front, welcome["token"])
        await peer.send(type="message", id="1", text="", file=upload["id"])
        await peer.until("ack")
        front.memory.edit(welcome["conversation"], 1, text="", deleted=True)
        shown = await peer.until("message")
        assert (shown["file"], shown["files"]) == (None, [])
        assert (await got(front, welcome["token"], "1.0"))[0].status == 404


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("big.png", PNG + bytes(LIMIT), 413),
        ("drawing.svg", SVG, 415),
        ("drawing.png", SVG, 415),
        ("drawing.txt", SVG, 415),
        ("page.txt", b"\n <HTML><script>", 415),
        ("tool.exe", b"MZ\x90\x00", 415),
        ("tool.png", b"MZ\x90\x00", 415),
        ("picture.jpg", PNG, 415),
        ("no ending", PNG, 415),
        ("empty.png", b"", 415),
    ],
)
async def test_what_is_not_taken_is_refused_and_leaves_nothing(tmp_path, name, body, status):
    async with shop(tmp_path) as front:
        _, welcome = await front.visitor()
        answer, refusal = await sent(front, welcome["token"], name, body)
        assert answer == status
        assert refusal["code"] in {"too_long", "unsupported"}
        assert [each for each in (tmp_path / "files").rglob("*") if each.is_file()] == []


async def test_without_a_token_of_ours_nothing_is_taken(tmp_path):
    async with shop(tmp_path) as front:
        assert (await sent(front, "forged"))[0] == 401
        assert (await sent(front, ""))[0] == 401
        answer = await front.http.post(f"{front.base}/files", data=PNG, headers={"Origin": "https://evil.example"})
        assert answer.status == 403


async def test_files_are_counted_of_a_visitor_and_of_an_address(tmp_path, monkeypatch):
    monkeypatch.setattr(server, "UPLOADS", (Limit(2, server.timedelta(minutes=5)),))
    async with shop(tmp_path) as front:
        _, one = await front.visitor()
        _, two = await front.visitor()
        assert [(await sent(front, one["token"]))[0] for _ in range(3)] == [201, 201, 429]
        assert (await sent(front, two["token"]))[0] == 429


async def test_a_browser_may_ask_what_it_may_send():
    async with serving() as front:
        for path in ("/files", "/files/1.0"):
            answer = await front.http.options(front.base + path, headers={"Origin": SHOP})
            assert answer.status == 204
            assert answer.headers["Access-Control-Allow-Origin"] == SHOP
            assert "X-Frontline-Token" in answer.headers["Access-Control-Allow-Headers"]
        assert (await front.http.options(f"{front.base}/files", headers={"Origin": "null"})).status == 403


async def at_the_desk(front):
    await front.enter(desk_link(SECRET, "anna", front.base, NOW))
    return await front.connect("/ws/desk")


async def test_operators_are_given_it_and_send_theirs(tmp_path):
    async with shop(tmp_path) as front:
        peer, token, shown = await with_file(front)
        conversation = (await front.visitor(token))[1]["conversation"]
        desk = await at_the_desk(front)
        answer = await front.http.get(f"{front.base}/desk/files/{conversation}/{shown['file']['id']}")
        assert await answer.read() == PNG
        assert answer.headers["Content-Disposition"].startswith("attachment")
        place = f"{front.base}/desk/files/{conversation}"
        headers = {"Origin": ORIGIN, "X-Frontline-Name": "offer.pdf"}
        upload = await (await front.http.post(place, data=b"%PDF-1.7 ...", headers=headers)).json()
        await desk.send(type="say", id="1", conversation=conversation, text="", file=upload["id"])
        theirs = await peer.until("message")
        assert theirs["author"]["kind"] == "operator"
        assert theirs["file"]["name"] == "offer.pdf"
        assert (await got(front, token, theirs["file"]["id"]))[1] == b"%PDF-1.7 ..."
        await desk.send(type="say", id="2", conversation=conversation, text="", file="none")
        assert (await desk.until("error"))["code"] == "not_found"


async def test_only_the_desk_itself_may_send_an_operators_file(tmp_path):
    async with shop(tmp_path) as front:
        await at_the_desk(front)
        place = f"{front.base}/desk/files/conversation"
        assert (await front.http.post(place, data=PNG, headers={"Origin": SHOP})).status == 403
        front.http.cookie_jar.clear()
        assert (await front.http.post(place, data=PNG, headers={"Origin": ORIGIN})).status == 401


async def test_what_another_channel_keeps_is_fetched_when_it_is_wanted(tmp_path):
    asked = []

    async def fetch(ref):
        asked.append(ref)
        return b"voice" if ref == "telegram-1" else None

    async with shop(tmp_path, fetch=fetch) as front:
        peer, welcome = await front.talker("a")
        album = (Attachment("voice", "telegram-1", size=5), Attachment("photo", "telegram-2"), Attachment("poll", ""))
        front.memory.say(welcome["conversation"], ANNA, "", attachments=album)
        shown = await peer.until("message")
        assert asked == []
        assert [each["name"] for each in shown["files"]] == ["voice.ogg", "photo.jpg"], "a poll is no file"
        answer, body = await got(front, welcome["token"], shown["file"]["id"])
        assert (body, answer.headers["Content-Type"]) == (b"voice", "audio/ogg")
        assert (await got(front, welcome["token"], "2.1"))[0].status == 404, "it keeps it no more"
        assert asked == ["telegram-1", "telegram-2"]


async def test_where_no_channel_is_asked_its_files_are_not_there(tmp_path):
    async with shop(tmp_path) as front:
        peer, welcome = await front.talker("a")
        front.memory.say(welcome["conversation"], ANNA, "", attachments=(Attachment("photo", "telegram-1"),))
        await peer.until("message")
        assert (await got(front, welcome["token"], "2.0"))[0].status == 404
