"""dossier.

Revision: dossier, after changes_by_time, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = 'dossier'
down_revision = "changes_by_time"
branch_labels = None
depends_on = None
KINDS = (
    "business_registration", "ocop_certificate", "food_safety", "product_declaration", "test_report", "label",
    "traceability", "alcohol_licence", "quarantine", "cosmetics", "other",
)  # fmt: skip
USUAL = {
    "Giấy chứng nhận đăng ký kinh doanh": "business_registration",
    "Giấy chứng nhận sản phẩm OCOP": "ocop_certificate",
    "Giấy đủ điều kiện an toàn thực phẩm": "food_safety",
    "Bản tự công bố": "product_declaration",
    "Phiếu kết quả kiểm nghiệm": "test_report",
    "Ảnh nhãn hàng hóa": "label",
}
"""How the usual papers are called that fairs ask for already."""


def upgrade() -> None:
    """Apply."""
    op.create_table('dossier_paper',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('producer_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('number', sa.String(length=120), nullable=False),
    sa.Column('issuer', sa.String(length=160), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('status_reason', sa.Text(), nullable=False),
    sa.Column('checked_by', sa.Integer(), nullable=True),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('warned_days', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint(f"kind in ({', '.join(repr(kind) for kind in KINDS)})", name=op.f('ck_dossier_paper_kind')),
    sa.CheckConstraint("status <> 'rejected' or status_reason <> ''", name=op.f('ck_dossier_paper_rejected_for_a_reason')),
    sa.CheckConstraint("status in ('unchecked', 'valid', 'rejected')", name=op.f('ck_dossier_paper_status')),
    sa.CheckConstraint('expires_on > issued_on', name=op.f('ck_dossier_paper_days_in_order')),
    sa.ForeignKeyConstraint(['checked_by'], ['user.id'], name=op.f('fk_dossier_paper_checked_by')),
    sa.ForeignKeyConstraint(['producer_id'], ['producer.id'], name=op.f('fk_dossier_paper_producer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dossier_paper'))
    )
    with op.batch_alter_table('dossier_paper', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_dossier_paper_checked_by'), ['checked_by'], unique=False)
        batch_op.create_index('ix_dossier_paper_expires_on', ['expires_on'], unique=False)
        batch_op.create_index('ix_dossier_paper_producer_id_kind', ['producer_id', 'kind'], unique=False)

    op.create_table('dossier_page',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('paper_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_dossier_page_file_id')),
    sa.ForeignKeyConstraint(['paper_id'], ['dossier_paper.id'], name=op.f('fk_dossier_page_paper_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dossier_page')),
    sa.UniqueConstraint('file_id', name=op.f('uq_dossier_page_file_id'))
    )
    with op.batch_alter_table('dossier_page', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_dossier_page_paper_id'), ['paper_id'], unique=False)

    with op.batch_alter_table('paper', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(length=30), nullable=False, server_default='other'))
        batch_op.create_check_constraint(op.f("ck_paper_kind"), f"kind in ({', '.join(repr(kind) for kind in KINDS)})")
    paper = sa.table("paper", sa.column("kind"), sa.column("name_vi"))
    for beginning, kind in USUAL.items():
        op.execute(paper.update().where(paper.c.name_vi.startswith(beginning)).values(kind=kind))
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.alter_column("kind", server_default=None)



def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table('paper', schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_paper_kind"), type_="check")
        batch_op.drop_column('kind')

    with op.batch_alter_table('dossier_page', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_dossier_page_paper_id'))

    op.drop_table('dossier_page')
    with op.batch_alter_table('dossier_paper', schema=None) as batch_op:
        batch_op.drop_index('ix_dossier_paper_producer_id_kind')
        batch_op.drop_index('ix_dossier_paper_expires_on')
        batch_op.drop_index(batch_op.f('ix_dossier_paper_checked_by'))

    op.drop_table('dossier_paper')
