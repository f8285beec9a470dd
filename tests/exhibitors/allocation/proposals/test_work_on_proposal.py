"""The job beside the page: asked once, begun once, called off in the middle; what cannot be is named."""

from __future__ import annotations

import json
import threading
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from exhibitors.allocation.optimiser.policies import Policy
from exhibitors.allocation.place_on_booth import place_on_booth
from exhibitors.allocation.proposals.allocation_proposal import (
    AllocationProposal,
    Candidates,
    ProposalState,
    move_proposal,
)
from exhibitors.allocation.proposals.ask_for_proposal import ask_for_proposal, cancel_proposal
from exhibitors.allocation.proposals.name_findings import named_findings
from exhibitors.allocation.proposals.pin_booths import pin_booths
from exhibitors.allocation.proposals.wording import finding_words
from exhibitors.allocation.proposals.work_on_proposal import GIVEN_UP_AFTER, work_on_proposal, work_on_waiting
from exhibitors.allocation.publish_decisions import publish_decisions
from exhibitors.calls.set_up_quotas import set_quota
from foundation import clock
from foundation.actor import SYSTEM
from foundation.database import make_session
from foundation.refusal import Refused
from tests.cast import BASE_URL, a_draft_fair, an_organiser
from tests.exhibitors.allocation.conftest import Screening
from tests.exhibitors.allocation.proposals.conftest import a_proposal
from tests.scenes import Play


def asked(session: Session, screening: Screening) -> AllocationProposal:
    proposal = ask_for_proposal(
        session,
        screening.organiser.actor,
        screening.fair,
        policy=Policy.BANDED_MERIT,
        candidates=Candidates.ACCEPTED,
    )
    session.commit()
    return proposal


def test_second_is_refused_while_one_is_made(session: Session, accepted: Screening) -> None:
    proposal = asked(session, accepted)
    with pytest.raises(Refused) as caught:
        asked(session, accepted)
    assert (caught.value.reason, caught.value.facts) == ("proposal_at_work", {"number": 1})
    session.rollback()
    cancel_proposal(session, accepted.organiser.actor, proposal)
    session.commit()
    assert asked(session, accepted).number == 2


def test_nothing_to_allocate_and_nobody_to_place_are_said(session: Session, screening: Screening) -> None:
    with pytest.raises(Refused) as caught:
        asked(session, screening)
    assert caught.value.reason == "nobody_to_place"
    session.rollback()
    other = an_organiser(session, "Ban tổ chức khác", "khac@btc.example")
    empty = Screening(other, a_draft_fair(session, other, name="Không gian"), [], [], [])
    with pytest.raises(Refused) as caught:
        asked(session, empty)
    assert caught.value.reason == "nothing_to_allocate"


def test_called_off_before_it_begins_nobody_works_on_it(session: Session, accepted: Screening) -> None:
    proposal = asked(session, accepted)
    cancel_proposal(session, accepted.organiser.actor, proposal)
    session.commit()
    assert work_on_proposal(session, proposal.id) is None
    assert cancel_proposal(session, accepted.organiser.actor, proposal).current is ProposalState.CANCELLED
    with pytest.raises(Refused) as caught:
        move_proposal(session, SYSTEM, proposal, "start")
    assert caught.value.reason == "proposal_move_impossible"


