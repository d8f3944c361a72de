"""Files: what visitors and operators send each other, kept under names of our own, out of reach of anybody else."""

import asyncio
import json
import secrets
import shutil
import time
from collections.abc import AsyncIterator, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.dialog.errors import FileRefusedError
from bot.dialog.messages import Attachment, Upload
from bot.dialog.ports import Store
from bot.storage.filetypes import HEAD, KINDS, type_of

LIMIT = 10 * 1024 * 1024
OURS = "file:"  # how a ref of a file begins that is kept here
UNSENT = 24 * 3600.0  # seconds that an upload waits for its message
_NAME = 120  # letters
_WAITING = "waiting"


async def sweep(files: "Files", store: Store) -> None:
    """Remove files that no message has any more. Raises StoreUnavailableError."""
    files.forget_unsent()
    for conversation in files.conversations():
        refs: set[str] = set()
        async with store.read() as look:
            after = 0
            while page := await look.messages(conversation, after):
                refs.update(each.ref for message in page for each in message.attachments)
                after = page[-1].seq
        files.keep_only(conversation, refs)


class Files:
    """A folder. An upload waits in `waiting/`; with its message it moves to the folder of the conversation.

    Whatever is in no message any more is found by `sweep`; a conversation's folder goes with the conversation.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def take(self, owner: str, name: str, parts: AsyncIterator[bytes]) -> Upload:
        """Keep what comes, for a message of this conversation. Raises FileRefusedError, and OSError when it cannot."""
        id = secrets.token_hex(16)
        place = self._folder / _WAITING / id
        await asyncio.to_thread(place.parent.mkdir, parents=True, exist_ok=True)
        try:
            size, head = await _written(place, parts)
            upload = Upload(id, _tidy(name), _allowed(head, name), size)
            note = json.dumps(asdict(upload) | {"owner": owner})
            await asyncio.to_thread(place.with_suffix(".json").write_text, note, "utf-8")
        except BaseException:
            _remove(place)
            raise
        return upload

    def claim(self, conversation: str, id: str) -> Attachment | None:
        """The upload as part of a message of the conversation it was sent in; the same one again is the same.

        None when there is none of this id, or it is somebody else's.
        """
        if len(id) != 2 * 16 or not all(each in "0123456789abcdef" for each in id):
            return None
        place = self._folder / conversation / id
        if not place.with_suffix(".json").exists():
            waiting = self._folder / _WAITING / id
            if _owner(waiting) != conversation:
                return None
            place.parent.mkdir(parents=True, exist_ok=True)
            waiting.replace(place)
            waiting.with_suffix(".json").replace(place.with_suffix(".json"))
        noted = _noted(place)
        if noted is None:
            return None
        return Attachment(KINDS[noted["mime"]], f"{OURS}{id}", noted["name"], noted["mime"], noted["size"])

    def path(self, conversation: str, attachment: Attachment) -> Path | None:
        """Where the file is, when it is kept here and still there."""
        if not attachment.ref.startswith(OURS):
            return None
        place = self._folder / conversation / attachment.ref.removeprefix(OURS)
        return place if place.is_file() else None

    def of(self, conversation: str) -> list[dict[str, Any]]:
        """What is kept of the conversation, uploads that wait for their message included: path, name, type, size."""
        return [{"path": str(each), **(_noted(each) or {})} for each in self._places(conversation)]

    def _places(self, conversation: str) -> list[Path]:
        waiting = (each for each in self._old(self._folder / _WAITING, 0.0) if _owner(each) == conversation)
        return [*sorted(self._old(self._folder / conversation, 0.0)), *sorted(waiting)]

    def erase(self, conversation: str, attachments: Iterable[Attachment] | None = None) -> None:
        """Remove these files, or all that there are of the conversation."""
        folder = self._folder / conversation
        if attachments is None:
            for place in self._places(conversation):
                _remove(place)
            shutil.rmtree(folder, ignore_errors=True)
            return
        for each in attachments:
            if each.ref.startswith(OURS):
                _remove(folder / each.ref.removeprefix(OURS))

    def keep_only(self, conversation: str, refs: set[str]) -> None:
        """Remove what no message of the conversation has any more, unless it has only just come."""
        folder = self._folder / conversation
        for each in self._old(folder, 3600.0):
            if f"{OURS}{each.name}" not in refs:
                _remove(each)
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()

    def forget_unsent(self) -> None:
        """Remove uploads that no message came for within a day."""
        for each in self._old(self._folder / _WAITING, UNSENT):
            _remove(each)

    def conversations(self) -> list[str]:
        """Those that have files."""
        if not self._folder.is_dir():
            return []
        return [each.name for each in self._folder.iterdir() if each.is_dir() and each.name != _WAITING]

    @staticmethod
    def _old(folder: Path, seconds: float) -> list[Path]:
        if not folder.is_dir():
            return []
        horizon = time.time() - seconds
        return [each for each in folder.iterdir() if not each.suffix and each.stat().st_mtime < horizon]


async def _written(place: Path, parts: AsyncIterator[bytes]) -> tuple[int, bytes]:
    """How long it is, and how it begins. Raises FileRefusedError when it is too long."""
    size, head = 0, b""
    with place.open("wb") as file:
        async for part in parts:
            size += len(part)
            if size > LIMIT:
                raise FileRefusedError("too_long", "The file is larger than 10 MB.")
            head += part[: HEAD - len(head)]
            await asyncio.to_thread(file.write, part)
    return size, head


def _allowed(head: bytes, name: str) -> str:
    mime = type_of(head, name)
    if mime is None:
        raise FileRefusedError("unsupported", "Files of this type are not taken.")
    return mime


def _noted(place: Path) -> dict[str, Any] | None:
    try:
        noted: dict[str, Any] = json.loads(place.with_suffix(".json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return noted


def _owner(place: Path) -> str | None:
    return (_noted(place) or {}).get("owner")


def _remove(place: Path) -> None:
    for each in (place, place.with_suffix(".json")):
        each.unlink(missing_ok=True)


def _tidy(name: str) -> str:
    """The name without folders and without what has no letter's shape; its ending stays when it is too long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(each for each in last if each.isprintable()).strip() or "file"
    stem, dot, ending = shown.rpartition(".")
    return f"{stem[: _NAME - len(ending) - 1]}{dot}{ending}" if dot else shown[:_NAME]
