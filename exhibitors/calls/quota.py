"""Quotas of a fair in booths: per zone, locality, named group of localities, product group, origin, and a reserve."""

from __future__ import annotations

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from events.fairs.fair import Fair
from events.floor_plans.floor_plan import Zone
from exhibitors.calls.quota_counters import Measure, QuotaKind
from foundation.bilingual import Bilingual
from foundation.database import Base
from foundation.folding import vietnamese_sort_key
from foundation.overtaken import drawn_version
from foundation.partial_index import partial_index

ALONE = "('inside', 'outside', 'reserve')"


class PlaceGroup(Base):
    """A named group of localities that share a quota, such as all of a former district; codes of localities."""

    __tablename__ = "place_group"
    __table_args__ = (UniqueConstraint("fair_id", "name_vi"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    name_vi: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    places: Mapped[list[str]] = mapped_column(JSON, default=list)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version, "version_id_generator": drawn_version}

    @property
    def name(self) -> Bilingual:
        """The name in both languages."""
        return Bilingual(self.name_vi, self.name_en)


class Quota(Base):
    """At least and at most so many booths; one quota for each thing that is counted. A reserve's `most` is how many
    booths are kept back.
    """

    __tablename__ = "quota"
    __table_args__ = (
        UniqueConstraint("fair_id", "zone_id"),
        UniqueConstraint("fair_id", "place"),
        UniqueConstraint("fair_id", "place_group_id"),
        UniqueConstraint("fair_id", "product_group"),
        partial_index(
            "uq_quota_alone",
            "fair_id",
            "kind",
            where=f"kind in {ALONE}",
        ),
        CheckConstraint(f"kind in ({', '.join(repr(kind.value) for kind in QuotaKind)})", name="kind"),
        CheckConstraint("least >= 0 and most >= 0", name="not_negative"),
        CheckConstraint("most >= least", name="in_order"),
        CheckConstraint("least is not null or most is not null", name="says_something"),
        CheckConstraint(
            "(kind = 'zone') = (zone_id is not null) and (kind = 'place') = (place is not null)"
            " and (kind = 'place_group') = (place_group_id is not null)"
            " and (kind = 'product_group') = (product_group is not null)",
            name="names_its_thing",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    kind: Mapped[str] = mapped_column(String(20))
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("zone.id", ondelete="CASCADE"), index=True)
    place: Mapped[str | None] = mapped_column(String(8))
    place_group_id: Mapped[int | None] = mapped_column(ForeignKey("place_group.id", ondelete="CASCADE"), index=True)
    product_group: Mapped[str | None] = mapped_column(String(40))
    least: Mapped[int | None]
    most: Mapped[int | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version, "version_id_generator": drawn_version}

    zone: Mapped[Zone | None] = relationship()
    place_group: Mapped[PlaceGroup | None] = relationship(passive_deletes=True)

    @property
    def measure(self) -> Measure:
        """What it counts."""
        places = (
            frozenset({self.place}) if self.place else frozenset(self.place_group.places if self.place_group else ())
        )
        return Measure(QuotaKind(self.kind), self.zone_id, places, self.product_group or "")


def quotas_of(session: Session, fair: Fair) -> list[Quota]:
    """All quotas of a fair in the order of their kinds, with zones and groups of localities."""
    order = {kind.value: place for place, kind in enumerate(QuotaKind)}
    query = select(Quota).where(Quota.fair_id == fair.id).options(joinedload(Quota.zone), joinedload(Quota.place_group))
    return sorted(session.scalars(query), key=lambda quota: (order[quota.kind], quota.id))


def find_quota(session: Session, fair: Fair, quota_id: int) -> Quota | None:
    """The quota if it belongs to this very fair."""
    return session.scalar(select(Quota).where(Quota.fair_id == fair.id, Quota.id == quota_id))


def place_groups_of(session: Session, fair: Fair) -> list[PlaceGroup]:
    """The named groups of localities of a fair, in the order of the Vietnamese alphabet."""
    groups = session.scalars(select(PlaceGroup).where(PlaceGroup.fair_id == fair.id))
    return sorted(groups, key=lambda group: vietnamese_sort_key(group.name_vi))


def find_place_group(session: Session, fair: Fair, group_id: int) -> PlaceGroup | None:
    """The group if it belongs to this very fair."""
    return session.scalar(select(PlaceGroup).where(PlaceGroup.fair_id == fair.id, PlaceGroup.id == group_id))
