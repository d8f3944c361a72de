"""The customer that a command is about, and what is kept of them in the database and on the disk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from bot.cli.errors import CommandError
from bot.dialog.people import Person
from bot.settings import Settings
from bot.storage.files import Files
from bot.storage.storage import Storage

WAYS = "a ticket's number (17), a chat (telegram:1001) or a conversation's id"
Customer = Annotated[str, typer.Argument(metavar="CUSTOMER", help=f"By {WAYS}.")]


@dataclass(frozen=True, slots=True)
class Kept:
    """What an erasure would reach: rows by table, and the notes of the files."""

    person: Person
    rows: Mapping[str, int]
    files: Sequence[Mapping[str, Any]]


async def who(storage: Storage, customer: str) -> Person:
    """The one who is meant. Raises CommandError for nobody, and for somebody who may be another."""
    found = await storage.people.named(customer)
    if not found:
        raise CommandError(f'Nobody is known by "{customer}". Name a customer by {WAYS}.')
    if len(found) > 1:
        remedy = f"write #{customer} for the ticket, or telegram:{customer} for the chat in Telegram"
        raise CommandError(f'"{customer}" may be {len(found)} people; {remedy}.')
    return found[0]


async def kept(storage: Storage, settings: Settings, customer: str) -> Kept:
    """What is kept of the customer. Raises CommandError as `who` does."""
    person = await who(storage, customer)
    return Kept(person, await storage.people.erasable(person), files_of(settings, person))


def files_of(settings: Settings, person: Person) -> list[dict[str, Any]]:
    """The files that the person and their operators have sent, as far as they are kept here."""
    files = Files(settings.files)
    return [{"conversation": each} | note for each in person.conversations for note in files.of(each)]
