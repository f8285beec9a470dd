"""A picture of a unit or of one of its products, told in words, and who may look at it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from exhibitors.producers.dossier.dossier_paper import may_read_dossier_file
from exhibitors.producers.producer import Producer, Product
from foundation.actor import Actor
from foundation.bilingual import Bilingual
from foundation.database import Base
from foundation.file_kinds import PICTURES
from foundation.stored_file import FilePurpose, StoredFile, register_purpose

MOST_UNIT_PICTURES = 40
LONGEST_ALT = 200


class UnitPicture(Base):
    """One picture; of the unit itself where no product is named. Only the unit sees it until it is made public."""

    __tablename__ = "unit_picture"
    __table_args__ = (
        Index("ix_unit_picture_producer_id_position", "producer_id", "position"),
        CheckConstraint("alt_vi != ''", name="told_in_words"),
    )
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    alt_vi: Mapped[str] = mapped_column(String(LONGEST_ALT))
    alt_en: Mapped[str] = mapped_column(String(LONGEST_ALT), default="")
    is_public: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int]
    added_at: Mapped[datetime]

    producer: Mapped[Producer] = relationship()
    product: Mapped[Product | None] = relationship()
    file: Mapped[StoredFile] = relationship()

    @property
    def alt(self) -> Bilingual:
        """What it shows, in both languages."""
        return Bilingual(self.alt_vi, self.alt_en)


def pictures_of_unit(session: Session, producer_id: int) -> list[UnitPicture]:
    """All pictures in their order with files and products; one query."""
    loads = (joinedload(UnitPicture.file), joinedload(UnitPicture.product))
    query = select(UnitPicture).options(*loads).where(UnitPicture.producer_id == producer_id)
    return list(session.scalars(query.order_by(UnitPicture.position, UnitPicture.id)))


def public_pictures_of_unit(session: Session, producer_id: int) -> list[UnitPicture]:
    """What visitors see of a unit and its products; pictures of alcohol stay with its own page (no advertising)."""
    query = (
        select(UnitPicture)
        .options(joinedload(UnitPicture.file))
        .outerjoin(UnitPicture.product)
        .where(UnitPicture.producer_id == producer_id, UnitPicture.is_public)
        .where(UnitPicture.product_id.is_(None) | Product.is_alcohol.is_(False))
    )
    return list(session.scalars(query.order_by(UnitPicture.position, UnitPicture.id)))


def public_pictures_of_product(session: Session, product_id: int) -> list[UnitPicture]:
    """What visitors see of one product."""
    query = select(UnitPicture).options(joinedload(UnitPicture.file))
    query = query.where(UnitPicture.product_id == product_id, UnitPicture.is_public)
    return list(session.scalars(query.order_by(UnitPicture.position, UnitPicture.id)))


def find_unit_picture(session: Session, producer: Producer, unit_picture_id: int) -> UnitPicture | None:
    """The picture if it belongs to this very unit."""
    query = select(UnitPicture).where(UnitPicture.id == unit_picture_id, UnitPicture.producer_id == producer.id)
    return session.scalar(query)


def may_read_unit_picture(session: Session, actor: Actor | None, stored: StoredFile) -> bool:
    """Anyone once it is public; before that whoever may read the unit's dossier."""
    is_public = session.scalar(select(UnitPicture.is_public).where(UnitPicture.file_id == stored.id))
    return bool(is_public) or may_read_dossier_file(session, actor, stored)


UNIT_PICTURE = register_purpose(FilePurpose("unit_picture", may_read_unit_picture, PICTURES))
