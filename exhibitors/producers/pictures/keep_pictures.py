"""Show pictures of a unit: add one, say something else about it, put it first, take it away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from exhibitors.producers.merging.unit_belongings import goes_over_with_unit
from exhibitors.producers.pictures.unit_picture import (
    LONGEST_ALT,
    MOST_UNIT_PICTURES,
    UNIT_PICTURE,
    UnitPicture,
    pictures_of_unit,
)
from exhibitors.producers.producer import Producer, Product, lock_producer
from exhibitors.producers.product_removal import before_product_leaves
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.file_store import FileStore
from foundation.folding import nfc, strip_controls
from foundation.keep_files import drop_file, keep_file
from foundation.page_changes import PageFamily, pages_changed
from foundation.refusal import Refused
from foundation.stored_file import StoredFile


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPictureSayings:
    """What a unit says about a picture; without a product it shows the unit itself."""

    alt_vi: str
    alt_en: str = ""
    product_id: int | None = None
    is_public: bool = False

    def faults(self, producer: Producer) -> list[Refused]:
        """All that is broken, by field: unit_picture_alt_missing, unit_picture_alt_long, unit_picture_product."""
        said = self.columns()
        faults = [] if said["alt_vi"] else [Refused("unit_picture_alt_missing", field="alt_vi")]
        faults += [
            Refused("unit_picture_alt_long", field=name, most=LONGEST_ALT)
            for name in ("alt_vi", "alt_en")
            if len(said[name]) > LONGEST_ALT
        ]
        if self.product_id is not None and self.product_id not in {product.id for product in producer.products}:
            faults.append(Refused("unit_picture_product", field="product_id"))
        return faults

    def columns(self) -> dict[str, Any]:
        """What stands in the row, without what nobody sees."""
        words = {name: nfc(strip_controls(getattr(self, name))).strip() for name in ("alt_vi", "alt_en")}
        return {**words, "product_id": self.product_id, "is_public": self.is_public}


def add_unit_picture(
    session: Session,
    actor: Actor,
    store: FileStore,
    producer: Producer,
    said: UnitPictureSayings,
    *,
    name: str,
    content: bytes,
) -> UnitPicture:
    """Keep one more, last in the order. Refuses `said.faults`, too_many_unit_pictures and what `keep_file` refuses."""
    _refuse(said, producer)
    lock_producer(session, producer)
    have, last = session.execute(
        select(func.count(UnitPicture.id), func.max(UnitPicture.position)).where(UnitPicture.producer_id == producer.id)
    ).one()
    if have >= MOST_UNIT_PICTURES:
        raise Refused("too_many_unit_pictures", most=MOST_UNIT_PICTURES)
    kept = keep_file(session, actor, store, UNIT_PICTURE, name=name, content=content, subject_id=producer.id)
    picture = UnitPicture(
        producer=producer, file=kept, position=(last or 0) + 1, added_at=clock.now(), **said.columns()
    )
    session.add(picture)
    session.flush()
    record(session, actor, "unit.add_picture", picture, new=_told(picture))
    if picture.is_public:
        _pages_changed(session, picture.producer_id, picture.product_id)
    return picture


def describe_unit_picture(session: Session, actor: Actor, picture: UnitPicture, said: UnitPictureSayings) -> None:
    """Say something else about it, or make it public or private. Refuses `said.faults`."""
    _refuse(said, picture.producer)
    lock_producer(session, picture.producer)
    before = _told(picture)
    for name, value in said.columns().items():
        setattr(picture, name, value)
    session.flush()
    if _told(picture) != before:
        record(session, actor, "unit.describe_picture", picture, old=before, new=_told(picture))
        if before["public"] or picture.is_public:
            _pages_changed(session, picture.producer_id, before["product"], picture.product_id)


def put_picture_first(session: Session, actor: Actor, picture: UnitPicture) -> None:
    """It leads the unit's pictures from now on, and those of its product; the others keep their order."""
    lock_producer(session, picture.producer)
    ordered = pictures_of_unit(session, picture.producer_id)
    if ordered[0] is picture:
        return
    for number, one in enumerate([picture, *(other for other in ordered if other is not picture)], start=1):
        one.position = number
    session.flush()
    record(session, actor, "unit.order_pictures", picture, new={"first": picture.id})
    if picture.is_public:
        _pages_changed(session, picture.producer_id, picture.product_id)


def remove_unit_picture(session: Session, actor: Actor, store: FileStore, picture: UnitPicture) -> None:
    """Show it no more; its bytes go with it."""
    lock_producer(session, picture.producer)
    record(session, actor, "unit.remove_picture", picture, old=_told(picture))
    if picture.is_public:
        _pages_changed(session, picture.producer_id, picture.product_id)
    kept = picture.file
    session.delete(picture)
    session.flush()
    drop_file(session, actor, store, kept)


@before_product_leaves
def keep_pictures_of_product(session: Session, product: Product) -> None:
    """Its pictures stay with the unit, unseen by others until somebody says what they are for now."""
    shown = select(UnitPicture).where(UnitPicture.product_id == product.id)
    for picture in session.scalars(shown):
        picture.product, picture.is_public = None, False
    session.flush()


@goes_over_with_unit
def bring_pictures_over(session: Session, gone: Producer, kept: Producer) -> dict[str, Any]:
    """Behind those of the unit that stays."""
    last = session.scalar(select(func.max(UnitPicture.position)).where(UnitPicture.producer_id == kept.id)) or 0
    moved = pictures_of_unit(session, gone.id)
    for number, picture in enumerate(moved, start=last + 1):
        picture.producer, picture.position = kept, number
    files = (StoredFile.purpose == UNIT_PICTURE.name, StoredFile.subject_id == gone.id)
    session.execute(update(StoredFile).where(*files).values(subject_id=kept.id))
    session.flush()
    return {"pictures": [picture.id for picture in moved]}


def _pages_changed(session: Session, producer_id: int, *product_ids: int | None) -> None:
    """Where the picture is or was shown."""
    pages_changed(session, PageFamily.PRODUCER, [producer_id])
    pages_changed(session, PageFamily.PRODUCT, product_ids)


def _refuse(said: UnitPictureSayings, producer: Producer) -> None:
    for fault in said.faults(producer):
        raise fault


def _told(picture: UnitPicture) -> dict[str, Any]:
    return {"alt": picture.alt_vi, "product": picture.product_id, "public": picture.is_public}
