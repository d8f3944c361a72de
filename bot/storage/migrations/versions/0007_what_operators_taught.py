"""What operators taught."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lesson",
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("answer", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("operator", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation", "question"],
            ["message.conversation", "message.seq"],
            name=op.f("fk_lesson_conversation_question"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["conversation", "answer"],
            ["message.conversation", "message.seq"],
            name=op.f("fk_lesson_conversation_answer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation", "answer", name=op.f("pk_lesson")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_lesson_at"), "lesson", ["at"], unique=False)
