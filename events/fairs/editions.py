"""Questions about the editions of a series."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.browse_fairs import PUBLIC_STATES
from events.fairs.fair import Fair
from foundation.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class EditionRow:
    """One edition of a series."""

    slug: str
    name: Bilingual
    year: int
    first_day: date | None
    last_day: date | None
    is_public: bool


def editions_of(session: Session, fair: Fair) -> list[EditionRow]:
    """The other editions of the fair's series, newest first, drafts included; none without a series."""
    if fair.series_id is None:
        return []
    rows = session.execute(
        select(Fair.slug, Fair.name_vi, Fair.name_en, Fair.year, Fair.first_day, Fair.last_day, Fair.state)
        .where(Fair.series_id == fair.series_id, Fair.id != fair.id)
        .order_by(Fair.year.desc(), Fair.first_day.desc().nulls_last(), Fair.id.desc())
    )
    return [
        EditionRow(slug, Bilingual(vi, en), year, first, last, state in PUBLIC_STATES)
        for slug, vi, en, year, first, last, state in rows
    ]
