"""`frontline export` and `frontline forget`: what is kept of a customer is told, and erased, whoever they are."""

import asyncio
import io
import json
import stat

import pytest

from bot.dialog.acts import Sender, Wrote
from bot.storage.files import Files
from bot.storage.storage import Storage
from tests.dialog.shop import Shop, online

DATABASE = "sqlite+aiosqlite:///frontline.db"
PDF = b"%PDF-1.7 Maria"


class Terminal(io.StringIO):
    def isatty(self):
        return True


async def _parts():
    yield PDF


async def _customers(folder):
    """Maria, who has sent a file and waits for a person in Telegram; and somebody else, whose number is a ticket's."""
    files = Files(folder / ".frontline" / "files")
    async with Storage.open(DATABASE) as storage, asyncio.TaskGroup() as tasks:
        await storage.upgrade()
        shop = Shop(storage, venue=None)
        shop.open(tasks)
        await online(shop, "anna")
        maria = Sender("telegram", "1001", "Maria", "maria")
        await shop.do(Wrote(maria, "1", "person", shop.now))
        (person,) = await storage.people.named("telegram:1001")
        (conversation,) = person.conversations
        upload = await files.take(conversation, "passport.pdf", _parts())
        file = files.claim(conversation, upload.id)
        await shop.do(Wrote(maria, "2", "here is mine", shop.now, attachments=(file,)))
        await shop.do(Wrote(Sender("telegram", "1", "Boris"), "1", "hello", shop.now))
        shop.close()
    return files, conversation


@pytest.fixture
def customers(tmp_path, monkeypatch):
    monkeypatch.setenv("FRONTLINE_FILES", str(tmp_path / ".frontline" / "files"))
    return asyncio.run(_customers(tmp_path))


def test_an_export_has_what_was_said_and_sent_and_nothing_of_anybody_else(frontline, customers, tmp_path):
    _, conversation = customers
    status, out, err = frontline("export", "#1")
    told = json.loads(out)
    assert (status, err) == (0, "")
    assert [each["text"] for each in told["message"] if each["author"] == "customer"] == ["person", "here is mine"]
    assert told["conversation"][0]["username"] == "maria"
    (file,) = told["files"]
    assert (file["conversation"], file["name"], file["size"]) == (conversation, "passport.pdf", len(PDF))
    assert (tmp_path / file["path"]).read_bytes() == PDF
    assert told["message"][2]["attachments"][0]["name"] == "passport.pdf"
    assert "Boris" not in out


def test_an_export_into_a_file_is_for_its_owner_alone(frontline, customers, tmp_path):
    (tmp_path / "maria.json").write_text("older and readable", "utf-8")
    status, out, _ = frontline("export", "telegram:1001", "--out", "maria.json")
    assert (status, out) == (
        0,
        "maria.json has everything that is kept of telegram:1001. It is personal: hand it over, then delete it.\n",
    )
    assert json.loads((tmp_path / "maria.json").read_text("utf-8"))["customer"] == "telegram:1001"
    assert stat.S_IMODE((tmp_path / "maria.json").stat().st_mode) == 0o600
    status, out, err = frontline("export", "telegram:1001", "--out", "nowhere/maria.json")
    assert (status, out, err) == (1, "", "nowhere/maria.json cannot be written (No such file or directory).\n")


def test_whoever_is_forgotten_at_the_terminal_is_asked_about_first(frontline, customers, monkeypatch):
    files, conversation = customers
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    status, out, err = frontline("forget", "telegram:1001")
    counts = "1 conversation, 3 messages, 1 order, 1 file"
    assert (status, out.strip()) == (1, "")
    assert err.startswith(f"Of telegram:1001 this erases {counts}. What is open is cancelled.\nIt cannot be undone.")
    assert files.of(conversation)
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    status, out, _ = frontline("forget", "telegram:1001")
    assert (status, out.strip()) == (0, f"telegram:1001 is forgotten. Erased: {counts}.")
    assert files.of(conversation) == []
    told = json.loads(frontline("export", conversation)[1])
    assert set(told) == {"customer", "exported", "conversation", "dialog_event", "ticket", "ticket_event", "files"}
    assert (told["ticket"][0]["reason"], told["ticket_event"][-1]["event"]) == ("cancelled", "WasClosed")
    assert "aria" not in str(told)


def test_where_nobody_can_be_asked_it_has_to_be_said_and_again_it_finds_what_has_come_since(frontline, customers):
    files, conversation = customers
    told = "Nobody can be asked here, and it cannot be undone: add --yes.\n"
    assert frontline("forget", "#1") == (1, "", told)
    assert frontline("forget", "#1", "--yes")[0] == 0
    assert frontline("forget", "#1") == (0, "Nothing is kept of #1 any more.\n", "")
    asyncio.run(files.take(conversation, "late.pdf", _parts()))
    assert frontline("forget", conversation, "--yes") == (0, f"{conversation} is forgotten. Erased: 1 file.\n", "")
    assert files.of(conversation) == []


@pytest.mark.parametrize("command", [("export",), ("forget", "--yes")])
def test_nobody_and_more_than_one_are_one_line_with_the_remedy(frontline, customers, command):
    status, out, err = frontline(*command, "telegram:9")
    assert (status, out) == (1, "")
    assert err == (
        'Nobody is known by "telegram:9". '
        "Name a customer by a ticket's number (17), a chat (telegram:1001) or a conversation's id.\n"
    )
    status, out, err = frontline(*command, "1")
    assert (status, out) == (1, "")
    assert err == '"1" may be 2 people; write #1 for the ticket, or telegram:1 for the chat in Telegram.\n'


@pytest.mark.parametrize("command", ["export", "forget"])
def test_without_a_database_there_is_nobody(frontline, command):
    status, out, err = frontline(command, "1")
    assert (status, out) == (1, "")
    assert err.startswith("There is no database at frontline.db yet")
