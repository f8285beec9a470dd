"""A year at a glance: its own fairs in their months, days marked, what is off said in words and never marked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from events.calendars.day_lanes import Span, year_months
from events.fairs.organise_fair import cancel_fair, close_call
from tests.exhibitors.results.conftest import CountQueries, Public

MARKED = '<td class="has'
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(days, st.integers(0, 40), days)
def test_every_day_of_the_year_stands_once_and_a_span_marks_its_days(first: date, length: int, today: date) -> None:
    last = first + timedelta(days=length)
    months = year_months(2026, today, [Span(first, last, "", "", "now")], language="vi")
    cells = [day for month in months for week in month.weeks for day in week if day]
    assert [cell.date for cell in cells] == [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    assert {cell.date for cell in cells if cell.tone == "now"} == {
        cell.date for cell in cells if first <= cell.date <= last
    }
    assert [cell.date for cell in cells if cell.is_today] == [today]
    assert [month.holds(first, last) for month in months] == [
        any(first <= day.date <= last for week in month.weeks for day in week if day) for month in months
    ]


def test_a_fair_stands_in_its_months_and_nowhere_else(client: FlaskClient, public: Public) -> None:
    fair = public.fair
    assert fair.first_day is not None
    page = client.get(f"/calendar/{fair.first_day.year}").get_data(as_text=True)
    assert f'href="/fairs/{fair.slug}"' in page
    assert MARKED in page
    assert MARKED not in client.get(f"/calendar/{fair.first_day.year + 2}").get_data(as_text=True)


def test_what_is_off_is_said_and_not_marked(client: FlaskClient, session: Session, public: Public) -> None:
    fair = public.fair
    assert fair.first_day is not None
    close_call(session, public.organiser.actor, fair)
    cancel_fair(session, public.organiser.actor, fair, reason="Bão")
    session.commit()
    page = client.get(f"/en/calendar/{fair.first_day.year}").get_data(as_text=True)
    assert MARKED not in page
    assert "Cancelled" in page


def test_tet_and_moons_are_named(client: FlaskClient) -> None:
    words = client.get("/calendar/2026").get_data(as_text=True)
    assert "17/02/2026" in words
    assert "Bính Ngọ" in words
    assert "rằm" in words


@pytest.mark.parametrize("year", ["2012", "2101", "99999", "-1", "nay"])
def test_years_beyond_are_not_found(client: FlaskClient, year: str) -> None:
    assert client.get(f"/calendar/{year}").status_code == 404


def test_questions_do_not_grow(count_queries: CountQueries, public: Public) -> None:
    assert count_queries(f"/calendar/{public.fair.year}") <= 6


def test_search_engines_leave_empty_months_far_away_alone(client: FlaskClient, public: Public) -> None:
    assert public.fair.first_day
    here, far = f"{public.fair.first_day:%Y-%m}", f"{public.fair.first_day.year + 9}-03"
    pages = {month: client.get(f"/calendar?month={month}").get_data(as_text=True) for month in (here, far)}
    assert {month: 'content="noindex' in page for month, page in pages.items()} == {here: False, far: True}


@pytest.mark.parametrize("path", ["/en/fairs", "/en/products", "/en/producers"])
def test_page_beyond_the_last_says_so_and_leads_back(client: FlaskClient, public: Public, path: str) -> None:
    answer = client.get(f"{path}?page=99&q=mien")
    assert answer.status_code == 404
    page = answer.get_data(as_text=True)
    assert "There is no page 99" in page
    assert f'href="{path}?q=mien&amp;page=1"' in page
    assert client.get(path).status_code == 200
