"""screening: kept views of the queue, reviews, and what a staged decision rests on.

Revision: screening, after dossier_facts, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = 'screening'
down_revision = "dossier_facts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table('queue_view',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('fair_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('address', sa.String(length=1000), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_queue_view_fair_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_queue_view_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_queue_view')),
    sa.UniqueConstraint('fair_id', 'user_id', 'name', name=op.f('uq_queue_view_fair_id_user_id_name'))
    )
    with op.batch_alter_table('queue_view', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_queue_view_user_id'), ['user_id'], unique=False)

    op.create_table('review_criterion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('fair_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name_vi', sa.String(length=120), nullable=False),
    sa.Column('name_en', sa.String(length=120), nullable=False),
    sa.Column('help_vi', sa.Text(), nullable=False),
    sa.Column('help_en', sa.Text(), nullable=False),
    sa.Column('weight', sa.Integer(), nullable=False),
    sa.CheckConstraint('weight between 1 and 100', name=op.f('ck_review_criterion_weight')),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_review_criterion_fair_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_criterion')),
    sa.UniqueConstraint('fair_id', 'name_vi', name=op.f('uq_review_criterion_fair_id_name_vi'))
    )
    op.create_table('review_round',
    sa.Column('fair_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('is_blind', sa.Boolean(), nullable=False),
    sa.Column('own_score_first', sa.Boolean(), nullable=False),
    sa.Column('recuses_by_locality', sa.Boolean(), nullable=False),
    sa.Column('by_median', sa.Boolean(), nullable=False),
    sa.Column('opens_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('closes_at > opens_at', name=op.f('ck_review_round_in_order')),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_review_round_fair_id')),
    sa.PrimaryKeyConstraint('fair_id', name=op.f('pk_review_round'))
    )
    op.create_table('reviewer_place',
    sa.Column('fair_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('user_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('locality_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_reviewer_place_fair_id')),
    sa.ForeignKeyConstraint(['locality_id'], ['locality.id'], name=op.f('fk_reviewer_place_locality_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_reviewer_place_user_id')),
    sa.PrimaryKeyConstraint('fair_id', 'user_id', name=op.f('pk_reviewer_place'))
    )
    with op.batch_alter_table('reviewer_place', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reviewer_place_locality_id'), ['locality_id'], unique=False)

    op.create_table('review_assignment',
    sa.Column('application_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('user_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['booth_application.id'], name=op.f('fk_review_assignment_application_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_review_assignment_user_id')),
    sa.PrimaryKeyConstraint('application_id', 'user_id', name=op.f('pk_review_assignment'))
    )
    with op.batch_alter_table('review_assignment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_assignment_user_id'), ['user_id'], unique=False)

    op.create_table('review_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['booth_application.id'], name=op.f('fk_review_note_application_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_review_note_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_note'))
    )
    with op.batch_alter_table('review_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_note_application_id'), ['application_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_review_note_user_id'), ['user_id'], unique=False)

    op.create_table('review_recusal',
    sa.Column('application_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('user_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('declared_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['booth_application.id'], name=op.f('fk_review_recusal_application_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_review_recusal_user_id')),
    sa.PrimaryKeyConstraint('application_id', 'user_id', name=op.f('pk_review_recusal'))
    )
    with op.batch_alter_table('review_recusal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_recusal_user_id'), ['user_id'], unique=False)

    op.create_table('review_score',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('criterion_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.CheckConstraint('points between 1 and 5', name=op.f('ck_review_score_points')),
    sa.ForeignKeyConstraint(['application_id'], ['booth_application.id'], name=op.f('fk_review_score_application_id')),
    sa.ForeignKeyConstraint(['criterion_id'], ['review_criterion.id'], name=op.f('fk_review_score_criterion_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_review_score_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_score')),
    sa.UniqueConstraint('application_id', 'user_id', 'criterion_id', name=op.f('uq_review_score_application_id_user_id_criterion_id'))
    )
    with op.batch_alter_table('review_score', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_score_criterion_id'), ['criterion_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_review_score_user_id'), ['user_id'], unique=False)

    op.create_table('review_summary',
    sa.Column('application_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('reviews', sa.Integer(), nullable=False),
    sa.Column('mean', sa.Integer(), nullable=True),
    sa.Column('median', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['application_id'], ['booth_application.id'], name=op.f('fk_review_summary_application_id')),
    sa.PrimaryKeyConstraint('application_id', name=op.f('pk_review_summary'))
    )
    with op.batch_alter_table('review_summary', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_summary_mean'), ['mean'], unique=False)
        batch_op.create_index(batch_op.f('ix_review_summary_median'), ['median'], unique=False)

    with op.batch_alter_table('booth_application', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reason_code', sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column('staged_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('staged_by', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('answered_since', sa.Boolean(), nullable=False, server_default=sa.false()))



def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table('booth_application', schema=None) as batch_op:
        batch_op.drop_column('answered_since')
        batch_op.drop_column('staged_by')
        batch_op.drop_column('staged_at')
        batch_op.drop_column('reason_code')

    with op.batch_alter_table('review_summary', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_review_summary_median'))
        batch_op.drop_index(batch_op.f('ix_review_summary_mean'))

    op.drop_table('review_summary')
    with op.batch_alter_table('review_score', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_review_score_user_id'))
        batch_op.drop_index(batch_op.f('ix_review_score_criterion_id'))

    op.drop_table('review_score')
    with op.batch_alter_table('review_recusal', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_review_recusal_user_id'))

    op.drop_table('review_recusal')
    with op.batch_alter_table('review_note', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_review_note_user_id'))
        batch_op.drop_index(batch_op.f('ix_review_note_application_id'))

    op.drop_table('review_note')
    with op.batch_alter_table('review_assignment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_review_assignment_user_id'))

    op.drop_table('review_assignment')
    with op.batch_alter_table('reviewer_place', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reviewer_place_locality_id'))

    op.drop_table('reviewer_place')
    op.drop_table('review_round')
    op.drop_table('review_criterion')
    with op.batch_alter_table('queue_view', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_queue_view_user_id'))

    op.drop_table('queue_view')
