"""JSON Schemas of content files, from the models that read them, for editors that complete and check."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import DictSchema

DIALECT = "http://json-schema.org/draft-07/schema#"  # the one that every editor knows


class _Generator(GenerateJsonSchema):
    """Keys that do not fit a pattern are refused, as the models refuse them."""

    def dict_schema(self, schema: DictSchema) -> JsonSchemaValue:
        written = super().dict_schema(schema)
        if "patternProperties" in written:
            written["additionalProperties"] = False
        return written


def schema_of(model: type[BaseModel], title: str) -> Mapping[str, Any]:
    """The schema of a file that is read as `model`."""
    written = model.model_json_schema(schema_generator=_Generator)
    return {"$schema": DIALECT, **_plain(written), "title": title}


def _plain(value: Any) -> Any:
    """Without what pydantic adds: titles made of names hide the descriptions, and a default of nothing is none."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items() if not _is_noise(key, each)}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def _is_noise(key: str, value: Any) -> bool:
    return (key == "title" and isinstance(value, str)) or (
        key == "default" and not isinstance(value, str | int | float)
    )
