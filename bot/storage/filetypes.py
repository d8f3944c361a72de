"""File types: the few that are taken, known by how they begin, never by what they call themselves."""

from codecs import getincrementaldecoder
from collections.abc import Mapping
from typing import Final

HEAD: Final = 2048  # bytes that tell the type

KINDS: Final[Mapping[str, str]] = {
    "image/jpeg": "photo",
    "image/png": "photo",
    "image/webp": "photo",
    "image/gif": "document",
    "image/heic": "document",
    "application/pdf": "document",
    "text/plain": "document",
    "text/csv": "document",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "document",
    "application/vnd.oasis.opendocument.text": "document",
    "application/vnd.oasis.opendocument.spreadsheet": "document",
    "audio/mpeg": "audio",
    "audio/mp4": "audio",
    "audio/ogg": "audio",
    "video/mp4": "video",
    "video/quicktime": "video",
    "video/webm": "video",
}
"""Every type that is taken, and what a channel shows it as."""

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
_ENDINGS: Final = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
    "heic": "image/heic",
    "heif": "image/heic",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "csv": "text/csv",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "pptx": f"{_OFFICE}presentationml.presentation",
    "odt": f"{_OPEN}text",
    "ods": f"{_OPEN}spreadsheet",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
}
_BEGINNINGS: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\xff\xf2", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"\x1a\x45\xdf\xa3", "video/webm"),
)
_BRANDS: Final = {b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heic", b"qt  ": "video/quicktime"}
_MARKUP: Final = (b"<svg", b"<html", b"<script", b"<?xml", b"<!doctype")


def type_of(head: bytes, name: str) -> str | None:
    """The type of a file that begins so, when it is one that is taken and its name's ending says the same."""
    claimed = _ENDINGS.get(name.rpartition(".")[2].lower())
    return claimed if claimed is not None and claimed in _possible(head) else None


def _possible(head: bytes) -> set[str]:
    """What may begin so."""
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return {kind}
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return {"image/webp"}
    if head[4:8] == b"ftyp":
        return {_BRANDS[head[8:12]]} if head[8:12] in _BRANDS else {"video/mp4", "audio/mp4"}
    if head.startswith(b"PK\x03\x04"):
        return {kind for kind in KINDS if kind.startswith((_OFFICE, _OPEN))}
    return {"text/plain", "text/csv"} if _is_text(head) else set()


def _is_text(head: bytes) -> bool:
    """Letters and nothing that a browser could take for a page or a drawing."""
    lowered = head.lower()
    if not head or b"\0" in head or any(each in lowered for each in _MARKUP):
        return False
    try:
        getincrementaldecoder("utf-8")().decode(head)  # the last letter may be cut in two
    except UnicodeDecodeError:
        return False
    return True
