"""Grounds and halls where fairs take place."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from events.places.directions import Point
from events.places.locality import Locality
from foundation.bilingual import Bilingual
from foundation.database import Base
from foundation.folding import nfc


class Venue(Base):
    """A place with an address in a locality; used by fair after fair."""

    __tablename__ = "venue"
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    name_vi: Mapped[str] = mapped_column(String(160))
    name_en: Mapped[str] = mapped_column(String(160), default="")
    address: Mapped[str] = mapped_column(String(240), default="")
    locality_id: Mapped[int] = mapped_column(ForeignKey("locality.id"), index=True)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    locality: Mapped[Locality] = relationship(lazy="joined")

    @property
    def name(self) -> Bilingual:
        """The name in both languages."""
        return Bilingual(self.name_vi, self.name_en)

    @property
    def point(self) -> Point | None:
        """Where it is on the map, if somebody has said so."""
        return None if self.latitude is None or self.longitude is None else (self.latitude, self.longitude)


def find_or_add_venue(
    session: Session, *, name_vi: str, locality: Locality, name_en: str = "", address: str = ""
) -> Venue:
    """The venue of this name in this locality, made on first use; new details are taken over."""
    clean = nfc(name_vi.strip())
    venue = session.scalar(select(Venue).where(Venue.name_vi == clean, Venue.locality_id == locality.id))
    if venue is None:
        venue = Venue(name_vi=clean, locality=locality)
        session.add(venue)
    venue.name_en = nfc(name_en.strip()) or venue.name_en or ""
    venue.address = nfc(address.strip()) or venue.address or ""
    session.flush()
    return venue
