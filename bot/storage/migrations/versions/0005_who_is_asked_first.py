"""Who is asked first: turns, wrap-up, whom a ticket was shown to, and indexes for a long queue."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ticket", sa.Column("again", sa.BigInteger(), nullable=True))
    op.add_column("ticket", sa.Column("shown", sa.Text(), nullable=True))
    op.add_column("duty", sa.Column("had_turn", sa.BigInteger(), nullable=True))
    op.add_column("duty", sa.Column("wraps_up", sa.BigInteger(), nullable=True))
    op.drop_index("ix_ticket_state", "ticket")
    op.create_index("ix_ticket_state_operator", "ticket", ["state", "operator"])
    op.create_index("ix_ticket_state_skill_asked", "ticket", ["state", "skill", "asked"])
