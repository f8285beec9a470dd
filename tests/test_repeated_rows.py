"""Copies of what the verbs have made are as whole as the first, and the verbs go on behind them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accounts.organisation import Membership
from exhibitors.producers.producer import Producer
from tests.cast import a_producer, an_organiser
from tests.repeated_rows import MARK, repeat


def test_copies_are_whole_and_stand_apart(session: Session) -> None:
    other = an_organiser(session)
    first = repeat(session, 3, lambda: a_producer(session, f"HTX {MARK}", f"{MARK}@units.example"))
    last = a_producer(session, "HTX Sau cùng", "last@units.example")
    session.commit()
    units = session.scalars(sa.select(Producer).order_by(Producer.id)).all()
    assert [unit.name_vi for unit in units] == ["HTX 000", "HTX 001", "HTX 002", "HTX 003", "HTX Sau cùng"]
    assert (units[0], units[-1]) == (first.producer, last.producer)
    assert len({product.id for unit in units for product in unit.products}) == len(units)
    owners = sa.select(Membership).where(Membership.organisation_id.in_([unit.organisation_id for unit in units]))
    emails = [member.user.email for member in session.scalars(owners.order_by(Membership.id))]
    assert emails == [*(f"00{number}@units.example" for number in range(4)), "last@units.example"]
    assert other.user.email == "btc@halong.example"
