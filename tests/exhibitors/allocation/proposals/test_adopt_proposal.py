"""A proposal comes on the board whole, only while the fair is as it was, and goes off again."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from events.floor_plans.draw_floor_plan import block_booth
from exhibitors.allocation.answer_offer import confirm_booth
from exhibitors.allocation.booth_assignment import AssignmentState, assignments_of
from exhibitors.allocation.place_on_booth import move_to_booth, place_on_booth, vacate_booth
from exhibitors.allocation.proposals.adopt_proposal import adopt_proposal
from exhibitors.allocation.proposals.allocation_proposal import AllocationProposal, Candidates, ProposalState
from exhibitors.allocation.proposals.compare_proposals import figures_of
from exhibitors.allocation.proposals.pin_booths import pin_booths
from exhibitors.allocation.proposals.since_asked import Part, changed_since
from exhibitors.allocation.proposals.undo_adoption import undo_adoption
from exhibitors.allocation.publish_decisions import publish_decisions
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.apply_for_booth import withdraw_application
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.decision_reasons import ReasonCode
from exhibitors.applications.screen_applications import stage_decision, take_up
from exhibitors.calls.set_up_quotas import set_quota
from foundation import clock
from foundation.audit_trail import AuditEntry
from foundation.database import make_session
from foundation.refusal import Refused
from tests.cast import BASE_URL
from tests.exhibitors.allocation.conftest import Screening
from tests.exhibitors.allocation.proposals.conftest import a_proposal
from tests.scenes import Play


def board(session: Session, screening: Screening) -> list[list[str]]:
    """The codes of each application's booths."""
    return [[one.booth.code for one in assignments_of(session, each.id)] for each in screening.applications]


def proposed(session: Session, screening: Screening, application: BoothApplication, code: str) -> None:
    place_on_booth(session, screening.organiser.actor, application, screening.booth(code))
    session.commit()


def published(session: Session, screening: Screening) -> None:
    confirm_by = clock.now() + timedelta(days=7)
    publish_decisions(session, screening.organiser.actor, screening.fair, confirm_by=confirm_by, base_url=BASE_URL)
    session.commit()


def refused(session: Session, act: object) -> Refused:
    with pytest.raises(Refused) as caught:
        act()  # type: ignore[operator]  # any verb with its arguments bound
    session.rollback()
    return caught.value


def test_everybody_gets_a_booth_of_the_first_wish(play: Play, session: Session, accepted: Screening) -> None:
    proposal = play(a_proposal, accepted)
    assert (proposal.state, proposal.has_draft, proposal.is_proved) == (ProposalState.DONE, True, True)
    assert board(session, accepted) == [[], [], []]
    adoption = adopt_proposal(session, accepted.organiser.actor, proposal)
    assert adoption.placed == accepted.applications
    assert adoption.impossible == []
    places = board(session, accepted)
    assert sorted(len(codes) for codes in places) == [1, 1, 1]
    assert {codes[0][0] for codes in places} == {"A"}
    assert [one.rank for one in proposal.outcomes] == [1, 1, 1]
    assert proposal.is_on_board


def test_adopting_twice_changes_nothing(play: Play, session: Session, accepted: Screening) -> None:
    proposal = play(a_proposal, accepted)
    adopt_proposal(session, accepted.organiser.actor, proposal)
    before = board(session, accepted)
    again = adopt_proposal(session, accepted.organiser.actor, proposal)
    assert (again.placed, again.vacated, again.impossible) == ([], [], [])
    assert board(session, accepted) == before


def test_undone_the_board_is_as_before_and_can_be_adopted_again(
    play: Play, session: Session, accepted: Screening
) -> None:
    actor = accepted.organiser.actor
    proposed(session, accepted, accepted.applications[0], "B02")
    proposal = play(a_proposal, accepted)
    adopt_proposal(session, actor, proposal)
    after = board(session, accepted)
    assert after[0][0].startswith("A")
    assert undo_adoption(session, actor, proposal) == 3
    assert board(session, accepted) == [["B02"], [], []]
    assert not proposal.is_on_board
    adopt_proposal(session, actor, proposal)
    assert board(session, accepted) == after
    actions = session.scalars(
        sa.select(AuditEntry.what).where(AuditEntry.what.like("proposal.%")).order_by(AuditEntry.id)
    )
    assert list(actions)[-3:] == ["proposal.adopt", "proposal.undo", "proposal.adopt"]


