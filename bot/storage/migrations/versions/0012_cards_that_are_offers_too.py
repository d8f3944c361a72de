"""Up to which message the card in an offer's post tells the talk; it was a part of the kind: topic+23."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

post = sa.table("post", sa.column("id"), sa.column("kind"), sa.column("upto"))


def upgrade() -> None:
    op.add_column("post", sa.Column("upto", sa.Integer(), nullable=True))
    connection = op.get_bind()
    for row in connection.execute(sa.select(post.c.id, post.c.kind).where(post.c.kind.contains("+"))).all():
        kind, _, upto = row.kind.partition("+")
        connection.execute(post.update().where(post.c.id == row.id).values(kind=kind, upto=int(upto)))
