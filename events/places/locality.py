"""Localities (communes, wards, special zones) with the names they bear on a given day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from foundation.bilingual import Bilingual
from foundation.database import Base
from foundation.searchable import Searchable

DISTRICTS_ENDED = date(2025, 7, 1)
"""The district level was abolished on this day (resolution 1679/NQ-UBTVQH15)."""


class District(Base):
    """A former district; producers, press and shoppers still say its name."""

    __tablename__ = "district"
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)


class AdministrativeName(Base):
    """What the province or a former district was called from one day to another (both included)."""

    __tablename__ = "administrative_name"
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int | None] = mapped_column(ForeignKey("district.id"))
    name_vi: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80))
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    source: Mapped[str] = mapped_column(Text, default="")

    @property
    def name(self) -> Bilingual:
        """The name in both languages."""
        return Bilingual(self.name_vi, self.name_en)

    def holds_on(self, day: date) -> bool:
        """Whether the name was in force on the day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class Locality(Searchable, Base):
    """One of the 54 commune-level units, found by old names and new."""

    __tablename__ = "locality"
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    name_vi: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80))
    short_name: Mapped[str] = mapped_column(String(80))
    former_communes: Mapped[str] = mapped_column(Text, default="")
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"), index=True)

    district: Mapped[District] = relationship(lazy="joined")

    @property
    def name(self) -> Bilingual:
        """The full name with its kind: same names occur as commune, ward and former district."""
        return Bilingual(self.name_vi, self.name_en)

    def searchable_text(self) -> str:
        """Found by its own name, its former district and its former communes."""
        return f"{self.name_vi} {self.name_en} {self.district.name} {self.former_communes}"


def place_name_on(session: Session, locality: Locality, day: date) -> Bilingual:
    """Say "Phường Hạ Long, thành phố Quảng Ninh" or, before July 2025, "thành phố Hạ Long, tỉnh Quảng Ninh"."""
    names = list(session.scalars(select(AdministrativeName)))
    province = _name_on([name for name in names if name.district_id is None], day)
    lower = locality.name
    if day < DISTRICTS_ENDED:
        lower = _name_on([name for name in names if name.district_id == locality.district_id], day) or lower
    if province is None:
        return lower
    return Bilingual(f"{lower.vi}, {province.vi}", f"{lower.en or lower.vi}, {province.en}")


def _name_on(names: list[AdministrativeName], day: date) -> Bilingual | None:
    return next((name.name for name in names if name.holds_on(day)), None)


def all_localities(session: Session) -> list[Locality]:
    """All localities, by former district and name, for pickers."""
    return list(session.scalars(select(Locality).join(District).order_by(District.name, Locality.short_name)))
