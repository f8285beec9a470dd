"""A unit says what is sold out at its booth today, and takes it back when there is more."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import FairState
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.booth_application import BoothApplication, lock_application
from exhibitors.fair_days.sold_out import SoldOut
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.refusal import Refused


def why_not_selling(application: BoothApplication) -> Refused | None:
    """`not_selling_today` unless the unit takes part for sure and the fair is open today."""
    fair = application.fair
    takes_part = application.current is ApplicationState.CONFIRMED and fair.state == FairState.PUBLISHED
    return None if takes_part and fair.is_open_on(clock.today()) else Refused("not_selling_today")


def sold_out_today(session: Session, application: BoothApplication) -> frozenset[int]:
    """The products (by id) of this application that are sold out today."""
    rows = _said_today(session, application)
    return frozenset(good.product_id for good in application.goods if good.id in rows)


def say_sold_out(
    session: Session, actor: Actor, application: BoothApplication, product_ids: Collection[int]
) -> frozenset[int]:
    """Exactly these products are sold out today, the others are not; answers them.

    Refuses `not_selling_today` and `product_not_brought`.
    """
    lock_application(session, application)
    refusal = why_not_selling(application)
    if refusal is not None:
        raise refusal
    brought = {good.product_id: good.id for good in application.goods}
    if not set(product_ids) <= set(brought):
        raise Refused("product_not_brought")
    old, new = _said_today(session, application), {brought[key] for key in product_ids}
    if old == new:
        return frozenset(product_ids)
    for row in session.scalars(
        select(SoldOut).where(SoldOut.application_product_id.in_(old - new), SoldOut.day == clock.today())
    ):
        session.delete(row)
    session.add_all(
        SoldOut(application_product_id=key, day=clock.today(), said_at=clock.now()) for key in sorted(new - old)
    )
    session.flush()
    names = sorted(good.product.name_vi for good in application.goods if good.id in new)
    record(
        session,
        actor,
        "application.say_sold_out",
        application,
        fair_id=application.fair_id,
        new={"application": application.code, "sold_out": names},
    )
    return frozenset(product_ids)


def _said_today(session: Session, application: BoothApplication) -> set[int]:
    keys = [good.id for good in application.goods]
    rows = select(SoldOut.application_product_id)
    return set(session.scalars(rows.where(SoldOut.application_product_id.in_(keys), SoldOut.day == clock.today())))
