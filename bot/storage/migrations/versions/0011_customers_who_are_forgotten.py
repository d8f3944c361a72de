"""Customers who are forgotten, and which ticket a merged one went on in."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversation", sa.Column("forgotten", sa.BigInteger(), nullable=True))
    op.add_column("ticket", sa.Column("merged_into", sa.BigInteger(), nullable=True))
    op.create_index(op.f("ix_ticket_merged_into"), "ticket", ["merged_into"], unique=False)
