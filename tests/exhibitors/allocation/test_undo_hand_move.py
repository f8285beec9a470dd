"""What one did on the board by hand is taken back and done again; what has moved on since is left alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm import Session

from exhibitors.allocation.booth_assignment import AssignmentState, assignments_of
from exhibitors.allocation.hand_move import keep_hand_move, last_done, last_undone
from exhibitors.allocation.place_on_booth import move_to_booth, place_on_booth, swap_booths, vacate_booth
from exhibitors.allocation.proposals.adopt_proposal import adopt_proposal
from exhibitors.allocation.proposals.allocation_proposal import Candidates
from exhibitors.allocation.proposals.pin_booths import pin_booths
from exhibitors.allocation.publish_decisions import publish_decisions
from exhibitors.allocation.undo_hand_move import redo_hand_move, undo_hand_move
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.screen_applications import stage_decision, take_up
from foundation import clock
from foundation.refusal import Refused
from tests.cast import BASE_URL
from tests.exhibitors.allocation.conftest import Screening
from tests.exhibitors.allocation.proposals.conftest import a_proposal
from tests.exhibitors.allocation.proposals.test_proposal_pages import Browser
from tests.scenes import Play

if TYPE_CHECKING:
    from flask import Flask


class Board:
    """The organiser at the board."""

    def __init__(self, session: Session, screening: Screening) -> None:
        self.session, self.screening, self.actor = session, screening, screening.organiser.actor

    def place(self, application: BoothApplication, code: str) -> None:
        booth = self.screening.booth(code)
        self.keep([application], lambda: place_on_booth(self.session, self.actor, application, booth))

    def move(self, application: BoothApplication, code: str) -> None:
        [held], booth = assignments_of(self.session, application.id), self.screening.booth(code)
        self.keep([application], lambda: move_to_booth(self.session, self.actor, held, booth))

    def swap(self, one: BoothApplication, other: BoothApplication) -> None:
        [mine], [theirs] = assignments_of(self.session, one.id), assignments_of(self.session, other.id)
        self.keep([one, other], lambda: swap_booths(self.session, self.actor, mine, theirs))

    def vacate(self, application: BoothApplication) -> None:
        [held] = assignments_of(self.session, application.id)
        self.keep([application], lambda: vacate_booth(self.session, self.actor, held))

    def keep(self, applications: list[BoothApplication], act: Callable[[], object]) -> None:
        keep_hand_move(self.session, self.actor, self.screening.fair, applications, act)
        self.session.commit()

    def undo(self) -> None:
        undo_hand_move(self.session, self.actor, self.screening.fair)
        self.session.commit()

    def redo(self) -> None:
        redo_hand_move(self.session, self.actor, self.screening.fair)
        self.session.commit()

    def pinned(self) -> list[list[str]]:
        return [
            [held.booth.code for held in assignments_of(self.session, application.id) if held.is_locked]
            for application in self.screening.applications
        ]

    def stands(self) -> list[list[str]]:
        return [
            [held.booth.code for held in assignments_of(self.session, application.id)]
            for application in self.screening.applications
        ]


def all_taken_up(session: Session, screening: Screening) -> None:
    for application in screening.applications:
        take_up(session, screening.organiser.actor, application)


@pytest.fixture
def board(play: Play, session: Session, screening: Screening) -> Board:
    play(all_taken_up, screening)
    return Board(session, screening)


def test_each_kind_of_act_is_taken_back_and_done_again_in_turn(board: Board) -> None:
    first, second, _ = board.screening.applications
    board.place(first, "A01")
    board.place(second, "A02")
    board.swap(first, second)
    board.move(first, "B01")
    board.vacate(second)
    seen = [board.stands()]
    for _ in range(5):
        board.undo()
        seen.append(board.stands())
    assert seen == [
        [["B01"], [], []],
        [["B01"], ["A01"], []],
        [["A02"], ["A01"], []],
        [["A01"], ["A02"], []],
        [["A01"], [], []],
        [[], [], []],
    ]
    for stood in reversed(seen[:-1]):
        board.redo()
        assert board.stands() == stood


def test_nothing_is_done_again_once_something_else_was_done(board: Board) -> None:
    first, second, _ = board.screening.applications
    board.place(first, "A01")
    board.undo()
    board.place(second, "A01")
    with pytest.raises(Refused) as caught:
        board.redo()
    assert caught.value.reason == "no_hand_move"
    assert board.stands() == [[], ["A01"], []]


def test_what_another_changed_or_pinned_since_is_left_alone(session: Session, board: Board) -> None:
    first = board.screening.applications[0]
    board.place(first, "A01")
    pin_booths(session, board.actor, first, pinned=True)
    with pytest.raises(Refused) as caught:
        board.undo()
    assert (caught.value.reason, caught.value.facts["who"]) == ("places_changed", first.producer.name_vi)
    pin_booths(session, board.actor, first, pinned=False)
    [held] = assignments_of(session, first.id)
    move_to_booth(session, board.actor, held, board.screening.booth("B01"))
    with pytest.raises(Refused):
        board.undo()
    assert board.stands()[0] == ["B01"]


def test_pins_go_along_by_hand_and_come_back(session: Session, board: Board) -> None:
    first, second, _ = board.screening.applications
    board.place(first, "A01")
    board.place(second, "A02")
    pin_booths(session, board.actor, first, pinned=True)
    board.swap(first, second)
    board.move(first, "B01")
    board.vacate(first)
    board.place(first, "A03")
    seen = [board.pinned()]
    for _ in range(4):
        board.undo()
        seen.append(board.pinned())
    assert seen == [
        [[], [], []],
        [[], [], []],
        [["B01"], [], []],
        [["A02"], [], []],
        [["A01"], [], []],
    ]
    assert board.stands() == [["A01"], ["A02"], []]
    for pinned in reversed(seen[:-1]):
        board.redo()
        assert board.pinned() == pinned


def test_a_pinned_unit_that_was_swapped_stays_through_a_computation(app: Flask, session: Session, board: Board) -> None:
    first, second, _ = board.screening.applications
    board.place(first, "A01")
    board.place(second, "B01")
    pin_booths(session, board.actor, first, pinned=True)
    staff = Browser(app, session, board.screening.organiser.user.email)
    desk = f"/organise/fairs/{board.screening.fair.slug}"
    asked = {"application": second.code, "instead_of": "B01", "holder": first.code}
    assert staff.post(f"{desk}/booths/A01/swap", **asked).status_code == 303
    assert f"{first.producer.name_vi} vẫn được ghim" in unescape(staff.get(f"{desk}/booths").text)
    session.expire_all()
    for application in (first, second):
        stage_decision(session, board.actor, application, Decision.ACCEPT)
    adopt_proposal(session, board.actor, a_proposal(session, board.screening, candidates=Candidates.REVIEWED))
    assert (board.stands()[0], board.pinned()[0]) == (["B01"], ["B01"])


def test_what_was_changed_before_the_redo_is_told_as_a_redo(app: Flask, session: Session, board: Board) -> None:
    first = board.screening.applications[0]
    board.place(first, "A01")
    board.undo()
    place_on_booth(session, board.actor, first, board.screening.booth("B01"))
    session.commit()
    staff = Browser(app, session, board.screening.organiser.user.email)
    desk = f"/organise/fairs/{board.screening.fair.slug}"
    assert "hand-moves/redo" not in staff.get(f"{desk}/booths").text  # a page from before may still show its button
    staff.post(f"{desk}/hand-moves/redo")
    assert "nên không thể làm lại." in unescape(staff.get(f"{desk}/booths").text)


def test_booth_that_somebody_else_took_since_is_named(session: Session, board: Board) -> None:
    first, second, _ = board.screening.applications
    board.place(first, "A01")
    board.move(first, "B01")
    place_on_booth(session, board.actor, second, board.screening.booth("A01"))
    session.commit()
    with pytest.raises(Refused) as caught:
        board.undo()
    assert caught.value.reason == "booth_taken"
    assert board.stands()[:2] == [["B01"], ["A01"]]


def test_places_that_were_told_are_not_taken_back(session: Session, board: Board) -> None:
    first = board.screening.applications[0]
    stage_decision(session, board.actor, first, Decision.ACCEPT)
    board.place(first, "A01")
    confirm_by = clock.now() + timedelta(days=7)
    publish_decisions(session, board.actor, board.screening.fair, confirm_by=confirm_by, base_url=BASE_URL)
    assert assignments_of(session, first.id)[0].current is AssignmentState.PUBLISHED
    with pytest.raises(Refused) as caught:
        board.undo()
    assert caught.value.reason == "places_changed"


def test_buttons_of_the_board_take_back_and_do_again(app: Flask, session: Session, board: Board) -> None:
    first = board.screening.applications[0]
    staff = Browser(app, session, board.screening.organiser.user.email)
    desk = f"/organise/fairs/{board.screening.fair.slug}"
    assert "Hoàn tác" not in staff.get(f"{desk}/booths").text
    assert staff.post(f"{desk}/booths/A01/place", application=first.code).status_code == 303
    assert "Hoàn tác" in staff.get(f"{desk}/booths").text
    assert staff.post(f"{desk}/hand-moves/undo").status_code == 303
    session.expire_all()
    assert board.stands()[0] == []
    assert last_done(session, board.actor, board.screening.fair) is None
    assert last_undone(session, board.actor, board.screening.fair) is not None
    assert "hand-moves/redo" in staff.get(f"{desk}/booths").text
    assert staff.post(f"{desk}/hand-moves/redo").status_code == 303
    session.expire_all()
    assert board.stands()[0] == ["A01"]
    staff.post(f"{desk}/hand-moves/redo")
    assert "không có thao tác nào" in staff.get(f"{desk}/booths").text
