"""Pages: the files of the widget, the demo and the desk, kept in memory, each with its ETag, also compressed."""

import hashlib
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import ascii_letters

from aiohttp import web
from rjsmin import jsmin

STATIC = Path(__file__).parent / "static"
_IMPORT = re.compile(r'^import [^;]* from "\./(\w+)\.js";\n', re.MULTILINE)
_STYLE = re.compile(r"(?<=STYLE = `)[^`]+")
_PRIVATE = re.compile(
    r"(?:(?<=\.#)|(?<=^  #)|(?<=^  async #))\w+", re.MULTILINE
)  # where nothing but a private member stands
_SLACK = re.compile(r";?\s*(})\s*|\s*([{;,])\s*|(?<=:) ")  # in a style
_SPARE = re.compile(r"(?<=})\n(?=[\w#])|[;,](?=})")  # in a script: statements end with a semicolon, none is empty
_TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Page:
    """One file as it is sent."""

    body: bytes
    small: bytes
    type: str
    etag: str


def load(folder: Path = STATIC) -> Mapping[str, Page]:
    """Every file below the folder, by its path in it."""
    files = (path for path in sorted(folder.rglob("*")) if path.suffix in _TYPES)
    return {path.relative_to(folder).as_posix(): _page(path) for path in files}


def _page(path: Path) -> Page:
    widget = path.suffix == ".js" and "widget" in {path.stem, path.parent.name}
    body = _script(path).encode() if widget else path.read_bytes()  # what shortens does not know templates in templates
    return Page(body, _small(body), _TYPES[path.suffix], hashlib.sha256(body).hexdigest()[:24])


def _small(body: bytes) -> bytes:
    """As gzip has it, with new tables every 4096 symbols: words, code and styles share none. As small in any year."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16, memLevel=6)
    return packer.compress(body) + packer.flush()


def _script(path: Path) -> str:
    """The widget's module as it is sent: without remarks, indentation and private names, which are for readers."""
    text = _joined(path, []) if path.parent.name == "widget" else path.read_text(encoding="utf-8")
    private = {name: _letters(number) for number, name in enumerate(dict.fromkeys(_PRIVATE.findall(text)))}
    text = _PRIVATE.sub(lambda name: private[name[0]], text)
    short: str = jsmin(_STYLE.sub(lambda style: _SLACK.sub(r"\1\2", style[0].strip()), text))
    return _SPARE.sub("", short)


def _letters(number: int) -> str:
    return ascii_letters[number % len(ascii_letters)] * (number // len(ascii_letters) + 1)


def _joined(path: Path, taken: list[Path]) -> str:
    """The module after all that it imports from its own folder, each once: one request instead of a dozen."""
    taken.append(path)
    text = path.read_text(encoding="utf-8")
    needed = [path.with_stem(name) for name in _IMPORT.findall(text)]
    before = "".join(
        re.sub(r"^export ", "", _joined(each, taken), flags=re.MULTILINE) for each in needed if each not in taken
    )
    return before + _IMPORT.sub("", text)


def send(page: Page, request: web.Request) -> web.Response:
    """The page, or "not modified" to whoever has it."""
    etag = f'"{page.etag}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if page.etag in request.headers.get("If-None-Match", ""):
        return web.Response(status=304, headers=headers)
    body = page.body
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        body, headers["Content-Encoding"] = page.small, "gzip"
    return web.Response(body=body, content_type=page.type, charset="utf-8", headers=headers)


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
