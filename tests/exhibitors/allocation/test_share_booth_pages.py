"""A shared booth on the pages of organisers, in proposals and in what a move costs."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import unescape

import pytest
from sqlalchemy.orm import Session

from accounts.organisation import actor_for
from exhibitors.allocation.allocation_board import board_plans
from exhibitors.allocation.booth_assignment import (
    assignments_of,
    holders_of,
)
from exhibitors.allocation.place_on_booth import (
    place_on_booth,
    share_booth,
    vacate_booth,
)
from exhibitors.allocation.proposals.adopt_proposal import adopt_proposal
from exhibitors.allocation.proposals.allocation_proposal import ProposalState
from exhibitors.allocation.proposals.compare_proposals import compare_with_board, drawn_proposal
from exhibitors.allocation.proposals.price_move import MovePrices
from exhibitors.allocation.proposals.since_asked import changed_since
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.review.score_applications import stand_aside
from exhibitors.applications.screen_applications import take_up
from foundation.actor import Role
from tests.cast import a_member
from tests.exhibitors.allocation.conftest import Screening
from tests.exhibitors.allocation.proposals.conftest import a_proposal, all_are_accepted
from tests.exhibitors.conftest import Visitor
from tests.scenes import Play


@pytest.fixture
def accepted(play: Play, screening: Screening) -> Screening:
    """All three are noted as accepted and stand nowhere."""
    return play(all_are_accepted, screening)


def codes_of(session: Session, application: BoothApplication) -> list[str]:
    return [one.booth.code for one in assignments_of(session, application.id)]


def test_the_plain_forms_of_a_booth_share_it_and_take_one_of_two_off(
    store: Session, accepted: Screening, visit: Callable[..., Visitor]
) -> None:
    place_on_booth(store, accepted.organiser.actor, accepted.applications[0], accepted.booth("A01"))
    page = f"/organise/fairs/{accepted.fair.slug}/booths/A01"
    codes, names = (
        [application.code or "" for application in accepted.applications],
        [application.producer.name_vi for application in accepted.applications],
    )
    staff = visit(accepted.organiser.user.email)
    assert f"<option value={codes[1]!r}".replace("'", '"') in staff.get(page).text
    asked = unescape(staff.get(f"{page}?application={codes[1]}").text)
    assert f"Xếp {names[1]} dùng chung gian A01 với {names[0]}" in asked
    assert "không chia đôi" in asked
    assert "DOUBLE_BOOKED" not in asked
    assert staff.post(f"{page}/share", application=codes[1]).status_code == 422
    assert staff.post(f"{page}/share", application="GH-NONE99", holder=codes[0]).status_code == 422
    assert staff.post(f"{page}/share", application=codes[1], holder=codes[2]).status_code == 409
    assert staff.post(f"{page}/share", application=codes[1], holder=codes[0]).status_code == 303
    full = staff.post(f"{page}/share", application=codes[2], holder=codes[0])
    assert (full.status_code, "đã có hai đơn vị dùng chung" in unescape(full.text)) == (409, True)
    shown = unescape(staff.get(page).text)
    assert all(name in shown for name in names[:2])
    assert "/swap" not in staff.get(f"{page}?application={codes[2]}").text
    board = unescape(staff.get(f"/organise/fairs/{accepted.fair.slug}/booths").text)
    assert f"{names[0]} + {names[1]}" in board
    assert '"A01"' not in board.partition("data-holders=")[2].partition(">")[0]
    assert staff.post(f"{page}/vacate").status_code == 409
    assert staff.post(f"{page}/vacate", holder=codes[0]).status_code == 303
    left = unescape(staff.get(page).text)
    assert names[1] in left
    assert f'<h2 id="h-holder-1" lang="vi">{names[0]}' not in left


def test_whoever_stands_aside_from_one_of_two_sees_the_other_alone(
    store: Session, screening: Screening, visit: Callable[..., Visitor]
) -> None:
    actor = screening.organiser.actor
    for application in screening.applications:
        take_up(store, actor, application)
    one, two, three = screening.applications
    share_booth(store, actor, two, place_on_booth(store, actor, one, screening.booth("A01")))
    place_on_booth(store, actor, three, screening.booth("A02"))
    manager = a_member(store, screening.organiser, Role.MANAGER, "ql@organisers.example").user
    stand_aside(store, actor_for(store, manager), one, "Người nhà")
    stand_aside(store, actor_for(store, manager), three, "Người nhà")
    store.flush()
    desk, names = f"/organise/fairs/{screening.fair.slug}", [each.producer.name_vi for each in screening.applications]
    codes = [each.code or "" for each in screening.applications]
    staff = visit(manager.email)
    for page in (f"{desk}/booths/A01", f"{desk}/booths", f"{desk}/floor-plan"):
        text = unescape(staff.get(page).text)
        assert (names[0] in text, names[1] in text or page.endswith("floor-plan")) == (False, True)
    staff.post(f"{desk}/booths/A01/vacate", holder=codes[0])
    assert staff.post(f"{desk}/booths/A02/share", application=codes[1], holder=codes[2]).status_code == 422
    store.expire_all()
    assert [held.application_id for held in holders_of(store, screening.booth("A01").id)] == [one.id, two.id]


def test_a_shared_booth_is_taken_for_proposals_and_its_units_stay(
    play: Play, session: Session, accepted: Screening
) -> None:
    actor = accepted.organiser.actor
    one, two, three = accepted.applications
    share_booth(session, actor, two, place_on_booth(session, actor, one, accepted.booth("A01")))
    one.needs_power = two.needs_power = True
    accepted.booth("A01").zone.power_w = 5_000
    session.commit()
    proposal = play(a_proposal, accepted)
    assert proposal.current is ProposalState.DONE
    assert {seat.application_id for seat in proposal.seats} == {three.id}
    assert {seat.booth.code for seat in proposal.seats}.isdisjoint({"A01"})
    question = json.loads(proposal.question)
    assert [booth["id"] for booth in question["booths"] if booth["blocked"]] == ["A01"]
    assert question["policy"]["zone_power_w"][accepted.booth("A01").zone.code] == 3_000
    comparison = compare_with_board(session, accepted.fair, proposal)
    plan = next(shown for shown in board_plans(session, accepted.fair))
    drawn = {booth.code: booth for booth in drawn_proposal(plan, comparison)}
    assert (drawn["A01"].state, drawn["A01"].label) == ("proposed", f"{one.producer.name_vi} + {two.producer.name_vi}")
    adopt_proposal(session, actor, proposal)
    assert [codes_of(session, each) for each in (one, two)] == [["A01"], ["A01"]]
    assert codes_of(session, three) != []
    vacate_booth(session, actor, holders_of(session, accepted.booth("A01").id)[0])
    session.flush()
    assert changed_since(session, proposal) != []


def test_what_sharing_costs_leaves_out_the_double_booking_that_is_meant(session: Session, accepted: Screening) -> None:
    one, two, _ = accepted.applications
    two.goods[0].product.name_vi = one.goods[0].product.name_vi
    two.needs_water = accepted.booth("B01").has_water = True
    place_on_booth(session, accepted.organiser.actor, one, accepted.booth("A01"))
    session.commit()
    price = MovePrices(session, accepted.fair).price(two, accepted.booth("A01"), is_shared=True)
    assert price is not None
    assert ([rule.code for rule in price.broken], price.neighbours_made) == (["NEED_WATER"], 1)
