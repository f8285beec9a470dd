"""Free booths offered to the waiting list without a press, at the fairs whose organiser has chosen that."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from events.fairs.fair import Fair, FairState
from exhibitors.allocation.waiting_list.next_in_line import next_offers
from exhibitors.allocation.waiting_list.offer_next import offer_next, short_deadline
from exhibitors.applications.booth_application import BoothApplication
from foundation import clock
from foundation.actor import SYSTEM, Actor
from foundation.audit_trail import record
from foundation.database import Base
from foundation.refusal import Refused

ANSWER_UNTIL = time(17)


class AutomaticOffers(Base):
    """Whether the jobs offer what falls free at a fair; without a row they do not."""

    __tablename__ = "automatic_offers"

    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), primary_key=True)
    is_on: Mapped[bool]
    set_by: Mapped[int]
    set_at: Mapped[datetime]

    fair: Mapped[Fair] = relationship()


def offers_automatically(session: Session, fair: Fair) -> bool:
    """Whether free booths of the fair are offered without a press."""
    return bool(session.scalar(select(AutomaticOffers.is_on).where(AutomaticOffers.fair_id == fair.id)))


def set_automatic_offers(session: Session, actor: Actor, fair: Fair, *, on: bool) -> None:
    """Choose it for the fair, or leave it to a press again; what is chosen already is left as it stands."""
    session.flush()
    session.refresh(fair, with_for_update={"of": Fair})
    setting = session.get(AutomaticOffers, fair.id, populate_existing=True)
    if on == (setting is not None and setting.is_on):
        return
    if setting is None:
        setting = AutomaticOffers(fair=fair)
        session.add(setting)
    setting.is_on, setting.set_by, setting.set_at = on, actor.user_id, clock.now()
    session.flush()
    name = "waiting_list.automatic" if on else "waiting_list.by_hand"
    record(session, actor, name, fair, fair_id=fair.id, new={"automatic": on})


def offer_automatically(session: Session, moment: datetime, *, base_url: str) -> list[BoothApplication]:
    """Offer every free booth to whose turn it is, at all fairs that chose so; answers who was written to.

    The fair's row is locked and the line read anew before each offer, so that two runs at once offer a booth once. A
    fair whose short deadline would be past already is left to its organiser.
    """
    fairs = session.scalars(
        select(Fair)
        .join(AutomaticOffers, AutomaticOffers.fair_id == Fair.id)
        .where(AutomaticOffers.is_on, Fair.state == FairState.PUBLISHED)
        .order_by(Fair.id)
    ).all()
    return [one for fair in fairs for one in _offer_at(session, fair, moment, base_url)]


def _offer_at(session: Session, fair: Fair, moment: datetime, base_url: str) -> list[BoothApplication]:
    session.refresh(fair, with_for_update={"of": Fair})
    confirm_by = clock.local_moment(short_deadline(fair), ANSWER_UNTIL)
    if confirm_by <= moment or not offers_automatically(session, fair):
        return []
    written: list[BoothApplication] = []
    for offer in next_offers(session, fair):
        try:
            with session.begin_nested():
                one = offer_next(session, SYSTEM, fair, offer.application, confirm_by=confirm_by, base_url=base_url)
        except Refused:
            continue  # left to the organiser, whose page says why
        written.append(one)
    return written
