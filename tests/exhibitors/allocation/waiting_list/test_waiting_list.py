"""The line for freed booths: whose turn it is, the offer and its lapse, reminders, and the close of the list."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from events.floor_plans.draw_floor_plan import open_booth
from exhibitors.allocation.answer_offer import confirm_booth, expire_offers
from exhibitors.allocation.booth_assignment import AssignmentState, assignments_of
from exhibitors.allocation.place_on_booth import vacate_booth
from exhibitors.allocation.waiting_list.close_waiting_list import close_waiting_list
from exhibitors.allocation.waiting_list.next_in_line import next_offers
from exhibitors.allocation.waiting_list.offer_next import offer_next, short_deadline
from exhibitors.allocation.waiting_list.remind_of_offers import remind_of_offers
from exhibitors.applications.application_moves import ApplicationState as S
from exhibitors.applications.booth_application import BoothApplication
from foundation import clock
from foundation.outbox import OutboxLetter
from foundation.refusal import Refused
from tests.cast import BASE_URL
from tests.exhibitors.allocation.conftest import Screening
from tests.exhibitors.allocation.waiting_list.conftest import freed, kinds


def offered(session: Session, waiting: Screening, application: BoothApplication, days: int = 3) -> BoothApplication:
    confirm_by = clock.now() + timedelta(days=days)
    actor = waiting.organiser.actor
    return offer_next(session, actor, waiting.fair, application, confirm_by=confirm_by, base_url=BASE_URL)


def test_nobody_is_next_while_nothing_is_free(session: Session, waiting: Screening) -> None:
    assert next_offers(session, waiting.fair) == []


def test_freed_booth_goes_to_the_one_with_more_points(session: Session, waiting: Screening) -> None:
    freed(session, waiting)
    [offer] = next_offers(session, waiting.fair)
    assert offer.application is waiting.applications[2]
    assert ([booth.code for booth in offer.booths], offer.place, offer.rank, offer.passed) == (["A01"], 1, 1, 0)
    assert offer.score == 100  # five stars; coming for the first time cannot pass the whole


def test_whoever_it_does_not_fit_is_passed_and_counted(session: Session, waiting: Screening) -> None:
    waiting.applications[2].booths_wanted = 2
    freed(session, waiting)
    [offer] = next_offers(session, waiting.fair)
    assert (offer.application, offer.place, offer.passed) == (waiting.applications[1], 2, 1)


def test_booth_is_kept_for_whoever_was_accepted_and_has_none(session: Session, waiting: Screening) -> None:
    actor, (first, _, third) = waiting.organiser.actor, waiting.applications
    [held] = assignments_of(session, first.id)
    vacate_booth(session, actor, held, reason="Cột điện")
    assert next_offers(session, waiting.fair) == []
    open_booth(session, actor, waiting.booth("A02"))
    [offer] = next_offers(session, waiting.fair)
    assert (offer.application, offer.place, offer.passed) == (third, 1, 0)


def test_offer_places_publishes_and_writes_in_one_press(session: Session, waiting: Screening) -> None:
    freed(session, waiting)
    third = waiting.applications[2]
    offered(session, waiting, third)
    assert (third.current, kinds(session, third)[-1]) == (S.ACCEPTED, "accepted")
    assert [(one.booth.code, one.current) for one in assignments_of(session, third.id)] == [
        ("A01", AssignmentState.PUBLISHED)
    ]
    assert next_offers(session, waiting.fair) == []


def test_out_of_turn_nobody_is_offered_anything(session: Session, waiting: Screening) -> None:
    freed(session, waiting)
    with pytest.raises(Refused) as caught:
        offered(session, waiting, waiting.applications[1])
    assert (caught.value.reason, caught.value.facts) == ("not_next_in_line", {"code": waiting.applications[1].code})
    assert waiting.applications[1].current is S.WAITLISTED


def test_lapsed_offer_from_the_list_leads_to_its_end(session: Session, waiting: Screening) -> None:
    freed(session, waiting)
    second, third = waiting.applications[1:]
    offered(session, waiting, third)
    expire_offers(session, clock.now() + timedelta(days=4), base_url=BASE_URL)
    assert (third.current, kinds(session, third)[-1]) == (S.WAITLISTED, "back_on_list")
    assert assignments_of(session, third.id) == []
    [offer] = next_offers(session, waiting.fair)
    assert (offer.application, offer.place) == (second, 1)


def test_lapsed_offer_that_came_with_the_decision_ends(session: Session, waiting: Screening) -> None:
    first = waiting.applications[0]
    expire_offers(session, clock.now() + timedelta(days=8), base_url=BASE_URL)
    assert (first.current, kinds(session, first)[-1]) == (S.EXPIRED, "expired")


def test_reminders_come_three_days_and_one_day_before_and_no_more(session: Session, waiting: Screening) -> None:
    first, now = waiting.applications[0], clock.now()
    found = {
        days: [one.code for one in remind_of_offers(session, now + timedelta(days=days), base_url=BASE_URL)]
        for days in (3, 4.5, 5, 6.5, 6.6, 7.5)
    }
    assert found == {3: [], 4.5: [first.code], 5: [], 6.5: [first.code], 6.6: [], 7.5: []}
    assert kinds(session, first).count("reminder") == 2


def test_short_offer_has_no_reminder_that_comes_with_it(session: Session, waiting: Screening) -> None:
    freed(session, waiting)
    third, now = waiting.applications[2], clock.now()
    offered(session, waiting, third, days=2)
    assert remind_of_offers(session, now, base_url=BASE_URL) == []
    assert remind_of_offers(session, now + timedelta(days=1.5), base_url=BASE_URL) == [third]


def test_answered_offer_is_not_reminded_of(session: Session, waiting: Screening) -> None:
    confirm_booth(session, waiting.producers[0].actor, waiting.applications[0], base_url=BASE_URL)
    assert remind_of_offers(session, clock.now() + timedelta(days=6.5), base_url=BASE_URL) == []


def test_closed_list_tells_everybody_who_waits(session: Session, waiting: Screening) -> None:
    actor, (first, second, third) = waiting.organiser.actor, waiting.applications
    with pytest.raises(Refused) as caught:
        close_waiting_list(session, actor, waiting.fair, reason=" ", base_url=BASE_URL)
    assert caught.value.reason == "reason_missing"
    told = close_waiting_list(session, actor, waiting.fair, reason="Hội chợ đã đủ gian.", base_url=BASE_URL)
    assert told == [second, third]
    assert [one.current for one in (first, second, third)] == [S.ACCEPTED, S.REJECTED, S.REJECTED]
    assert kinds(session, third)[-1] == "rejected"
    letter = session.scalars(sa.select(OutboxLetter).order_by(OutboxLetter.id.desc()).limit(1)).one()
    assert "Hội chợ đã đủ gian." in letter.body
    assert close_waiting_list(session, actor, waiting.fair, reason="Hội chợ đã đủ gian.", base_url=BASE_URL) == []


def test_deadline_is_short_and_never_after_the_opening(session: Session, waiting: Screening) -> None:
    assert short_deadline(waiting.fair) == clock.today() + timedelta(days=3)
    waiting.fair.first_day = clock.today() + timedelta(days=1)
    assert short_deadline(waiting.fair) == clock.today() + timedelta(days=1)
