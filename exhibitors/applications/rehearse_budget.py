"""What a fair's booths cost and what the organiser pays of it, with decisions that wait as if they were published."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.floor_plans.booth_price import BoothPrice
from events.floor_plans.booth_type import booth_types_of
from exhibitors.applications.application_moves import DECIDABLE, ApplicationState, Decision
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.held_booths import booths_held_by

TAKING_PART = (ApplicationState.ACCEPTED, ApplicationState.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Budget:
    """Sums in đồng over units that take part and units whose acceptance is noted."""

    published: BoothPrice
    noted: BoothPrice

    @property
    def full(self) -> int:
        """The price of all booths."""
        return self.published.full + self.noted.full

    @property
    def support(self) -> int:
        """What the organiser pays of it."""
        return self.published.support + self.noted.support

    @property
    def to_pay(self) -> int:
        """What the units pay."""
        return self.full - self.support


def budget_of(session: Session, fair: Fair, noted: Collection[int] | None = None) -> Budget | None:
    """As if the acceptances noted were published, or those of these application ids alone; None where no booth of the
    fair has a price. Booths count as they are held, or as many as were asked for while none is. Three queries.
    """
    types = {one.id: one for one in booth_types_of(session, fair)}
    if not any(one.price for one in types.values()):
        return None
    waits = [
        BoothApplication.state.in_(sorted(DECIDABLE)),
        BoothApplication.pending_decision == Decision.ACCEPT,
        *([] if noted is None else [BoothApplication.id.in_(noted)]),
    ]
    rows = session.execute(
        select(
            BoothApplication.id,
            BoothApplication.state,
            BoothApplication.booth_type_id,
            BoothApplication.booths_wanted,
        )
        .where(BoothApplication.fair_id == fair.id, BoothApplication.booth_type_id.in_(types))
        .where(or_(BoothApplication.state.in_(TAKING_PART), and_(*waits)))
    ).all()
    held = booths_held_by(session, [row.id for row in rows])
    prices: dict[bool, list[BoothPrice]] = {True: [], False: []}
    for row in rows:
        booths = len(held.get(row.id, ())) or row.booths_wanted
        prices[row.state in set(TAKING_PART)].append(types[row.booth_type_id].price_of(booths))
    return Budget(_sum(prices[True]), _sum(prices[False]))


def _sum(prices: list[BoothPrice]) -> BoothPrice:
    return BoothPrice(
        booths=sum(one.booths for one in prices),
        supported=sum(one.supported for one in prices),
        full=sum(one.full for one in prices),
        support=sum(one.support for one in prices),
    )
