"""Pages: the files of the widget, the demo and the desk, kept in memory, each with its ETag."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from aiohttp import web

STATIC = Path(__file__).parent / "static"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Page:
    """One file as it is sent."""

    body: bytes
    type: str
    etag: str


def load(folder: Path = STATIC) -> Mapping[str, Page]:
    """Every file below the folder, by its path in it."""
    files = (path for path in sorted(folder.rglob("*")) if path.suffix in _TYPES)
    return {path.relative_to(folder).as_posix(): _page(path) for path in files}


def _page(path: Path) -> Page:
    body = path.read_bytes()
    return Page(body, _TYPES[path.suffix], hashlib.sha256(body).hexdigest()[:24])


def send(page: Page, request: web.Request) -> web.Response:
    """The page, or "not modified" to whoever has it."""
    etag = f'"{page.etag}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if etag in request.headers.get("If-None-Match", ""):
        return web.Response(status=304, headers=headers)
    return web.Response(body=page.body, content_type=page.type, charset="utf-8", headers=headers)


def notice(title: str, lines: tuple[str, ...], locale: str = "en", form: str = "") -> str:
    """A short page that says one thing. `form` is HTML of ours below it."""
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return (
        f'<!doctype html><html lang="{escape(locale)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">'
        f'<title>{escape(title)}</title><link rel="icon" href="/static/icon.svg">'
        '<link rel="stylesheet" href="/static/notice.css"></head>'
        f"<body><main><h1>{escape(title)}</h1>{paragraphs}{form}</main></body></html>"
    )
