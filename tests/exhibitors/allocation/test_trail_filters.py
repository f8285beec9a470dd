"""The trail narrowed by the address and taken out as a sheet: exactly that, and who took it out is written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.allocation.change_wording import CHANGES
from exhibitors.allocation.recent_changes import NOT_TOLD, changes_page
from exhibitors.allocation.trail_filters import TAKEN_OUT, TOPICS, TrailFilters, people_of
from exhibitors.applications.screening_wording import ACTS
from foundation import clock
from foundation.actor import Role
from foundation.audit_seals import head_of
from foundation.audit_trail import AuditEntry, record
from tests.cast import OrganiserPlayer, ProducerPlayer, a_confirmed_application, a_member, a_submitted_application

if TYPE_CHECKING:
    from tests.exhibitors.conftest import Visitor

pytestmark = pytest.mark.each_database

Visit = Callable[..., "Visitor"]


def told(session: Session, fair: Fair, **asked: Any) -> set[str]:
    return {row.what for row in changes_page(session, [fair.id], filters=TrailFilters(**asked)).rows}


def test_every_act_belongs_to_a_topic() -> None:
    beginnings = tuple(beginning for topic in TOPICS.values() for beginning in topic)
    codes = set(CHANGES) | set(ACTS)
    assert {code for code in codes if not code.startswith(beginnings) and code not in TAKEN_OUT} == set()
    assert set(TAKEN_OUT) <= codes


def test_filters_leave_what_they_name(
    store: Session, fair: Fair, organiser: OrganiserPlayer, player: ProducerPlayer
) -> None:
    mine = a_confirmed_application(store, organiser, player, fair)
    with clock.as_of(clock.now() + timedelta(days=3)):
        record(store, organiser.actor, "plan.save", fair_id=fair.id)
        later = clock.today()
    store.flush()
    everything = told(store, fair)
    assert {"plan.save", "application.submit", "application.accept", "assignment.propose"} <= everything
    assert told(store, fair, person=player.user.id) == {
        "application.submit",
        "application.confirm",
        "application.give_word",
    }
    assert told(store, fair, topic="set_up") == {what for what in everything if what[:5] in {"fair.", "call.", "plan."}}
    assert told(store, fair, topic="letters") == set()
    assert told(store, fair, first=later) == {"plan.save"}
    assert "plan.save" not in told(store, fair, last=later - timedelta(days=1))
    about = told(store, fair, code=mine.code)
    assert ("application.submit" in about, "assignment.propose" in about, "plan.save" in about) == (True, True, False)
    assert told(store, fair, code="GH-XXXXXX") == set()
    assert told(store, fair, hidden=frozenset({mine.id})) == everything - about
    assert [name for _, name in people_of(store, [fair.id])] == sorted({organiser.user.name, player.user.name})


@pytest.mark.parametrize(
    "wrong", ["?first=mai&last=31/12/2026", "?person=x&topic=gì&code=%F0", "?first=0001-01-01", "?last=9999-12-31"]
)
def test_wrong_filters_are_none(
    visit: Visit, fair: Fair, organiser: OrganiserPlayer, store: Session, wrong: str
) -> None:
    store.commit()
    assert visit(organiser.user.email).get(f"/organise/fairs/{fair.slug}/changes{wrong}").status_code == 200


def test_sheet_holds_exactly_what_is_filtered_and_is_written_down(
    visit: Visit, store: Session, fair: Fair, organiser: OrganiserPlayer, player: ProducerPlayer
) -> None:
    application = a_submitted_application(store, fair, player)
    store.commit()
    browser = visit(organiser.user.email)
    page = browser.get(f"/organise/fairs/{fair.slug}/changes?code={application.code}")
    end = head_of(store, f"fair:{fair.id}")[1]
    store.commit()
    assert (end in page.text, "Mở nhận đơn" in page.text) == (True, False)
    answer = browser.post(f"/organise/fairs/{fair.slug}/changes.xlsx?code={application.code.lower()}")
    assert (answer.status_code, answer.mimetype.endswith("spreadsheetml.sheet")) == (200, True)
    heads, *rows = load_workbook(BytesIO(answer.get_data())).active.iter_rows(values_only=True)
    entries = store.scalars(
        select(AuditEntry)
        .where(AuditEntry.thing_kind == "booth_application", AuditEntry.what.not_in(NOT_TOLD))
        .order_by(AuditEntry.id.desc())
    ).all()
    assert [(row[0], row[5], row[6]) for row in rows] == [(one.id, one.what, application.code) for one in entries]
    assert (heads[0], heads[-1]) == ("Số", "Sau")
    noted = store.scalars(select(AuditEntry).where(AuditEntry.what == "trail.export")).one()
    assert noted.new == {"rows": len(rows), "filters": {"code": application.code}}


def test_officer_who_stands_aside_reads_nothing_of_the_application(
    visit: Visit, store: Session, fair: Fair, organiser: OrganiserPlayer, player: ProducerPlayer
) -> None:
    application = a_submitted_application(store, fair, player)
    reviewer = a_member(store, organiser, Role.REVIEWER, "xet@x.example").user
    store.commit()
    browser = visit(reviewer.email)
    page = f"/organise/fairs/{fair.slug}/changes"
    assert player.producer.name_vi in browser.get(page).text
    aside = browser.post(f"/organise/fairs/{fair.slug}/review/{application.code}/aside", reason="Là em họ")
    assert aside.status_code == 303
    for address in (page, "/organise/changes", f"/organise/fairs/{fair.slug}", "/organise"):
        assert player.producer.name_vi not in browser.get(address).text, address