def test_those_in_review_are_noted_as_accepted_until_it_is_undone(
    play: Play, session: Session, screening: Screening
) -> None:
    actor = screening.organiser.actor
    for application in screening.applications:
        take_up(session, actor, application)
    session.commit()
    proposal = play(a_proposal, screening, candidates=Candidates.REVIEWED)
    adopt_proposal(session, actor, proposal)
    assert [one.decision for one in screening.applications] == [Decision.ACCEPT] * 3
    undo_adoption(session, actor, proposal)
    assert [one.decision for one in screening.applications] == [None] * 3
    assert board(session, screening) == [[], [], []]


def test_refuses_when_the_fair_has_changed(play: Play, session: Session, accepted: Screening) -> None:
    """Each kind of change is found and named, and nothing is placed."""
    actor, third = accepted.organiser.actor, accepted.applications[2]
    proposal = play(a_proposal, accepted)
    assert changed_since(session, proposal) == []
    proposed(session, accepted, third, "B04")
    assert changed_since(session, proposal) == [Part.BOARD]
    block_booth(session, actor, accepted.booth("A01"), "Cột điện")
    assert changed_since(session, proposal) == [Part.PLAN, Part.BOARD]
    set_quota(session, actor, accepted.fair, "inside", "", least=1, most=4)
    assert changed_since(session, proposal) == [Part.PLAN, Part.QUOTAS, Part.BOARD]
    withdraw_application(session, accepted.producers[0].actor, accepted.applications[0], base_url=BASE_URL)
    session.commit()
    refusal = refused(session, lambda: adopt_proposal(session, actor, proposal))
    assert refusal.reason == "fair_changed"
    assert refusal.facts == {
        "number": 1,
        "parts": (Part.APPLICATIONS, Part.PLAN, Part.QUOTAS, Part.BOARD),
    }
    assert board(session, accepted) == [[], [], ["B04"]]


def test_refuses_to_adopt_what_is_not_ready(play: Play, session: Session, accepted: Screening) -> None:
    proposal = play(a_proposal, accepted)
    proposal.state = ProposalState.FAILED
    session.commit()
    assert refused(session, lambda: adopt_proposal(session, accepted.organiser.actor, proposal)).reason == (
        "proposal_not_ready"
    )


def test_pinned_ones_stay_and_are_unpinned_again(play: Play, session: Session, accepted: Screening) -> None:
    actor, first = accepted.organiser.actor, accepted.applications[0]
    assert refused(session, lambda: pin_booths(session, actor, first, pinned=True)).reason == "nothing_to_pin"
    proposed(session, accepted, first, "B02")
    pin_booths(session, actor, first, pinned=True)
    session.commit()
    adopt_proposal(session, actor, play(a_proposal, accepted))
    assert board(session, accepted)[0] == ["B02"]
    held = pin_booths(session, actor, first, pinned=False)
    assert [one.is_locked for one in held] == [False]


def test_confirmed_places_stay_and_published_ones_move_only_when_they_must(
    play: Play, session: Session, accepted: Screening
) -> None:
    """The booth of a told unit is blocked: it moves, with a reason, the confirmed one does not."""
    actor = accepted.organiser.actor
    for application, code in zip(accepted.applications, ("B01", "B02", "B03"), strict=True):
        proposed(session, accepted, application, code)
    published(session, accepted)
    confirm_booth(session, accepted.producers[0].actor, accepted.applications[0], base_url=BASE_URL)
    session.commit()
    unchanged = play(a_proposal, accepted)
    assert unchanged.value_of("published_moved") == 0
    adopt_proposal(session, actor, unchanged)
    assert board(session, accepted) == [["B01"], ["B02"], ["B03"]]


