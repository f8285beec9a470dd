"""Localities (communes, wards, special zones) with the names they bear on a given day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Date, ForeignKey, String, Text, bindparam, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from foundation.bilingual import Bilingual
from foundation.database import Base, read_rows
from foundation.folding import vietnamese_sort_key
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
    """What the province or a former district was called from one day to another (both included; empty is open)."""

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

    @property
    def former_names(self) -> list[str]:
        """The communes it was made of, without their kind and its own name: people look for the name they knew."""
        names = (_BESIDE_NAME.sub("", part.strip()) for part in self.former_communes.split(";"))
        return [name for name in dict.fromkeys(names) if name and not self.name_vi.endswith(name)]

    def searchable_text(self) -> str:
        """Found by its own name, its former district and its former communes."""
        return f"{self.name_vi} {self.name_en} {self.district.name} {self.former_communes}"


_BESIDE_NAME = re.compile(r"^(Xã|Phường|Thị trấn|Đặc khu) | ?\(.*?\)| ?\[.*?\]", re.IGNORECASE)
"""Kind, share and former district of a commune: \"Xã Hải Hòa (một phần) [Cẩm Phả]\"."""
_NAMES = select(
    AdministrativeName.district_id, AdministrativeName.name_vi, AdministrativeName.name_en
).where(
    or_(AdministrativeName.valid_from.is_(None), AdministrativeName.valid_from <= bindparam("day")),
    or_(AdministrativeName.valid_to.is_(None), AdministrativeName.valid_to >= bindparam("day")),
).order_by(AdministrativeName.id.desc())  # fmt: skip


def place_name_on(session: Session, locality: Locality, day: date) -> Bilingual:
    """Say "Phường Hạ Long, thành phố Quảng Ninh" or, before July 2025, "thành phố Hạ Long, tỉnh Quảng Ninh"."""
    return place_names_on(session, [locality], day)[0]


def place_names_on(session: Session, localities: Sequence[Locality], day: date) -> list[Bilingual]:
    """The same for several places at once; one query."""
    rows = read_rows(session, _NAMES, {"day": day})
    names = {district_id: Bilingual(name_vi, name_en) for district_id, name_vi, name_en in rows}
    province = names.get(None)
    said = []
    for locality in localities:
        lower = names.get(locality.district_id, locality.name) if day < DISTRICTS_ENDED else locality.name
        whole = province and Bilingual(f"{lower.vi}, {province.vi}", f"{lower.en or lower.vi}, {province.en}")
        said.append(whole or lower)
    return said


def all_localities(session: Session) -> list[Locality]:
    """All localities, by former district and name in the order of the Vietnamese alphabet, for pickers."""
    found = session.execute(select(Locality, District.name).join(District)).all()
    ordered = sorted(found, key=lambda row: (vietnamese_sort_key(row[1]), vietnamese_sort_key(row[0].short_name)))
    return [locality for locality, _district in ordered]
