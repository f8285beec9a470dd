"""A private calendar: one's own deadlines behind a secret that is shown once, follows one's roles, and can be ended."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.organisation import Membership, actor_for
from events.fairs.fair import FairState
from exhibitors.allocation.booth_assignment import holder_of, move_assignment
from exhibitors.allocation.place_on_booth import place_on_booth, vacate_booth
from exhibitors.applications.screen_applications import take_up
from exhibitors.calendars.private_calendar import (
    PrivateCalendar,
    end_private_calendar,
    make_private_calendar,
    person_of_calendar,
)
from exhibitors.calendars.private_events import private_events
from foundation import clock
from foundation.actor import Actor
from tests.cast import (
    OrganiserPlayer,
    a_confirmed_application,
    a_producer,
    a_submitted_application,
    an_open_fair,
    an_organiser,
    booths_of,
)
from tests.small_world import World


def revisions(session: Session, actor: Actor) -> list[tuple[int, datetime]]:
    events = private_events(session, actor, "vi", clock.today())
    return [(event.sequence, event.last_modified) for event in events if event.last_modified]


def summaries(session: Session, actor: Actor) -> list[str]:
    return [event.summary for event in private_events(session, actor, "vi", clock.today())]


def test_producer_sees_the_deadline_that_matters_now(session: Session, organiser: OrganiserPlayer) -> None:
    fair, player = an_open_fair(session, organiser), a_producer(session)
    actor = actor_for(session, player.user)
    assert summaries(session, actor) == []
    application = a_submitted_application(session, fair, player)
    session.commit()
    assert summaries(session, actor) == ["Hẹn trả lời hồ sơ: Hội chợ Xuân"]
    take_up(session, organiser.actor, application)
    session.commit()
    assert summaries(session, actor) == ["Hẹn trả lời hồ sơ: Hội chợ Xuân"]


def test_confirmed_stand_shows_its_days_and_booth(session: Session, organiser: OrganiserPlayer) -> None:
    fair, player = an_open_fair(session, organiser), a_producer(session)
    a_confirmed_application(session, organiser, player, fair)
    session.commit()
    [event] = private_events(session, actor_for(session, player.user), "vi", clock.today())
    assert (event.summary, event.first_day, event.last_day) == (
        "Bán hàng ở Hội chợ Xuân",
        fair.first_day,
        fair.last_day,
    )
    assert event.description == "Gian A01"
    later = fair.last_day + timedelta(days=31) if fair.last_day else date.max
    assert private_events(session, actor_for(session, player.user), "vi", later) == []


def test_booth_taken_and_another_given_is_a_newer_event(session: Session, organiser: OrganiserPlayer) -> None:
    fair, player = an_open_fair(session, organiser), a_producer(session)
    application = a_confirmed_application(session, organiser, player, fair)
    session.commit()
    actor, first, second = actor_for(session, player.user), *booths_of(session, fair)[:2]
    [held] = revisions(session, actor)
    holder = holder_of(session, first.id)
    assert holder is not None
    with clock.as_of(clock.now() + timedelta(minutes=1)):
        vacate_booth(session, organiser.actor, holder, reason="Cột điện")
        session.commit()
    [taken] = revisions(session, actor)
    with clock.as_of(clock.now() + timedelta(minutes=2)):
        unsaid = place_on_booth(session, organiser.actor, application, first)
        session.commit()
        vacate_booth(session, organiser.actor, unsaid, reason="Gần bếp hơn")
        other = place_on_booth(session, organiser.actor, application, second)
        session.commit()
        assert revisions(session, actor) == [taken]  # what was only proposed is told to nobody
        move_assignment(session, organiser.actor, other, "publish")
        session.commit()
    [given] = revisions(session, actor)
    assert held[0] < taken[0] < given[0]
    assert held[1] < taken[1] < given[1]


def test_draft_fair_is_in_no_calendar_of_applicants(session: Session, organiser: OrganiserPlayer) -> None:
    fair, player = an_open_fair(session, organiser), a_producer(session)
    a_submitted_application(session, fair, player)
    session.commit()
    actor = actor_for(session, player.user)
    assert summaries(session, actor) != []
    fair.state = FairState.DRAFT
    session.commit()
    assert summaries(session, actor) == []


def test_organiser_sees_the_call_and_the_days(session: Session, organiser: OrganiserPlayer) -> None:
    fair = an_open_fair(session, organiser)
    session.commit()
    assert summaries(session, organiser.actor) == [
        "Mở nhận đơn: Hội chợ Xuân",
        "Đóng nhận đơn: Hội chợ Xuân",
        "Hẹn trả lời các hồ sơ: Hội chợ Xuân",
        "Hội chợ Xuân",
    ]
    other = an_organiser(session, "Ban khác", "khac@example.vn")
    assert summaries(session, other.actor) == []
    before = [
        (event.sequence, event.last_modified) for event in private_events(session, organiser.actor, "vi", clock.today())
    ]
    fair.name_vi = "Hội chợ Hạ"
    session.commit()
    after = [
        (event.sequence, event.last_modified) for event in private_events(session, organiser.actor, "vi", clock.today())
    ]
    assert all(new[0] > old[0] and new[1] >= old[1] for old, new in zip(before, after, strict=True))


def test_only_the_hash_is_kept_and_a_new_secret_ends_the_old(session: Session, organiser: OrganiserPlayer) -> None:
    first = make_private_calendar(session, organiser.actor)
    second = make_private_calendar(session, organiser.actor)
    session.commit()
    assert person_of_calendar(session, first) is None
    assert person_of_calendar(session, second) == organiser.user
    row = session.scalars(select(PrivateCalendar)).one()
    assert second not in (row.token_hash, str(row.id))
    end_private_calendar(session, organiser.actor)
    assert person_of_calendar(session, second) is None


def test_roles_taken_away_leave_the_calendar_empty(session: Session, organiser: OrganiserPlayer) -> None:
    an_open_fair(session, organiser)
    session.query(Membership).delete()
    session.commit()
    assert summaries(session, actor_for(session, organiser.user)) == []


def test_address_is_shown_once_and_read_without_a_session(world: World) -> None:
    page = world.post("producer A", "/account/calendar/make")
    assert page.headers["Cache-Control"] == "no-store"
    found = re.search(r"/calendar/private/[\w-]+\.ics", page.get_data(as_text=True))
    assert found is not None
    feed = world.request("anonymous", "GET", found[0])
    assert feed.content_type == "text/calendar; charset=utf-8"
    assert feed.headers["Cache-Control"] == "private, no-cache"
    titles = {str(one["SUMMARY"]) for one in Calendar.from_ical(feed.data).walk("VEVENT")}
    assert titles == {"Hạn xác nhận gian: Hội chợ OCOP A", "Hạn nộp hồ sơ: Hội chợ OCOP B"}
    again = world.request("anonymous", "GET", found[0], headers={"If-None-Match": feed.headers["ETag"]})
    assert again.status_code == 304
    assert found[0] not in world.request("producer A", "GET", "/account/calendar").get_data(as_text=True)
    world.post("producer A", "/account/calendar/end")
    assert world.request("anonymous", "GET", found[0]).status_code == 404


@pytest.mark.any_database
def test_guesses_are_counted_and_readers_are_not(world: World) -> None:
    """A calendar service fetches for many people from one network; whoever guesses secrets is put off."""
    world.forget_limits()
    page = world.post("producer A", "/account/calendar/make").get_data(as_text=True)
    known = re.search(r"/calendar/private/[\w-]+\.ics", page)
    assert known is not None
    assert {world.request("anonymous", "GET", known[0]).status_code for _ in range(130)} == {200}
    guesses = [world.request("anonymous", "GET", "/calendar/private/guess.ics").status_code for _ in range(121)]
    assert (set(guesses[:120]), guesses[120]) == ({404}, 429)
    assert world.request("anonymous", "GET", known[0]).status_code == 200
