"""Who has opened an application: noted once for each person and day after the answer has left, told to who leads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from accounts.organisation import actor_for
from events.fairs.fair import Fair
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.looks.application_look import ApplicationLook, Opened, looks_at_fair, seen_by
from exhibitors.applications.looks.note_look import look_to_note, write_look
from foundation import clock
from foundation.actor import Role
from foundation.audit_trail import AuditEntry
from tests.cast import OrganiserPlayer, ProducerPlayer, a_member, a_submitted_application
from tests.exhibitors.conftest import Visitor
from tests.scenes import Play

Told = list[tuple[str, list[Opened]]]


@pytest.fixture
def application(play: Play, fair: Fair, player: ProducerPlayer) -> BoothApplication:
    return play(a_submitted_application, fair, player)


def told(store: Session, application: BoothApplication) -> Told:
    found = [(one.name, one.opened) for one in seen_by(store, application)]
    store.commit()  # on SQLite an open transaction keeps the app waiting
    return found


def opens(browser: Visitor, *addresses: str) -> None:
    """What a server does with an answer, a test has to do by hand: close it."""
    for address in addresses:
        answer = browser.get(address)
        assert answer.status_code == 200
        answer.close()


def test_opening_is_noted_once_for_each_person_day_and_thing(
    store: Session,
    fair: Fair,
    organiser: OrganiserPlayer,
    application: BoothApplication,
    visit: Callable[..., Visitor],
) -> None:
    reviewer = a_member(store, organiser, Role.REVIEWER, "cham@organisers.example")
    base = f"/organise/fairs/{fair.slug}"
    browser = visit(organiser.user.email)
    opens(browser, f"{base}/applications", f"/organise/fairs/{fair.slug}")
    assert told(store, application) == []
    opens(browser, *(f"{base}/applications/{application.code}",) * 3)
    opens(browser, f"{base}/applications?open={application.code}", f"{base}/applications/{application.code}/papers")
    opens(visit(reviewer.user.email), f"{base}/review/{application.code}")
    assert sorted(told(store, application)) == [
        (reviewer.user.name, [Opened.POINTS]),
        (organiser.user.name, [Opened.APPLICATION, Opened.PAPERS]),
    ]


def test_opening_beside_the_list_is_noted_and_the_day_after_again(
    store: Session,
    fair: Fair,
    organiser: OrganiserPlayer,
    application: BoothApplication,
    visit: Callable[..., Visitor],
) -> None:
    address = f"/organise/fairs/{fair.slug}/applications?open={application.code}"
    browser = visit(organiser.user.email)
    opens(browser, address)
    with clock.as_of(clock.now() + timedelta(days=1)):
        opens(browser, address, address)
    assert told(store, application) == [(organiser.user.name, [Opened.APPLICATION])] * 2


def test_what_was_refused_is_not_noted_and_the_unit_leaves_no_mark(
    store: Session,
    fair: Fair,
    player: ProducerPlayer,
    application: BoothApplication,
    visit: Callable[..., Visitor],
) -> None:
    browser = visit(player.user.email)
    for place in (f"/organise/fairs/{fair.slug}", ""):
        browser.get(f"{place}/applications/{application.code}").close()
    assert told(store, application) == []


def test_answer_itself_only_reads(
    store: Session,
    fair: Fair,
    organiser: OrganiserPlayer,
    application: BoothApplication,
    visit: Callable[..., Visitor],
) -> None:
    answer = visit(organiser.user.email).get(f"/organise/fairs/{fair.slug}/applications/{application.code}")
    assert answer.status_code == 200
    assert told(store, application) == []
    answer.close()
    assert told(store, application) == [(organiser.user.name, [Opened.APPLICATION])]


def test_who_leads_reads_who_has_seen_it_and_nobody_else_does(
    store: Session,
    fair: Fair,
    organiser: OrganiserPlayer,
    application: BoothApplication,
    visit: Callable[..., Visitor],
) -> None:
    write_look(store, application.id, organiser.user.id, Opened.PAPERS, clock.now())
    reviewer = a_member(store, organiser, Role.REVIEWER, "cham@organisers.example")
    address = f"/organise/fairs/{fair.slug}/applications/{application.code}"
    assert "Đã xem" in visit(organiser.user.email).get(address).text
    assert "Đã xem" not in visit(reviewer.user.email).get(address).text


def test_list_of_the_fair_holds_every_look_but_those_at_what_is_hidden_and_is_recorded(
    store: Session,
    fair: Fair,
    organiser: OrganiserPlayer,
    application: BoothApplication,
    visit: Callable[..., Visitor],
) -> None:
    write_look(store, application.id, organiser.user.id, Opened.PAPERS, clock.now())
    store.flush()
    assert looks_at_fair(store, fair, frozenset({application.id})) == []
    browser = visit(organiser.user.email)
    browser.get(f"/organise/fairs/{fair.slug}/changes")
    answer = browser.post(f"/organise/fairs/{fair.slug}/looks.xlsx")
    rows = list(load_workbook(BytesIO(answer.data)).worksheets[0].iter_rows(values_only=True))
    assert [row[1:] for row in rows[1:]] == [
        (organiser.user.name, application.code, application.producer.name_vi, "giấy tờ")
    ]
    assert store.scalar(sa.select(sa.func.count(AuditEntry.id)).where(AuditEntry.what == "looks.export")) == 1


def test_two_at_once_are_one_and_the_first_stays(
    session: Session, organiser: OrganiserPlayer, application: BoothApplication
) -> None:
    at = clock.now()
    for later in (0, 1):
        write_look(session, application.id, organiser.user.id, Opened.PAPERS, at + timedelta(seconds=later))
    assert session.scalars(sa.select(ApplicationLook.first_at)).all() == [at]
    session.flush()
    assert look_to_note(session, organiser.actor, application, Opened.PAPERS) is None
    assert look_to_note(session, organiser.actor, application, Opened.APPLICATION) is not None


@pytest.mark.parametrize("change", ["update application_look set first_at = null", "delete from application_look"])
def test_database_refuses_to_change_what_was_noted(
    session: Session, organiser: OrganiserPlayer, application: BoothApplication, change: str
) -> None:
    actor = actor_for(session, organiser.user)
    write_look(session, application.id, actor.user_id, Opened.APPLICATION, clock.now())
    session.flush()
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(sa.text(change))
