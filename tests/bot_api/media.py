"""Files and the shapes in which messages carry them."""

from typing import Any

from tests.bot_api.refusals import bad
from tests.bot_api.world import World

Json = dict[str, Any]
KINDS: dict[str, Json] = {
    "photo": {"width": 90, "height": 60},
    "document": {},
    "voice": {"duration": 2},
    "audio": {"duration": 2},
    "video": {"width": 90, "height": 60, "duration": 2},
    "animation": {"width": 90, "height": 60, "duration": 2},
    "video_note": {"length": 60, "duration": 2},
    "sticker": {"width": 64, "height": 64, "type": "regular", "is_animated": False, "is_video": False},
}
UPLOAD_LIMIT, DOWNLOAD_LIMIT = 50 * 1024 * 1024, 20 * 1024 * 1024


def keep(world: World, name: str, data: bytes) -> str:
    """Keep a file; return its id."""
    file_id = f"file-{world.number()}"
    world.files[file_id] = (name, data)
    return file_id


def body(world: World, kind: str, file_id: str) -> Json:
    """What a message says of a file."""
    name, data = world.files[file_id]
    told = KINDS[kind] | {"file_id": file_id, "file_unique_id": f"u-{file_id}", "file_size": len(data)}
    if kind in {"document", "audio", "video", "animation"}:
        told |= {"file_name": name}
    return {kind: [told] if kind == "photo" else told}


def given(world: World, kind: str, value: str, uploads: dict[str, tuple[str, bytes]]) -> Json:
    """What a request says of a file: `attach://<part>` for an upload, or the id of a file that we have."""
    if value.startswith("attach://"):
        name, data = uploads[value.removeprefix("attach://")]
        if len(data) > UPLOAD_LIMIT:
            raise bad("file is too big")
        return body(world, kind, keep(world, name, data))
    if value not in world.files:
        raise bad("wrong file identifier/HTTP URL specified")
    return body(world, kind, value)
