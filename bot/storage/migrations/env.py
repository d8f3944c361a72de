"""How Alembic runs the migrations: on the connection it is handed, or on `-x url=sqlite:///file` for a new one."""

from typing import Literal

from alembic import context
from sqlalchemy import Connection, TypeDecorator, create_engine

from bot.storage.tables import METADATA


def plain(kind: str, thing: object, _: object) -> str | Literal[False]:
    """Migrations speak of plain columns: they must run when today's types are gone."""
    return f"sa.{thing.impl_instance!r}" if kind == "type" and isinstance(thing, TypeDecorator) else False


def run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True, render_item=plain)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with create_engine(context.get_x_argument(as_dictionary=True)["url"]).begin() as opened:
        run(opened)
