"""The page about the workspace names every key that the models know, and says of it what they say."""

from pathlib import Path

import pytest

from bot.cli.schemas import schemas

PAGE = Path(__file__).parents[2] / "docs" / "workspace.md"
SECTIONS = {
    "intents": "`intents/*.yaml`",
    "desk": "`handoff/desk.yaml`",
    "replies": "`handoff/replies.yaml`",
    "article": "The head of an article",
}
PLAIN = {"boolean": "true or false", "integer": "a whole number", "number": "a number"}


def rows(kind):
    whole = schemas()[f"{kind}.schema.json"]
    return ["| key | value | |", "|---|---|---|", *of_keys(whole, whole, "")]


def of_keys(node, whole, prefix):
    for name, each in node.get("properties", {}).items():
        known = {**real(each, whole), **each}
        value = said(known, whole) + (", required" if name in node.get("required", ()) else "")
        if "default" in known:
            value += f"; {known['default']} if left out".replace("True", "true").replace("False", "false")
        description = known["description"].replace("|", r"\|").replace("<", r"\<")
        yield f"| `{prefix}{name}` | {value} | {description} |"
        yield from within(known, whole, prefix + name)


def within(node, whole, name):
    """The keys below a key: of the items of its list, or of what it holds by name."""
    for each in meant(node, whole):
        yield from within(each["items"], whole, f"{name}[]") if "items" in each else of_keys(each, whole, f"{name}.")
        for value in named(each):
            yield from within(value, whole, f"{name}.*")


def said(node, whole):
    """The kind of value, in an admin's words."""
    return " or ".join(
        sorted({kind_of(each, whole) for each in meant(node, whole)}, key=lambda kind: (len(kind), kind))
    )


def kind_of(node, whole):
    if "enum" in node:
        return ", ".join(f"`{each}`" for each in node["enum"])
    if node["type"] == "array":
        return f"a list of {said(node['items'], whole)}"
    if node["type"] == "string":
        return next((name for part, name in STRINGS.items() if part in node.get("pattern", "")), "text")
    if node["type"] != "object":
        return PLAIN[node["type"]]
    if "properties" in node:
        return "keys"
    (value,) = {said(each, whole) for each in named(node)}
    return f"by {'language' if 'text' in value and 'by' not in value else 'name'}: {value}"


STRINGS = {"smhd": "a duration", "mailto": "an address", r":(\d{2})": "hours"}


def named(node):
    wild = node.get("additionalProperties")
    return [*node.get("patternProperties", {}).values(), *([wild] if wild else [])]


def meant(node, whole):
    """What may stand there: the members of a union, but for nothing."""
    found = [real(each, whole) for each in real(node, whole).get("anyOf", [node])]
    return [each for each in found if each.get("type") != "null"]


def real(node, whole):
    return whole["$defs"][node["$ref"].rsplit("/", 1)[1]] if "$ref" in node else node


@pytest.mark.parametrize("kind", SECTIONS)
def test_the_page_says_of_every_key_what_its_model_says(kind):
    section = PAGE.read_text("utf-8").split(f"## {SECTIONS[kind]}\n")[1].split("\n## ")[0]
    written = [line for line in section.splitlines() if line.startswith("|")]
    assert written == rows(kind), f"write the table of {SECTIONS[kind]} anew"
