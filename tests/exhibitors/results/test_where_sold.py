"""One truth on every page and for every program: who takes part, at which booth, and when a fair is off."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from events.fairs.organise_fair import cancel_fair, postpone_fair
from exhibitors.allocation.booth_assignment import assignments_of
from exhibitors.allocation.place_on_booth import move_to_booth, vacate_booth
from exhibitors.allocation.publish_decisions import publish_decisions
from exhibitors.applications.apply_for_booth import withdraw_application
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.calendars.stand_feeds import producer_feed
from foundation import clock
from tests.cast import BASE_URL, booths_of
from tests.exhibitors.results.conftest import Public

pytestmark = pytest.mark.each_database

NAME = "HTX Miến dong Bình Liêu"


@pytest.fixture
def stand(session: Session, public: Public) -> BoothApplication:
    """The confirmed application, on A01."""
    return session.query(BoothApplication).one()


def surfaces(client: FlaskClient, session: Session, public: Public) -> dict[str, tuple[bool, bool]]:
    """For every place that speaks of exhibitors: whether it names the unit at this fair, and whether with booth A01."""
    fair, unit = public.fair, public.producer.producer
    product = unit.products[0].id
    pages = (("fair", fair.slug), ("plan", f"{fair.slug}/plan"))
    texts = {key: client.get(f"/fairs/{path}").text for key, path in pages}
    rows = {key: re.findall(r'<li class="item.*?</li>', text, re.DOTALL) for key, text in texts.items()}
    seen = {key: _found([row for row in found if NAME in row]) for key, found in rows.items()}
    for key in (f"producers/{unit.slug}", f"products/{product}"):
        stands = re.findall(r'<ol class="tl">.*?</ol>', client.get(f"/{key}").text, re.DOTALL)
        seen[key] = _found([row for row in stands if "Hội chợ Xuân" in row])
        seen[f"API {key}"] = _found(_json(client, f"/api/v1/{key}")["stands"])
    seen["API fair"] = _found(_json(client, f"/api/v1/fairs/{fair.slug}/exhibitors")["items"])
    body = producer_feed(session, unit, "vi", clock.today()).body.decode()
    seen["calendar"] = ("STATUS:CONFIRMED" in body, "gian A01" in body)
    drawn = re.search(r'data-b="A01" data-s="(\w+)"', texts["plan"])
    assert drawn
    assert (drawn.group(1) == "ok") is seen["plan"][1]
    booth = client.get(f"/fairs/{fair.slug}/booths/A01").text
    assert (NAME in booth) is seen["plan"][1]
    return seen


def _json(client: FlaskClient, path: str) -> Any:
    return client.get(path).get_json()


def _found(rows: list[Any]) -> tuple[bool, bool]:
    return bool(rows), any("A01" in str(row) for row in rows)


def test_every_surface_names_the_confirmed_booth(
    client: FlaskClient, session: Session, public: Public, stand: BoothApplication
) -> None:
    assert set(surfaces(client, session, public).values()) == {(True, True)}


def test_booth_taken_back_leaves_the_unit_everywhere_without_a_booth(
    client: FlaskClient, session: Session, public: Public, stand: BoothApplication
) -> None:
    vacate_booth(session, public.organiser.actor, assignments_of(session, stand.id)[0], reason="Cột điện")
    session.commit()
    assert set(surfaces(client, session, public).values()) == {(True, False)}
    page = client.get(f"/en/producers/{public.producer.producer.slug}").text
    assert "Takes part; the booth is not settled yet." in page
    assert stand.fair.venues[0].venue.name.en in page


def test_unit_that_gives_up_is_gone_everywhere(
    client: FlaskClient, session: Session, public: Public, stand: BoothApplication
) -> None:
    withdraw_application(session, public.producer.actor, stand, base_url=BASE_URL, reason="Bận việc")
    session.commit()
    assert set(surfaces(client, session, public).values()) == {(False, False)}


def test_moved_unit_is_at_the_new_booth_once_that_is_published(
    client: FlaskClient, session: Session, public: Public, stand: BoothApplication
) -> None:
    actor, held = public.organiser.actor, assignments_of(session, stand.id)[0]
    move_to_booth(session, actor, held, booths_of(session, public.fair)[3], reason="Cột điện")
    session.commit()
    assert set(surfaces(client, session, public).values()) == {(True, False)}
    publish_decisions(session, actor, public.fair, confirm_by=clock.now(), base_url=BASE_URL)
    session.commit()
    assert set(surfaces(client, session, public).values()) == {(True, False)}
    assert "A04" in client.get(f"/products/{public.producer.producer.products[0].id}").text


@pytest.mark.parametrize(
    ("off", "said"), [(cancel_fair, "The fair is cancelled"), (postpone_fair, "The fair is postponed")]
)
def test_fair_that_is_off_says_so_where_it_was_announced(
    client: FlaskClient, session: Session, public: Public, off: Any, said: str
) -> None:
    unit = public.producer.producer
    off(session, public.organiser.actor, public.fair, reason="Bão số 5")
    session.commit()
    for page in (f"/en/producers/{unit.slug}", f"/en/products/{unit.products[0].id}"):
        text = client.get(page).text
        assert said in text
        assert "Selling until" not in text
        assert ">Booth A01<" not in text
    assert _json(client, f"/api/v1/producers/{unit.slug}")["stands"] == []
