"""Producers (chủ thể OCOP) and their products with stars and certificates."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Numeric,
    String,
    Text,
    bindparam,
    event,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Mapper, Session, mapped_column, relationship

from accounts.organisation import Membership, Organisation
from events.places.directions import Point
from events.places.locality import District, Locality
from exhibitors.producers.phone import display_phone
from exhibitors.producers.tax_code import read_tax_code
from foundation.actor import Actor
from foundation.bilingual import Bilingual
from foundation.database import Base
from foundation.folding import bare_name, fold
from foundation.searchable import Searchable

SORTED_BY_CODE_POINT = Text().with_variant(Text(collation="C"), "postgresql")
"""Sort keys are made to be compared by code point, whatever the database's own order is."""


class ProducerKind(StrEnum):
    """Kinds of OCOP producer; a third are households."""

    ENTERPRISE = "enterprise"
    COOPERATIVE = "cooperative"
    COOPERATIVE_GROUP = "cooperative_group"
    FARM = "farm"
    HOUSEHOLD = "household"
    OTHER = "other"


class Producer(Searchable, Base):
    """A producer's unit. Contacts are private unless each is made public."""

    __tablename__ = "producer"
    __table_args__ = (CheckConstraint("(latitude is null) = (longitude is null)", name="point_whole"),)
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), unique=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    name_vi: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    sort_key: Mapped[str] = mapped_column(SORTED_BY_CODE_POINT, default="", index=True)
    name_key: Mapped[str] = mapped_column(Text, default="", index=True)
    """The name folded and without its legal form: two units with the same one may be one unit entered twice."""
    tax_code: Mapped[str] = mapped_column(String(14), default="", index=True)
    locality_id: Mapped[int | None] = mapped_column(ForeignKey("locality.id"), index=True)
    district_id: Mapped[int | None] = mapped_column(ForeignKey("district.id"), index=True)
    place_outside: Mapped[str] = mapped_column(String(120), default="")
    address: Mapped[str] = mapped_column(String(240), default="")
    contact_person: Mapped[str] = mapped_column(String(120), default="")
    contact_phone: Mapped[str] = mapped_column(String(20), default="", index=True)
    contact_email: Mapped[str] = mapped_column(String(320), default="")
    person_is_public: Mapped[bool] = mapped_column(default=False)
    phone_is_public: Mapped[bool] = mapped_column(default=False)
    email_is_public: Mapped[bool] = mapped_column(default=False)
    address_is_public: Mapped[bool] = mapped_column(default=False)
    website: Mapped[str] = mapped_column(String(300), default="")
    shop_url: Mapped[str] = mapped_column(String(300), default="")
    social_url: Mapped[str] = mapped_column(String(300), default="")
    wants_calls: Mapped[bool] = mapped_column(default=False)
    wants_warnings: Mapped[bool] = mapped_column(default=True)
    story_vi: Mapped[str] = mapped_column(Text, default="")
    story_en: Mapped[str] = mapped_column(Text, default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    point_is_public: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(Text, default="")
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    organisation: Mapped[Organisation] = relationship()
    locality: Mapped[Locality | None] = relationship()
    district: Mapped[District | None] = relationship()
    products: Mapped[list[Product]] = relationship(
        order_by="Product.name_vi", back_populates="producer", cascade="all, delete-orphan"
    )

    @property
    def name(self) -> Bilingual:
        """The name in both languages."""
        return Bilingual(self.name_vi, self.name_en)

    @property
    def shown_tax_code(self) -> str:
        """The tax code as it may stand on a page, a personal number masked; empty where none was entered."""
        return read_tax_code(self.tax_code).shown if self.tax_code else ""

    @property
    def shown_phone(self) -> str:
        """The phone number as people write it, "0912 345 678"; empty where none was entered."""
        return display_phone(self.contact_phone)

    @property
    def story(self) -> Bilingual:
        """Their story in both languages, in Markdown."""
        return Bilingual(self.story_vi, self.story_en)

    @property
    def point(self) -> Point | None:
        """Where it is on the map, public or not."""
        return None if self.latitude is None or self.longitude is None else (self.latitude, self.longitude)

    @property
    def place(self) -> str:
        """The short name people use: former district, commune, or the place outside the province."""
        if self.district is not None:
            return self.district.name
        return self.locality.district.name if self.locality else self.place_outside

    def searchable_text(self) -> str:
        """Found by names and place."""
        place = self.locality.searchable_text() if self.locality else self.place_outside
        district = self.district.name if self.district else ""
        return f"{self.name_vi} {self.name_en} {place} {district}"


@event.listens_for(Producer, "before_insert")
@event.listens_for(Producer, "before_update")
def _key_name(mapper: Mapper[Producer], connection: object, producer: Producer) -> None:
    producer.name_key = fold(bare_name(producer.name_vi))


def key_names(session: Session) -> None:
    """Give units that were entered before names had keys theirs; nothing that anybody sees changes."""
    rows = session.execute(select(Producer.id, Producer.name_vi).where(Producer.name_key == ""))
    keys = [{"unit": row.id, "key": fold(bare_name(row.name_vi))} for row in rows]
    if keys:  # past the mapper, whose versions are for what people change
        change = update(Producer).where(Producer.id == bindparam("unit")).values(name_key=bindparam("key"))
        session.connection().execute(change, keys)


class RankLevel(StrEnum):
    """Who ranked a product: the press once called 5 stars of the province what is not 5 stars of the nation."""

    PROVINCE = "province"
    NATION = "nation"


class AwardKind(StrEnum):
    """How a certificate came about."""

    NEW = "new"
    RENEWED = "renewed"
    UPGRADED = "upgraded"


class ProductGroup(Base):
    """A product group of the programme, dated: decisions rename and replace them."""

    __tablename__ = "product_group"
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    name_vi: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)

    @property
    def name(self) -> Bilingual:
        """The name in both languages."""
        return Bilingual(self.name_vi, self.name_en)


