"""The JSON Schemas of a workspace's files, for editors that complete and check as one types."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from bot.rehearsal.script import ScriptShape
from bot.workspace.desk_shape import DeskShape
from bot.workspace.phrases import load_phrases, phrases_schema
from bot.workspace.replies import RepliesShape
from intents.schema import schema_of
from intents.shape import IntentsFile

PACKAGED: Final = Path(__file__).parents[1] / "content" / "schema"  # what the sample's files name; `init` copies it


def schemas() -> Mapping[str, Mapping[str, Any]]:
    """Every schema by the name of its file."""
    return {
        "intents.schema.json": schema_of(IntentsFile, "Intents of Frontline"),
        "desk.schema.json": schema_of(DeskShape, "The desk of Frontline"),
        "replies.schema.json": schema_of(RepliesShape, "Canned replies of Frontline"),
        "phrases.schema.json": phrases_schema(load_phrases(None), "Phrases of Frontline"),
        "dialogue.schema.json": schema_of(ScriptShape, "A dialogue of Frontline"),
    }


def write_schemas(folder: Path) -> Sequence[Path]:
    """Write them all into the folder, made if it is missing. Returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = {folder / name: schema for name, schema in schemas().items()}
    for path, schema in written.items():
        path.write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return list(written)