def test_called_off_in_the_middle_keeps_no_answer(
    session: Session, accepted: Screening, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The search is in its own process; the organiser's press is seen within half a second."""
    proposal = asked(session, accepted)
    monkeypatch.setattr("exhibitors.allocation.proposals.solver_process.LOOK_EVERY_SECONDS", 0.02)
    engine = session.get_bind()
    pressed = threading.Event()

    def press() -> None:
        with make_session(engine) as other:  # type: ignore[arg-type]  # an engine, as the fixture makes it
            while other.get_one(AllocationProposal, proposal_id).current is not ProposalState.RUNNING:
                other.rollback()
            cancel_proposal(other, accepted.organiser.actor, other.get_one(AllocationProposal, proposal_id))
            other.commit()
            pressed.set()

    proposal_id = proposal.id
    thread = threading.Thread(target=press)
    thread.start()
    work_on_proposal(session, proposal_id)
    thread.join()
    session.expire_all()
    assert pressed.is_set()
    assert (proposal.current, proposal.has_draft, proposal.seats) == (ProposalState.CANCELLED, False, [])


def test_waiting_ones_are_found_and_dead_ones_given_up(session: Session, accepted: Screening) -> None:
    proposal = asked(session, accepted)
    assert work_on_waiting(session) == 1
    assert proposal.current is ProposalState.DONE
    dead = asked(session, accepted)
    move_proposal(session, SYSTEM, dead, "start")
    session.commit()
    assert work_on_waiting(session) == 0
    dead.started_at = clock.now() - GIVEN_UP_AFTER - timedelta(seconds=1)
    session.commit()
    assert work_on_waiting(session) == 0
    assert (dead.current, dead.findings) == (ProposalState.FAILED, [{"code": "interrupted"}])


def test_pin_that_cannot_be_is_named_with_what_would_help(play: Play, session: Session, accepted: Screening) -> None:
    actor, first = accepted.organiser.actor, accepted.applications[0]
    place_on_booth(session, actor, first, accepted.booth("A01"))
    pin_booths(session, actor, first, pinned=True)
    for booth in accepted.booths:
        booth.power_w = 500 if booth.code != "A01" else 0
    session.commit()
    proposal = play(a_proposal, accepted)
    assert (proposal.current, proposal.has_draft) == (ProposalState.FAILED, False)
    said = [finding_words(one) for one in named_findings(session, accepted.fair, proposal)]
    name = first.producer.name_vi
    assert said == [f"{name} needs power, and the pinned booth has none. Pin another booth, or add power to this one."]


def test_quota_that_cannot_be_kept_is_named_in_booths(play: Play, session: Session, accepted: Screening) -> None:
    set_quota(session, accepted.organiser.actor, accepted.fair, "outside", "", least=2, most=4)
    proposal = play(a_proposal, accepted)
    assert proposal.current is ProposalState.DONE
    assert [(one["code"], one["given"], one["least"]) for one in proposal.findings] == [("quota", 0, 2)]


def test_draft_and_proof_are_kept_as_computed(play: Play, session: Session, accepted: Screening) -> None:
    proposal = play(a_proposal, accepted)
    answer = json.loads(proposal.answer)
    seats = {
        outcome.number: [seat.booth.code for seat in proposal.seats if seat.application_id == outcome.application_id]
        for outcome in proposal.outcomes
    }
    assert seats == answer["assignments"]
    assert proposal.levels == answer["meta"]["levels"]
    assert [level["gap"] for level in proposal.levels if level["name"] == "quota_shortfall"] == [0]


def test_same_question_has_the_same_answer(play: Play, session: Session, accepted: Screening) -> None:
    one, other = play(a_proposal, accepted), play(a_proposal, accepted)
    assert one.question == other.question
    assert one.answer == other.answer


def test_better_booth_that_came_free_is_offered_and_never_taken(
    play: Play, session: Session, accepted: Screening
) -> None:
    """The unit was told a booth of its second wish; one of its first is free: it stays, the organiser reads of it."""
    actor, first = accepted.organiser.actor, accepted.applications[0]
    place_on_booth(session, actor, first, accepted.booth("B01"))
    publish_decisions(session, actor, accepted.fair, confirm_by=clock.now() + timedelta(days=7), base_url=BASE_URL)
    session.commit()
    proposal = play(a_proposal, accepted)
    stays = [seat.booth.code for seat in proposal.seats if seat.application_id == first.id]
    [offer] = named_findings(session, accepted.fair, proposal)
    booth = offer.facts["booths"][0]
    assert (stays, offer.code, offer.who, booth[0]) == (["B01"], "better_booth", first.producer.name_vi, "A")
    assert finding_words(offer) == (
        f"{first.producer.name_vi} was told another booth and would rather have {booth}, which is free."
        " Ask first, then move it."
    )