class ProductSubgroup(Base):
    """A sub-group of a product group, dated like its group."""

    __tablename__ = "product_subgroup"
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("product_group.id"), index=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    name_vi: Mapped[str] = mapped_column(String(160))
    name_en: Mapped[str] = mapped_column(String(160))
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)

    group: Mapped[ProductGroup] = relationship()

    @property
    def name(self) -> Bilingual:
        """The name in both languages."""
        return Bilingual(self.name_vi, self.name_en)


class Product(Searchable, Base):
    """One product; stars and certificate belong to it, not to the producer."""

    __tablename__ = "product"
    __table_args__ = (
        CheckConstraint("stars between 1 and 5", name="stars"),
        CheckConstraint("certificate_expires_on > certificate_issued_on", name="certificate_days"),
        CheckConstraint("alcohol_degrees > 0 and alcohol_degrees < 100", name="alcohol_degrees"),
    )
    __public__ = True
    __corrects__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"), index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("product_group.id"), index=True)
    subgroup_id: Mapped[int | None] = mapped_column(ForeignKey("product_subgroup.id"), index=True)
    is_service: Mapped[bool] = mapped_column(default=False)
    """A service of tourism: it is shown at a fair without goods on the table."""
    name_vi: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    stars: Mapped[int | None]
    certificate_number: Mapped[str] = mapped_column(String(80), default="")
    certificate_issuer: Mapped[str] = mapped_column(String(160), default="")
    certificate_issued_on: Mapped[date | None] = mapped_column(Date)
    certificate_expires_on: Mapped[date | None] = mapped_column(Date)
    rank_level: Mapped[str] = mapped_column(String(10), default="")
    award_kind: Mapped[str] = mapped_column(String(10), default="")
    renewal_under_way: Mapped[bool] = mapped_column(default=False)
    price: Mapped[int | None]
    pack: Mapped[str] = mapped_column(String(80), default="")
    barcode: Mapped[str] = mapped_column(String(14), default="")
    is_alcohol: Mapped[bool] = mapped_column(default=False)
    alcohol_degrees: Mapped[float | None] = mapped_column(Numeric(4, 1, asdecimal=False))
    is_export_ready: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(Text, default="")
    is_demonstration: Mapped[bool] = mapped_column(default=False)

    producer: Mapped[Producer] = relationship(back_populates="products")
    group: Mapped[ProductGroup] = relationship(lazy="joined")
    subgroup: Mapped[ProductSubgroup | None] = relationship(lazy="joined")

    @property
    def name(self) -> Bilingual:
        """The name in both languages."""
        return Bilingual(self.name_vi, self.name_en)

    def searchable_text(self) -> str:
        """Found by its names, its producer and the place it comes from."""
        return f"{self.name_vi} {self.name_en} {self.producer.searchable_text()}"

    def certificate_holds_on(self, day: date) -> bool:
        """Whether an OCOP certificate is known to be valid on the day (both ends included)."""
        if self.certificate_issued_on is None or self.certificate_expires_on is None:
            return False
        return self.certificate_issued_on <= day <= self.certificate_expires_on


def producer_of(session: Session, organisation_id: int) -> Producer | None:
    """The producer's unit of an organisation."""
    return session.scalar(select(Producer).where(Producer.organisation_id == organisation_id))


def find_producer(session: Session, slug: str) -> Producer | None:
    """The producer with this address."""
    return session.scalar(select(Producer).where(Producer.slug == slug))


def lock_producer(session: Session, producer: Producer) -> None:
    """Wait for whoever changes what belongs to the unit now; its own facts stay as they are in the session."""
    session.flush()
    session.scalar(select(Producer.id).where(Producer.id == producer.id).with_for_update())


def own_producer(session: Session, actor: Actor) -> Producer | None:
    """The unit a person acts for: one they were lent, else the one chosen last, else belonged to longest."""
    if actor.acts_for is not None:
        return producer_of(session, actor.acts_for.organisation_id)
    return session.scalar(
        select(Producer)
        .join(Membership, Membership.organisation_id == Producer.organisation_id)
        .where(Membership.user_id == actor.user_id, Producer.organisation_id.in_(actor.producer_roles))
        .order_by(Membership.chosen_at.desc().nulls_last(), Membership.id)
        .limit(1)
    )
