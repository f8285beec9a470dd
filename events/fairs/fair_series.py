"""A series of fairs: "Hội chợ OCOP Quảng Ninh – Hè", held again and again as editions."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from foundation.bilingual import Bilingual
from foundation.database import Base
from foundation.folding import nfc, strip_controls
from foundation.refusal import Refused

LONGEST_NAME = 200


class FairSeries(Base):
    """What the editions of one organiser have in common: a name."""

    __tablename__ = "fair_series"
    __table_args__ = (UniqueConstraint("organisation_id", "name_vi"),)
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    name_vi: Mapped[str] = mapped_column(String(LONGEST_NAME))
    name_en: Mapped[str] = mapped_column(String(LONGEST_NAME), default="")

    @property
    def name(self) -> Bilingual:
        """The name in both languages."""
        return Bilingual(self.name_vi, self.name_en)


def find_or_add_series(session: Session, *, organisation_id: int, name_vi: str, name_en: str = "") -> FairSeries:
    """The organiser's series of this name, made on first use. Refuses series_name_missing, text_too_long."""
    vi, en = (nfc(strip_controls(name)).strip() for name in (name_vi, name_en))
    if not vi:
        raise Refused("series_name_missing")
    if len(vi) > LONGEST_NAME or len(en) > LONGEST_NAME:
        raise Refused("text_too_long", field="series_name_vi", most=LONGEST_NAME)
    known = select(FairSeries).where(FairSeries.organisation_id == organisation_id, FairSeries.name_vi == vi)
    series = session.scalar(known)
    if series is None:
        series = FairSeries(organisation_id=organisation_id, name_vi=vi)
        session.add(series)
    series.name_en = en or series.name_en or ""
    session.flush()
    return series


def series_of(session: Session, organisation_id: int) -> list[FairSeries]:
    """The organiser's series by name."""
    of_organiser = select(FairSeries).where(FairSeries.organisation_id == organisation_id)
    return list(session.scalars(of_organiser.order_by(FairSeries.name_vi)))
