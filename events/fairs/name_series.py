"""Say of which series a fair is an edition."""

from __future__ import annotations

from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.fairs.fair_series import find_or_add_series
from foundation.actor import Actor
from foundation.audit_trail import record


def name_series(session: Session, actor: Actor, fair: Fair, *, name_vi: str, name_en: str = "") -> None:
    """Make the fair an edition of the organiser's series of this name, begun on first use; no name takes it out.

    Refuses `series_name_missing` for an English name alone, `text_too_long`.
    """
    old = fair.series.name_vi if fair.series else ""
    if not name_vi.strip() and not name_en.strip():
        fair.series = None
    else:
        fair.series = find_or_add_series(
            session, organisation_id=fair.organisation_id, name_vi=name_vi, name_en=name_en
        )
    session.flush()
    new = fair.series.name_vi if fair.series else ""
    if new != old:
        record(session, actor, "fair.name_series", fair, fair_id=fair.id, old={"series": old}, new={"series": new})