def test_moving_told_units_needs_a_reason_and_undo_tells_them_nothing_new(
    play: Play, session: Session, accepted: Screening
) -> None:
    actor, second = accepted.organiser.actor, accepted.applications[1]
    proposed(session, accepted, second, "B02")
    published(session, accepted)
    session.execute(
        sa.update(type(accepted.booth("B02")))
        .where(type(accepted.booth("B02")).code == "B02")
        .values(switch="blocked", reason="Cột điện")
    )  # fmt: skip - the verb refuses while somebody stands there; a storm does not ask
    session.commit()
    proposal = play(a_proposal, accepted)
    assert proposal.value_of("published_moved") == 3  # the other two were accepted and had no booth yet
    assert [one.moved for one in figures_of(session, accepted.fair, [proposal])] == [0, 1]
    assert refused(session, lambda: adopt_proposal(session, actor, proposal)).reason == "reason_missing"
    adopt_proposal(session, actor, proposal, reason="Cột điện đổ")
    assert board(session, accepted)[1] != ["B02"]


def test_undo_refuses_after_a_move_or_a_publication(play: Play, session: Session, accepted: Screening) -> None:
    actor, first = accepted.organiser.actor, accepted.applications[0]
    proposal = play(a_proposal, accepted)
    assert refused(session, lambda: undo_adoption(session, actor, proposal)).reason == "nothing_to_undo"
    adopt_proposal(session, actor, proposal)
    [held] = assignments_of(session, first.id)
    back = held.booth
    moved = move_to_booth(session, actor, held, accepted.booth("B04"))
    session.commit()
    refusal = refused(session, lambda: undo_adoption(session, actor, proposal))
    assert (refusal.reason, refusal.facts) == ("board_changed", {"number": 1, "who": first.producer.name_vi})
    move_to_booth(session, actor, moved, back)
    session.commit()
    published(session, accepted)
    assert refused(session, lambda: undo_adoption(session, actor, proposal)).reason == "board_changed"
    states = {one.state for each in accepted.applications for one in assignments_of(session, each.id)}
    assert states == {AssignmentState.PUBLISHED}


def test_accepted_unit_whose_booth_is_gone_goes_before_all_who_wait(
    play: Play, session: Session, accepted: Screening
) -> None:
    """Be their points as many as they like; of those who were told a booth nobody else moves."""
    actor, (first, second, third) = accepted.organiser.actor, accepted.applications
    for booth in accepted.booths:
        if booth.code not in {"A01", "A02"}:
            block_booth(session, actor, booth, "Chưa dựng")
    third.producer.products[0].stars = 5
    stage_decision(session, actor, third, Decision.WAITLIST, reason="Đã hết gian.", reason_code=ReasonCode.NO_ROOM)
    for application, code in ((first, "A01"), (second, "A02")):
        proposed(session, accepted, application, code)
    published(session, accepted)
    [held] = assignments_of(session, second.id)
    vacate_booth(session, actor, held, reason="Cột điện")
    session.commit()
    adopt_proposal(session, actor, play(a_proposal, accepted))
    assert board(session, accepted) == [["A01"], ["A02"], []]


def test_two_who_adopt_at_once_adopt_once(play: Play, session: Session, accepted: Screening) -> None:
    """One waits for the other and then finds nothing left to do; everybody stands once."""
    proposal_id, engine = play(a_proposal, accepted).id, session.get_bind()
    session.commit()
    start, placed = threading.Barrier(2), []

    def press() -> None:
        with make_session(engine) as own:  # type: ignore[arg-type]  # an engine, as the fixture makes it
            start.wait()
            adoption = adopt_proposal(own, accepted.organiser.actor, own.get_one(AllocationProposal, proposal_id))
            own.commit()
            placed.append(len(adoption.placed))

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(placed) == [0, 3]
    session.expire_all()
    assert [len(codes) for codes in board(session, accepted)] == [1, 1, 1]
