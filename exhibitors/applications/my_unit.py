"""What a producer's own page shows: products, applications, open calls, and what is missing by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from events.fairs.fair import Fair
from exhibitors.applications.application_moves import ENDED
from exhibitors.applications.booth_application import ApplicationProduct, BoothApplication, ZoneWish
from exhibitors.applications.unit_tasks import Missing, unit_tasks
from exhibitors.calls.open_calls import open_calls
from exhibitors.producers.producer import Producer


@dataclass(frozen=True, slots=True)
class MyUnit:
    """Everything on the page, loaded with a fixed number of queries."""

    producer: Producer
    applications: Sequence[BoothApplication]
    open_calls: Sequence[Fair]
    missing: Sequence[Missing]

    @property
    def has_applied(self) -> bool:
        """Whether there is an application that the next one can repeat."""
        return any(application.submitted_at is not None for application in self.applications)


def my_unit(session: Session, producer_id: int) -> MyUnit:
    """The unit with its products, its applications (newest first) and the calls it could still answer."""
    producer = session.scalars(
        select(Producer)
        .where(Producer.id == producer_id)
        .options(selectinload(Producer.products), joinedload(Producer.locality), joinedload(Producer.district))
    ).one()
    applications = session.scalars(
        select(BoothApplication)
        .where(BoothApplication.producer_id == producer_id)
        .options(
            joinedload(BoothApplication.fair),
            joinedload(BoothApplication.booth_type),
            selectinload(BoothApplication.wishes).joinedload(ZoneWish.zone),
            selectinload(BoothApplication.goods).joinedload(ApplicationProduct.product),
        )
        .order_by(BoothApplication.id.desc())
        .limit(50)
    ).all()
    answered = {item.fair_id for item in applications if item.current not in ENDED}
    calls = [fair for fair in open_calls(session) if fair.id not in answered]
    return MyUnit(producer, applications, calls, unit_tasks(session, producer, applications))
