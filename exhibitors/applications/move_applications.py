"""When two units become one, the applications of both belong to the one that stays."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from events.fairs.fair import Fair
from exhibitors.applications.application_moves import ENDED
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.producers.merging.unit_belongings import before_units_merge, goes_over_with_unit
from exhibitors.producers.producer import Producer
from foundation.refusal import Refused


@before_units_merge
def refuse_two_at_one_fair(session: Session, gone: Producer, kept: Producer) -> None:
    """Refuses `both_apply`: a unit has one live application at a fair."""
    other = aliased(BoothApplication)
    ended = [state.value for state in ENDED]
    fairs = session.scalars(
        select(Fair)
        .join(BoothApplication, BoothApplication.fair_id == Fair.id)
        .join(other, other.fair_id == Fair.id)
        .where(BoothApplication.producer_id == gone.id, BoothApplication.state.not_in(ended))
        .where(other.producer_id == kept.id, other.state.not_in(ended))
        .order_by(Fair.id)
    ).all()
    if fairs:
        raise Refused("both_apply", fairs=", ".join(fair.name_vi for fair in fairs))


@goes_over_with_unit
def move_applications(session: Session, gone: Producer, kept: Producer) -> dict[str, Any]:
    """All of them, ended ones too: the history stays whole."""
    mine = session.scalars(
        select(BoothApplication).where(BoothApplication.producer_id == gone.id).order_by(BoothApplication.id)
    ).all()
    for application in mine:
        application.producer = kept
    session.flush()
    return {"applications": [application.code for application in mine]}
