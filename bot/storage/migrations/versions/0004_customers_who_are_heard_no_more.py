"""Customers who are heard no more."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversation", sa.Column("barred", sa.Boolean(), server_default=sa.false(), nullable=False))
