"""An event of which the source gives the month alone: said everywhere, and no day is made up."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from events.calendars.calendar_entry import CalendarEntry
from events.fairs.browse_fairs import fairs_without_days, passed_without_days
from events.fairs.fair import Fair, Phase
from events.fairs.fair_course import is_past
from events.fairs.organise_fair import create_fair, missing_for_publishing, publish_fair
from foundation import clock
from foundation.refusal import Refused
from tests.events.conftest import OrganiserBrowser
from tests.typed_form import typed_form

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

    from tests.cast import OrganiserPlayer

PRESS = "Báo chí, 05/2022"


def in_may(session: Session, player: OrganiserPlayer, *, source: str = PRESS, year: int = 2022) -> Fair:
    """A display area of which the month is known."""
    fair = create_fair(
        session, player.actor, organisation_id=player.organisation.id, kind="display_area", name_vi="Khu trưng bày",
        date_state="unknown", year=year, month=5, source=source,
    )  # fmt: skip
    session.commit()
    return fair


@pytest.mark.parametrize(
    ("year", "month", "day", "past"),
    [
        (2022, None, date(2022, 12, 31), False),
        (2022, None, date(2023, 1, 1), True),
        (2022, 5, date(2022, 5, 31), False),
        (2022, 5, date(2022, 6, 1), True),
        (2022, 5, date(2023, 1, 1), True),
        (2022, 12, date(2022, 12, 31), False),
    ],
)  # fmt: skip - read as a table
def test_month_passes_before_its_year(
    session: Session, player: OrganiserPlayer, year: int, month: int | None, day: date, past: bool
) -> None:
    fair = in_may(session, player, year=year)
    session.execute(update(Fair).values(month=month))
    found = session.scalars(select(Fair.id).where(passed_without_days(day))).all()
    assert (is_past(year, month, day), found) == (past, [fair.id] if past else [])


def test_source_is_what_lacks_of_a_past_event(session: Session, player: OrganiserPlayer) -> None:
    fair = in_may(session, player, source="")
    assert missing_for_publishing(fair) == ["source_missing"]
    with pytest.raises(Refused) as refused:
        publish_fair(session, player.actor, fair)
    assert refused.value.reason == "source_missing"
    with clock.as_of(datetime(2022, 5, 31, 12, tzinfo=UTC)):  # still to come: its days are what lacks
        assert missing_for_publishing(fair) == ["no_dates", "no_venue"]
    fair.source = PRESS
    assert missing_for_publishing(fair) == []


def test_pages_tell_the_month_and_the_way_to_the_source(
    session: Session, app: Flask, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    fair = in_may(session, player, source="")
    steps = desk.get(f"/en/organise/fairs/{fair.slug}/steps").text
    assert "name the source that tells of it" in steps
    assert ("May 2022, day not known" in steps, "No date yet" in steps) == (True, False)
    assert "Tháng 5 năm 2022, không rõ ngày" in desk.get(f"/organise/fairs/{fair.slug}").text
    edit = f"/organise/fairs/{fair.slug}/edit"
    form = typed_form(desk.get(edit).text, holding="version")
    assert (form["year"], form["month"]) == (["2022"], ["5"])
    assert desk.client.post(edit, data={**form, "source": PRESS}).status_code == 303
    session.expire_all()
    publish_fair(session, player.actor, fair)
    session.commit()
    visitor = app.test_client()
    page = visitor.get(f"/en/fairs/{fair.slug}").text
    assert ("May 2022, day not known" in page, "The source gives the month and no day." in page) == (True, True)
    told = visitor.get(f"/api/v1/fairs/{fair.slug}").json
    assert {name: told[name] for name in ("year", "month", "first_day", "last_day")} == {
        "year": 2022, "month": 5, "first_day": None, "last_day": None,
    }  # fmt: skip
    assert "BEGIN:VEVENT" not in visitor.get(f"/calendar/fairs/{fair.slug}.ics").text
    assert session.scalar(select(func.count(CalendarEntry.id)).where(CalendarEntry.fair_id == fair.id)) == 0
    assert fair.phase() is Phase.OVER


def test_calendar_tells_it_in_its_month_and_marks_no_day(session: Session, app: Flask, player: OrganiserPlayer) -> None:
    fair = in_may(session, player)
    whole_year = create_fair(
        session, player.actor, organisation_id=player.organisation.id, kind="country_week", name_vi="Tuần lễ Thái Lan",
        date_state="unknown", year=2022, source=PRESS,
    )  # fmt: skip
    for each in (fair, whole_year):
        publish_fair(session, player.actor, each)
    session.commit()
    visitor = app.test_client()

    def told(address: str, words: str) -> tuple[bool, bool]:
        page = visitor.get(address).text.partition('id="main"')[2]
        return words in page, f'href="{"/en" if "/en/" in address else ""}/fairs/{fair.slug}"' in page

    assert told("/en/calendar?month=2022-05", "Some time in May 2022") == (True, True)
    assert told("/calendar?month=2022-05", "Tháng 5 năm 2022, không rõ ngày cụ thể") == (True, True)
    assert told("/en/calendar?month=2022-05&kind=fair", "Some time in") == (False, False)
    assert told("/en/calendar?month=2022-05&kind=display_area", "Some time in") == (True, True)
    assert told("/en/calendar?month=2022-04", "Some time in")[0] is False
    assert told("/en/calendar?month=2023-05", "Some time in")[0] is False
    year = visitor.get("/en/calendar/2022").text
    in_month = year.partition("May 2022")[2].partition("</section>")[0]
    assert (f"/en/fairs/{fair.slug}" in in_month, "day not known" in in_month) == (True, True)
    assert whole_year.name_vi in year.partition("Some time in 2022")[2]
    assert ('<td class="has' in year, "2 fairs" in year) == (False, True)
    assert [each.id for each in fairs_without_days(session, 2022)] == [fair.id, whole_year.id]
    assert [each.id for each in fairs_without_days(session, 2022, 5)] == [fair.id]


def test_days_overrule_the_month(session: Session, player: OrganiserPlayer) -> None:
    days = {"first_day": date(2027, 1, 29), "last_day": date(2027, 2, 3)}
    fair = create_fair(
        session, player.actor, organisation_id=player.organisation.id, kind="fair", name_vi="Hội chợ", month=5, **days
    )
    assert (fair.year, fair.month) == (2027, None)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(update(Fair).where(Fair.id == fair.id).values(month=5))


@pytest.mark.parametrize("month", [0, 13])
def test_no_such_month(session: Session, player: OrganiserPlayer, month: int) -> None:
    with pytest.raises(Refused) as refused:
        create_fair(
            session, player.actor, organisation_id=player.organisation.id, kind="fair", name_vi="Hội chợ",
            date_state="unknown", year=2022, month=month,
        )  # fmt: skip
    assert refused.value.reason == "month_unknown"
