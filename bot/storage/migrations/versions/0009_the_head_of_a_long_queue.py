"""An index along which the head of a long queue is read."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    columns = ["state", "priority", "asked", "number", "skill", "preferred"]
    op.create_index("ix_ticket_state_priority_asked_number_skill_preferred", "ticket", columns)
