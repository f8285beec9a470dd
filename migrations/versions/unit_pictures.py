"""pictures of units.

Revision: unit_pictures, after decision_letters, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = 'unit_pictures'
down_revision = 'decision_letters'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table('unit_picture',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('producer_id', sa.Integer(), nullable=False),
    sa.Column('product_id', sa.Integer(), nullable=True),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('alt_vi', sa.String(length=200), nullable=False),
    sa.Column('alt_en', sa.String(length=200), nullable=False),
    sa.Column('is_public', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("alt_vi != ''", name=op.f('ck_unit_picture_told_in_words')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_unit_picture_file_id')),
    sa.ForeignKeyConstraint(['producer_id'], ['producer.id'], name=op.f('fk_unit_picture_producer_id')),
    sa.ForeignKeyConstraint(['product_id'], ['product.id'], name=op.f('fk_unit_picture_product_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit_picture')),
    sa.UniqueConstraint('file_id', name=op.f('uq_unit_picture_file_id'))
    )
    with op.batch_alter_table('unit_picture') as batch_op:
        batch_op.create_index('ix_unit_picture_producer_id_position', ['producer_id', 'position'], unique=False)
        batch_op.create_index(batch_op.f('ix_unit_picture_product_id'), ['product_id'], unique=False)



def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table('unit_picture') as batch_op:
        batch_op.drop_index(batch_op.f('ix_unit_picture_product_id'))
        batch_op.drop_index('ix_unit_picture_producer_id_position')

    op.drop_table('unit_picture')
