"""Sold out today: the unit says it, every page shows it, midnight in Vietnam ends it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import ClosedDay, Fair
from events.fairs.organise_fair import cancel_fair
from exhibitors.applications.apply_for_booth import withdraw_application
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.fair_days.say_sold_out import say_sold_out, sold_out_today
from exhibitors.fair_days.sold_out import SoldOut, sold_out_at, sold_out_of
from foundation import clock
from foundation.refusal import Refused
from tests.cast import (
    BASE_URL,
    OrganiserPlayer,
    ProducerPlayer,
    a_confirmed_application,
    a_producer,
)
from tests.scenes import Play


@pytest.fixture
def player(play: Play) -> ProducerPlayer:
    """A unit with two products."""
    return play(a_producer, products=2)


@pytest.fixture
def stand(play: Play, organiser: OrganiserPlayer, fair: Fair, player: ProducerPlayer) -> BoothApplication:
    """Its confirmed booth."""
    return play(a_confirmed_application, organiser, player, fair)


def at(fair: Fair, hour: int, day: int = 0) -> datetime:
    """That hour on a day of the fair, counted from its first."""
    assert fair.first_day
    return clock.local_moment(fair.first_day + timedelta(days=day), time(hour))


def test_holds_until_midnight_in_vietnam(
    session: Session, fair: Fair, player: ProducerPlayer, stand: BoothApplication
) -> None:
    first = player.producer.products[0].id
    with clock.as_of(at(fair, 15)):
        assert say_sold_out(session, player.actor, stand, [first]) == {first}
        assert sold_out_at(session, fair, clock.today()) == {(stand.id, first)}
    with clock.as_of(at(fair, 23)):  # 16:00 in UTC: another day there, the same here
        assert sold_out_today(session, stand) == {first}
        assert sold_out_of(session, player.producer.id, clock.today()) == {fair.slug: frozenset({first})}
    with clock.as_of(at(fair, 0, day=1)):
        assert sold_out_today(session, stand) == frozenset()
        assert sold_out_at(session, fair, clock.today()) == frozenset()


def test_saying_it_again_replaces_what_was_said(
    session: Session, fair: Fair, player: ProducerPlayer, stand: BoothApplication
) -> None:
    one, other = (product.id for product in player.producer.products)
    with clock.as_of(at(fair, 9)):
        say_sold_out(session, player.actor, stand, [one])
        say_sold_out(session, player.actor, stand, [one, other])
        say_sold_out(session, player.actor, stand, [other])
        assert sold_out_today(session, stand) == {other}
        say_sold_out(session, player.actor, stand, [])
        say_sold_out(session, player.actor, stand, [])
    assert session.scalars(select(SoldOut)).all() == []


def test_refused_when_nobody_sells(
    session: Session, organiser: OrganiserPlayer, fair: Fair, player: ProducerPlayer, stand: BoothApplication
) -> None:
    assert fair.first_day
    product = player.producer.products[0].id
    strange = a_producer(session, "HTX Khác", "khac@producers.example").producer.products[0].id
    fair.closed_days.append(ClosedDay(day=fair.first_day + timedelta(days=1)))
    session.flush()

    def reason(moment: datetime, products: list[int]) -> str:
        with clock.as_of(moment), pytest.raises(Refused) as caught:
            say_sold_out(session, player.actor, stand, products)
        return caught.value.reason

    assert reason(at(fair, 9, day=-1), [product]) == "not_selling_today"
    assert reason(at(fair, 9, day=1), [product]) == "not_selling_today"  # closed
    assert reason(at(fair, 9), [strange]) == "product_not_brought"
    with clock.as_of(at(fair, 9)):
        say_sold_out(session, player.actor, stand, [product])
    withdraw_application(session, player.actor, stand, base_url=BASE_URL, reason="Bận")
    assert reason(at(fair, 9), [product]) == "not_selling_today"
    assert sold_out_at(session, fair, fair.first_day) == frozenset()


def test_cancelled_fair_sells_nothing_out(
    session: Session, organiser: OrganiserPlayer, fair: Fair, player: ProducerPlayer, stand: BoothApplication
) -> None:
    assert fair.first_day
    product = player.producer.products[0].id
    with clock.as_of(at(fair, 9)):
        say_sold_out(session, player.actor, stand, [product])
        cancel_fair(session, organiser.actor, fair, reason="Bão")
        session.commit()
        assert sold_out_of(session, player.producer.id, clock.today()) == {}


def test_every_page_says_so_that_day_and_not_the_next(
    client: FlaskClient, session: Session, fair: Fair, player: ProducerPlayer, stand: BoothApplication
) -> None:
    first = player.producer.products[0].id
    paths = [
        f"/en/fairs/{fair.slug}",
        f"/en/fairs/{fair.slug}/plan",
        f"/en/fairs/{fair.slug}/booths/A01",
        f"/en/products/{first}",
        f"/en/producers/{player.producer.slug}",
    ]
    with clock.as_of(at(fair, 9)):
        assert [client.get(path).text.count("Sold out today") for path in paths] == [0] * len(paths)
        say_sold_out(session, player.actor, stand, [first])
        session.commit()
        assert [client.get(path).text.count("Sold out today") for path in paths] == [1] * len(paths)
        [row] = client.get(f"/api/v1/fairs/{fair.slug}/exhibitors").get_json()["items"]
        assert {one["id"]: one["sold_out_today"] for one in row["products"]} == {
            product.id: product.id == first for product in player.producer.products
        }
        assert "Sold out today" not in client.get(f"/en/products/{player.producer.products[1].id}").text
    with clock.as_of(at(fair, 9, day=1)):
        assert [client.get(path).text.count("Sold out today") for path in paths] == [0] * len(paths)
