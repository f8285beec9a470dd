"""The public pages of fairs as a visitor without an account meets them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.calendars.read_feeds import EVERYTHING
from events.fairs.fair import DateState, Fair
from events.fairs.organise_fair import cancel_fair, create_fair, publish_fair
from exhibitors.results.fair_figure import Measure, publish_figure
from foundation import clock
from foundation.bilingual import Bilingual
from tests.cast import OrganiserPlayer, a_draft_fair, a_producer, a_submitted_application
from tests.exhibitors.results.conftest import ConfirmMany, CountQueries, Public
from tests.repeated_rows import MARK, repeat

CANARY = "Hoàng Yến Bí Mật"


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


def public_addresses(app: Flask, slug: str) -> list[str]:
    """Every GET address of the app that a visitor can form from the map alone or with the fair's slug."""
    filled = {"slug": slug, "name": EVERYTHING, "topic": "guide"}
    addresses = []
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or set()) and rule.arguments <= set(filled):
            addresses.append(rule.build({name: filled[name] for name in rule.arguments})[1])  # type: ignore[index]  # never None here
    return addresses


def test_home_says_what_is_on_now(client: FlaskClient, session: Session, public: Public) -> None:
    public.fair.first_day, public.fair.last_day = clock.today() - timedelta(days=1), clock.today() + timedelta(days=3)
    session.commit()
    page = text_of(client, "/")
    assert "Hội chợ Xuân" in page
    assert 'class="tag" data-t="now"' in page


def test_home_without_a_fair_today_says_what_comes(client: FlaskClient, public: Public) -> None:
    page = text_of(client, "/en/")
    assert "No fair today, the next in 60 days" in page
    assert "Producers can apply for a booth until" in page


def test_home_of_an_empty_product_stands(client: FlaskClient) -> None:
    assert "The next fair is not announced yet" in text_of(client, "/en/")


def test_fair_page_shows_confirmed_exhibitors_alone(client: FlaskClient, session: Session, public: Public) -> None:
    a_submitted_application(session, public.fair, a_producer(session, "HTX Chưa Xác Nhận", "waiting@unit.example"))
    session.commit()
    page = text_of(client, f"/fairs/{public.fair.slug}")
    assert ("HTX Miến dong Bình Liêu" in page, "Chưa Xác Nhận" in page) == (True, False)
    assert 'id="gian-A01"' in page


def test_exhibitors_are_found_without_accents(client: FlaskClient, public: Public) -> None:
    found = text_of(client, f"/en/fairs/{public.fair.slug}?q=mien+binh+lieu")
    nobody = text_of(client, f"/en/fairs/{public.fair.slug}?q=ruoc")
    assert ("1 exhibitor has" in found, "Nobody here has that" in nobody) == (True, True)


def test_booth_in_the_address_is_marked(client: FlaskClient, public: Public) -> None:
    page = text_of(client, f"/fairs/{public.fair.slug}?booth=A01")
    assert '<li class="item hit" id="gian-A01">' in page


def test_unknown_day_is_said_and_not_invented(client: FlaskClient, session: Session, public: Public) -> None:
    fair = create_fair(
        session, public.organiser.actor, organisation_id=public.organiser.organisation.id, kind="brand_week",
        name_vi="Tuần lễ 2022", year=2022, date_state=DateState.UNKNOWN, source="Báo Quảng Ninh",
        venue_ids=[public.fair.venues[0].venue_id],
    )  # fmt: skip
    publish_fair(session, public.organiser.actor, fair)
    session.commit()
    page = text_of(client, f"/en/fairs/{fair.slug}")
    assert "The source gives the year 2022 and no day." in page
    assert "thành phố Hạ Long, tỉnh Quảng Ninh" in text_of(client, f"/fairs/{fair.slug}")


def test_published_figures_keep_qualifier_and_source(client: FlaskClient, session: Session, public: Public) -> None:
    facts = {"source": "Báo Quảng Ninh, 8/2022", "qualifier": Bilingual("gần", "nearly")}
    publish_figure(session, public.organiser.actor, public.fair, measure=Measure.REVENUE, amount=1_600_000_000, **facts)  # type: ignore[arg-type]  # mixed facts
    session.commit()
    page = text_of(client, f"/fairs/{public.fair.slug}").replace("\u00a0", " ")
    assert ("Gần 1,6 tỷ đồng" in page, "Báo Quảng Ninh, 8/2022" in page) == (True, True)


