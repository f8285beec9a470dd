"""Free booths that are offered without a press: by the same rules, once, and only where that was chosen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exhibitors.allocation.booth_assignment import assignments_of
from exhibitors.allocation.waiting_list.automatic_offers import (
    offer_automatically,
    offers_automatically,
    set_automatic_offers,
)
from exhibitors.applications.application_moves import ApplicationState as S
from foundation import clock
from foundation.audit_trail import AuditEntry
from foundation.outbox import OutboxLetter
from tests.cast import BASE_URL
from tests.exhibitors.allocation.conftest import Screening
from tests.exhibitors.allocation.proposals.test_proposal_pages import Browser
from tests.exhibitors.allocation.waiting_list.conftest import freed, kinds

if TYPE_CHECKING:
    from flask import Flask


def chosen(session: Session, screening: Screening, *, on: bool = True) -> None:
    set_automatic_offers(session, screening.organiser.actor, screening.fair, on=on)
    session.commit()


def run(session: Session) -> list[str]:
    done = [one.code for one in offer_automatically(session, clock.now(), base_url=BASE_URL)]
    session.commit()
    return done


def test_nothing_is_offered_before_it_is_chosen_nor_after_it_was_given_up(
    session: Session,
    waiting: Screening,
) -> None:
    freed(session, waiting)
    assert run(session) == []
    chosen(session, waiting)
    chosen(session, waiting, on=False)
    assert not offers_automatically(session, waiting.fair)
    assert run(session) == []


def test_freed_booth_goes_to_whose_turn_it_is_and_only_once(
    session: Session,
    waiting: Screening,
) -> None:
    chosen(session, waiting)
    assert run(session) == []
    freed(session, waiting)
    third = waiting.applications[2]
    assert run(session) == [third.code]
    assert (third.current, kinds(session, third)[-1]) == (S.ACCEPTED, "accepted")
    assert [one.booth.code for one in assignments_of(session, third.id)] == ["A01"]
    assert run(session) == []


def test_choice_is_written_down_once(session: Session, waiting: Screening) -> None:
    chosen(session, waiting)
    chosen(session, waiting)
    chosen(session, waiting, on=False)
    query = sa.select(AuditEntry.what).where(AuditEntry.what.like("waiting_list.%")).order_by(AuditEntry.id)
    assert session.scalars(query).all() == ["waiting_list.automatic", "waiting_list.by_hand"]


def test_two_workers_at_once_offer_a_booth_once(
    session: Session,
    waiting: Screening,
) -> None:
    chosen(session, waiting)
    freed(session, waiting)
    ready, bind = Barrier(2), session.get_bind()

    def work(_: int) -> list[str]:
        ready.wait()
        with Session(bind) as own:
            return run(own)

    with ThreadPoolExecutor(2) as pool:
        done = [code for codes in pool.map(work, range(2)) for code in codes]
    session.expire_all()
    third = waiting.applications[2]
    assert done == [third.code]
    query = sa.select(sa.func.count(OutboxLetter.id)).where(
        OutboxLetter.application_id == third.id, OutboxLetter.kind == "accepted"
    )
    assert session.scalar(query) == 1


def test_organiser_turns_it_on_and_off_on_the_page(
    app: Flask,
    session: Session,
    waiting: Screening,
) -> None:
    staff = Browser(app, session, waiting.organiser.user.email)
    page = f"/organise/fairs/{waiting.fair.slug}/waiting-list"
    assert "Gian trống chờ đến khi bạn bấm mời." in staff.get(page).text
    assert staff.post(f"{page}/automatic", on="yes").status_code == 303
    assert "được mời tự động trong vòng một phút" in staff.get(page).text
    assert staff.post(f"{page}/automatic", on="no").status_code == 303
    assert not offers_automatically(session, waiting.fair)
