"""Questions to learn from."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "question",
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("intent", sa.Text(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("meant", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation", "seq"],
            ["message.conversation", "message.seq"],
            name=op.f("fk_question_conversation_seq"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation", "seq", name=op.f("pk_question")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_question_at"), "question", ["at"], unique=False)