def test_cancelled_fair_keeps_its_page_and_says_why(client: FlaskClient, session: Session, public: Public) -> None:
    cancel_fair(session, public.organiser.actor, public.fair, reason="Bão số 3")
    session.commit()
    page = text_of(client, f"/en/fairs/{public.fair.slug}")
    assert ("This fair is cancelled." in page, "Bão số 3" in page) == (True, True)


def test_draft_is_nowhere_to_be_seen(app: Flask, client: FlaskClient, session: Session, public: Public) -> None:
    draft = a_draft_fair(session, public.organiser, name=CANARY)
    session.commit()
    for address in public_addresses(app, draft.slug):
        for prefix in ("", "/en"):
            answer = client.get(prefix + address)
            assert CANARY.encode() not in answer.get_data(), address
    assert client.get(f"/fairs/{draft.slug}").status_code == 404
    assert CANARY not in text_of(client, "/search?q=hoang+yen").replace("hoang yen", "")


@pytest.mark.parametrize(
    "address", ["/", "/fairs", "/calendar", "/products", "/producers", "/search?q=mien", "/about/guide"]
)
def test_visitor_gets_no_cookie_and_a_tag(client: FlaskClient, public: Public, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (200, False)
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    ("month", "status"), [("2027-02", 200), ("2027-13", 404), ("0000-01", 404), ("1999-01", 404), ("x", 200)]
)
def test_month_of_the_address(client: FlaskClient, month: str, status: int) -> None:
    assert client.get(f"/calendar?month={month}").status_code == status


def test_month_shows_fairs_and_lunar_days(client: FlaskClient, session: Session, public: Public) -> None:
    page = text_of(client, f"/calendar?month={public.fair.first_day:%Y-%m}")
    assert re.search(r'class="bar[^"]*"[^>]*>Hội chợ Xuân<', page)
    assert "<b>6</b>1/1</td>" in text_of(client, "/calendar?month=2027-02")


def test_days_are_written_the_vietnamese_way(client: FlaskClient, session: Session, organiser: OrganiserPlayer) -> None:
    with clock.as_of(datetime(2026, 1, 1, tzinfo=UTC)):
        fair = a_draft_fair(session, organiser, first_day=date(2026, 3, 5))
        publish_fair(session, organiser.actor, fair)
        session.commit()
    assert "05–10/03/2026" in text_of(client, f"/fairs/{fair.slug}")


def test_list_costs_the_same_with_one_fair_and_thirty(
    session: Session, public: Public, count_queries: CountQueries
) -> None:
    addresses = ("/", "/fairs", "/calendar")
    one = [count_queries(address) for address in addresses]
    later = clock.today() + timedelta(days=70)
    name = f"Hội chợ {MARK}"

    def announce() -> None:
        fair = a_draft_fair(session, public.organiser, name=name, first_day=later)
        publish_fair(session, public.organiser.actor, fair)

    repeat(session, 28, announce)
    session.commit()
    assert [count_queries(address) for address in addresses] == one


def test_fair_page_costs_the_same_with_one_exhibitor_and_thirty(
    public: Public, confirm_many: ConfirmMany, count_queries: CountQueries
) -> None:
    address = f"/fairs/{public.fair.slug}?all=1"
    one = count_queries(address)
    confirm_many(public.fair, 29)
    assert count_queries(address) == one


def test_many_exhibitors_stand_beside_the_plan_and_below_it_in_columns(
    client: FlaskClient, public: Public, confirm_many: ConfirmMany
) -> None:
    confirm_many(public.fair, 17)
    address = f"/fairs/{public.fair.slug}"
    for asked, below in (("", 12), ("?all=1", 15)):
        beside, _, columns = text_of(client, address + asked).partition('<ul class="list cols">')
        assert (beside.count('id="gian-'), columns.count('id="gian-')) == (3, below)
        assert ("Xem đủ 18 đơn vị" in columns) is (not asked)


def test_call_with_no_end_stands_on_the_page(client: FlaskClient, session: Session, public: Public) -> None:
    fair = session.scalars(select(Fair)).one()
    fair.call_closes_at = None
    session.commit()
    assert "Producers can apply now." in text_of(client, f"/en/fairs/{fair.slug}")
