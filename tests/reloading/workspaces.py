"""A small workspace whose every answer carries the mark of its version, and the ways in which an admin saves it."""

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

DESK = """\
timezone: UTC
locales: [en]
skills:
  general: {title: General, hours: always}
hours:
  always: {mon-sun: ["00:00-24:00"]}
operators:
  - {id: anna, name: Anna, telegram: 1001, skills: {general: 1.0}, capacity: 9}
  - {id: olga, name: Olga, telegram: 1002, skills: {general: 1.0}, capacity: 9, role: supervisor}
escalation: {misses: 1000000, repeats: 1000000, feedback: false}
"""
QUESTION = "what does it cost"


def intents(mark: int) -> str:
    """Ids, titles and texts all carry the mark, so that no part of one version goes with a part of another."""
    return f"""\
intents:
  - id: price_{mark}
    title: {{en: "Price v{mark}"}}
    examples: {{en: [{QUESTION}, how much is it, the price please]}}
    answer: {{en: "It costs v{mark}."}}
    buttons: [time_{mark}]
    handoff: never
  - id: time_{mark}
    title: {{en: "Time v{mark}"}}
    examples: {{en: [how long does it take, when will it come, what time do I get it]}}
    answer: {{en: "Soon v{mark}."}}
    handoff: never
  - id: person_{mark}
    title: {{en: "Person v{mark}"}}
    examples: {{en: [I want a person, operator please, let me talk to staff]}}
    action: handoff
"""


def make(folder: Path, mark: int = 0) -> Path:
    """The workspace in the folder."""
    (folder / "handoff").mkdir(parents=True)
    (folder / "handoff/desk.yaml").write_text(DESK, encoding="utf-8")
    (folder / "intents").mkdir()
    (folder / "intents/talk.yaml").write_text(intents(mark), encoding="utf-8")
    return folder


# The ways of editors. Each leaves the file with that content.


def _in_place(file: Path, content: bytes) -> None:
    file.write_bytes(content)


def _renamed(file: Path, content: bytes) -> None:
    part = file.with_name(f".{file.name}.part")
    part.write_bytes(content)
    part.replace(file)


def _with_backup(file: Path, content: bytes) -> None:
    if file.exists():
        file.replace(file.with_name(f"{file.name}~"))
    file.with_name(f".#{file.name}").symlink_to("someone@nowhere")
    file.write_bytes(content)
    file.with_name(f".#{file.name}").unlink()


def _in_pieces(file: Path, content: bytes) -> None:
    with file.open("wb", buffering=0) as out:
        for start in range(0, len(content), 100):
            out.write(content[start : start + 100])
            os.fsync(out.fileno())


WAYS: tuple[Callable[[Path, bytes], None], ...] = (_in_place, _renamed, _with_backup, _in_pieces)


def faulty(mark: int, random: Random) -> bytes:
    """A save that cannot be served; its faults name the mark where they can."""
    good = intents(mark)
    return random.choice(
        [
            good.replace("answer:", f"answer_{mark}:", 1).encode(),
            f"{good}  - id: [v{mark}\n".encode(),
            good.replace(f"buttons: [time_{mark}]", f"buttons: [nowhere_{mark}]").encode(),
            good.replace("Soon", "Скоро").encode("cp1251"),
            f"# v{mark}\n".encode(),
            good[: len(good) // 2].encode() + b"\n  :::",
        ]
    )


def save(file: Path, content: bytes, random: Random) -> None:
    """As one editor or another would."""
    random.choice(WAYS)(file, content)
