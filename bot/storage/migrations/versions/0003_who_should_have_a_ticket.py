"""Who should have a ticket."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ticket", sa.Column("preferred", sa.Text(), nullable=True))
    op.add_column("ticket", sa.Column("preferred_until", sa.BigInteger(), nullable=True))
