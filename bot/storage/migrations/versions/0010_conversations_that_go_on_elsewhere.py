"""Conversations of a site that go on in Telegram."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversation", sa.Column("continued", sa.Text(), nullable=True))
    op.create_index(op.f("ix_conversation_continued"), "conversation", ["continued"], unique=True)
