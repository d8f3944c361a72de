"""The JSON Schemas of a workspace's files, for editors that complete and check as one types."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, get_args

from bot.rehearsal.script import ScriptShape
from bot.workspace.desk_shape import DeskShape
from bot.workspace.phrases import load_phrases, phrases_schema
from bot.workspace.replies import RepliesShape
from intents.schema import DIALECT, schema_of
from intents.shape import IntentsFile
from kb.article import Audience
from kb.loader import KEYS

PACKAGED: Final = Path(__file__).parents[1] / "content" / "schema"  # what the sample's files name; `init` copies it


def schemas() -> Mapping[str, Mapping[str, Any]]:
    """Every schema by the name of its file."""
    return {
        "intents.schema.json": schema_of(IntentsFile, "Intents of Frontline"),
        "desk.schema.json": schema_of(DeskShape, "The desk of Frontline"),
        "replies.schema.json": schema_of(RepliesShape, "Canned replies of Frontline"),
        "phrases.schema.json": phrases_schema(load_phrases(None), "Phrases of Frontline"),
        "article.schema.json": _article(),
        "dialogue.schema.json": schema_of(ScriptShape, "A dialogue of Frontline"),
    }


def _article() -> Mapping[str, Any]:
    """That of the front matter, which `kb` reads without a model."""
    kinds: Mapping[type, Mapping[str, Any]] = {
        str: {"type": "string", "pattern": r"\S"},
        tuple: {"type": "array", "items": {"type": "string"}},
    }
    keys = {name: {"description": key.says, **kinds[key.kind]} for name, key in KEYS.items()}
    keys["audience"] = {"default": "customers", "description": KEYS["audience"].says, "enum": [*get_args(Audience)]}
    return {
        "$schema": DIALECT,
        "additionalProperties": False,
        "description": "The lines between the two rules of dashes at the head of an article.",
        "properties": keys,
        "required": ["title"],
        "title": "Front matter of Frontline's articles",
        "type": "object",
    }


def write_schemas(folder: Path) -> Sequence[Path]:
    """Write them all into the folder, made if it is missing. Returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = {folder / name: schema for name, schema in schemas().items()}
    for path, schema in written.items():
        path.write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return list(written)
