"""A board that is open elsewhere learns of a change: a number that grows and who changed which booth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm import Session

from exhibitors.allocation.board_revision import BoardRevision, board_revision
from exhibitors.allocation.booth_assignment import assignments_of
from exhibitors.allocation.place_on_booth import place_on_booth, vacate_booth
from exhibitors.applications.screen_applications import take_up
from tests.exhibitors.allocation.conftest import Screening
from tests.exhibitors.allocation.proposals.test_proposal_pages import Browser

if TYPE_CHECKING:
    from flask import Flask


@pytest.fixture
def ready(session: Session, screening: Screening) -> Screening:
    take_up(session, screening.organiser.actor, screening.applications[0])
    session.commit()
    return screening


def test_number_grows_with_every_change_and_tells_who_did_what(session: Session, ready: Screening) -> None:
    assert board_revision(session, ready.fair) == BoardRevision(0)
    application, actor = ready.applications[0], ready.organiser.actor
    place_on_booth(session, actor, application, ready.booth("A01"))
    first = board_revision(session, ready.fair)
    assert (first.person, first.booth) == (ready.organiser.user.name, "A01")
    [held] = assignments_of(session, application.id)
    vacate_booth(session, actor, held)
    assert board_revision(session, ready.fair).number > first.number


def test_unchanged_board_costs_no_body_and_a_change_comes_in_words(
    app: Flask, session: Session, ready: Screening
) -> None:
    staff = Browser(app, session, ready.organiser.user.email)
    address = f"/organise/fairs/{ready.fair.slug}/board-revision"
    before = staff.get(address)
    session.commit()
    same = staff.client.get(address, headers={"If-None-Match": before.headers["ETag"]})
    assert same.status_code == 304
    place_on_booth(session, ready.organiser.actor, ready.applications[0], ready.booth("A01"))
    after = staff.get(address).get_json()
    assert after["revision"] > before.get_json()["revision"] == 0
    assert after["words"] == f"{ready.organiser.user.name} vừa đổi gian A01."
