"""Files in their folder: known by how they begin, kept while a message has them."""

import os
import time
from zipfile import ZipFile

import pytest

from bot.dialog.errors import FileRefusedError
from bot.storage.files import UNSENT, Files, sweep
from bot.storage.filetypes import KINDS, type_of

OURS, THEIRS = "c" * 32, "d" * 32
BEGINNINGS = {
    "a.jpg": b"\xff\xd8\xff\xe0",
    "a.JPEG": b"\xff\xd8\xff\xe1",
    "a.png": b"\x89PNG\r\n\x1a\n",
    "a.gif": b"GIF89a",
    "a.webp": b"RIFF\0\0\0\0WEBPVP8 ",
    "a.heic": b"\0\0\0\x18ftypheic",
    "a.pdf": b"%PDF-1.7",
    "a.txt": "простой текст".encode(),
    "a.csv": b"a;b\n1;2\n",
    "a.docx": b"PK\x03\x04",
    "a.xlsx": b"PK\x03\x04",
    "a.odt": b"PK\x03\x04",
    "a.mp3": b"ID3\x04",
    "a.m4a": b"\0\0\0\x20ftypM4A ",
    "a.ogg": b"OggS",
    "a.mp4": b"\0\0\0\x20ftypisom",
    "a.mov": b"\0\0\0\x14ftypqt  ",
    "a.webm": b"\x1a\x45\xdf\xa3",
}


async def parts(*all_of_them):
    for part in all_of_them:
        yield part


def age(folder, seconds):
    for each in folder.rglob("*"):
        os.utime(each, (time.time() - seconds,) * 2)


@pytest.mark.parametrize("name", BEGINNINGS)
def test_a_type_is_known_by_its_beginning(name):
    assert type_of(BEGINNINGS[name], name) in KINDS


@pytest.mark.parametrize("name", BEGINNINGS)
def test_a_name_that_says_something_else_is_not_believed(name):
    others = [each for each in BEGINNINGS if BEGINNINGS[each][:3] != BEGINNINGS[name][:3]]
    wrong = [each for each in others if type_of(BEGINNINGS[name], each) is not None]
    assert all({name[-3:], each[-3:]} <= {"txt", "csv", "mp4", "m4a"} for each in wrong)


@pytest.mark.parametrize("head", [b"", b"a\0b", b"\xd0\xff\xff\xff\xff", b"<svg", b" <?xml", b"hello <ScRiPt>"])
def test_what_a_browser_could_take_for_a_page_is_no_text(head):
    assert type_of(head, "a.txt") is None


def test_a_letter_cut_in_two_is_still_a_letter():
    assert type_of("я".encode()[:1].rjust(7, b"a"), "a.txt") == "text/plain"


async def test_a_file_waits_for_its_message(tmp_path):
    files = Files(tmp_path)
    upload = await files.take(OURS, "C:\\folder\\от\u202eчёт.pdf", parts(b"%PD", b"F-1.7"))
    assert (upload.name, upload.size) == ("отчёт.pdf", 8)
    file = files.claim(OURS, upload.id)
    assert file == files.claim(OURS, upload.id)
    assert file.kind == "document"
    assert files.path(OURS, file).read_bytes() == b"%PDF-1.7"
    assert files.path("d" * 32, file) is None


async def test_a_name_that_is_too_long_keeps_its_ending(tmp_path):
    upload = await Files(tmp_path).take(OURS, "a" * 300 + ".pdf", parts(b"%PDF-1.7"))
    assert len(upload.name) == 120
    assert upload.name.endswith("a.pdf")


async def test_an_upload_that_breaks_off_leaves_nothing(tmp_path):
    async def broken():
        yield b"%PDF-1.7"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await Files(tmp_path).take(OURS, "a.pdf", broken())
    with pytest.raises(FileRefusedError):
        await Files(tmp_path).take(OURS, "a.exe", parts(b"MZ"))
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == []


async def test_an_upload_without_a_message_is_forgotten_after_a_day(tmp_path):
    files = Files(tmp_path)
    upload = await files.take(OURS, "a.pdf", parts(b"%PDF-1.7"))
    files.forget_unsent()
    age(tmp_path, UNSENT - 60)
    files.forget_unsent()
    assert files.claim("d" * 32, upload.id) is None, "it is somebody else's"
    age(tmp_path, UNSENT + 60)
    files.forget_unsent()
    assert files.claim(OURS, upload.id) is None


async def test_what_no_message_has_any_more_is_swept_out(tmp_path):
    class Store:
        def __init__(self, *refs):
            self.refs = refs

        def read(self):
            return self

        async def __aenter__(self):
            return self

        async def __aexit__(self, *_):
            return None

        async def messages(self, conversation, after=0):
            assert conversation == OURS
            return [self] if after == 0 and self.refs else []

        seq = 1

        @property
        def attachments(self):
            return self.refs

    files = Files(tmp_path)
    ids = [(await files.take(OURS, "a.pdf", parts(b"%PDF-1.7"))).id for _ in range(2)]
    kept, lost = [files.claim(OURS, each) for each in ids]
    await sweep(files, Store(kept))
    assert files.path(OURS, lost) is not None, "its message may be on its way"
    age(tmp_path, 7200)
    await sweep(files, Store(kept))
    assert files.path(OURS, lost) is None
    assert files.path(OURS, kept) is not None
    await sweep(files, Store())
    assert files.conversations() == []
    await sweep(Files(tmp_path / "none"), Store())


async def test_a_conversation_can_be_erased_whole_or_by_the_file(tmp_path):
    files = Files(tmp_path)
    ids = [(await files.take(OURS, "a.pdf", parts(b"%PDF-1.7"))).id for _ in range(2)]
    one, two = [files.claim(OURS, each) for each in ids]
    files.erase(OURS, [one])
    assert files.path(OURS, one) is None
    assert files.path(OURS, two) is not None
    waiting = await files.take(OURS, "b.pdf", parts(b"%PDF-1.7"))
    theirs = await files.take(THEIRS, "c.pdf", parts(b"%PDF-1.7"))
    assert [each["name"] for each in files.of(OURS)] == ["a.pdf", "b.pdf"]
    files.erase(OURS)
    assert (files.conversations(), files.of(OURS), files.claim(OURS, waiting.id)) == ([], [], None)
    assert files.claim(THEIRS, theirs.id) is not None
    files.erase(OURS)


def test_an_office_document_is_an_archive(tmp_path):
    with ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("[Content_Types].xml", "")
    assert type_of((tmp_path / "a.xlsx").read_bytes(), "a.xlsx") in KINDS
    assert type_of((tmp_path / "a.xlsx").read_bytes(), "a.zip") is None
