"""The table of moves: from where, by whom, and what is refused."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from exhibitors.applications.application_moves import ENDED, LIVE, MOVES, By, moves_open_to
from exhibitors.applications.application_moves import ApplicationState as S
from exhibitors.applications.booth_application import move_application
from foundation.audit_trail import AuditEntry
from foundation.refusal import Refused
from tests.cast import a_producer, a_submitted_application, an_open_fair, an_organiser


def test_every_state_is_live_or_ended() -> None:
    assert (set(S), frozenset()) == (LIVE | ENDED, LIVE & ENDED)


def test_every_state_but_the_first_can_be_reached() -> None:
    assert {move.to for move in MOVES.values()} == set(S) - {S.DRAFT}


@pytest.mark.parametrize(
    ("state", "moves"),
    [
        (S.DRAFT, ["submit", "submit_late", "withdraw"]),
        (S.SUBMITTED, ["withdraw"]),
        (S.IN_REVIEW, ["withdraw"]),
        (S.NEEDS_CHANGES, ["resubmit", "withdraw"]),
        (S.ACCEPTED, ["confirm", "decline", "withdraw"]),
        (S.WAITLISTED, ["withdraw"]),
        (S.CONFIRMED, ["withdraw"]),
        *((state, []) for state in sorted(ENDED)),
    ],
)
def test_moves_open_to_the_producer(state: S, moves: list[str]) -> None:
    assert moves_open_to(state, By.PRODUCER) == moves


def test_every_refusal_of_a_producer_or_an_application_needs_a_reason() -> None:
    assert sorted(name for name, move in MOVES.items() if move.needs_reason) == [
        "ask_for_changes",
        "cancel",
        "reinstate",
        "reject",
        "waitlist",
    ]


def test_no_producer_can_make_an_organisers_move(session: Session) -> None:
    player = a_producer(session)
    sent = a_submitted_application(session, an_open_fair(session, an_organiser(session)), player)
    with pytest.raises(Refused) as caught:
        move_application(session, player.actor, sent, "take_up", By.PRODUCER)
    assert (caught.value.reason, sent.state) == ("move_impossible", S.SUBMITTED)


def test_move_writes_who_did_it_with_old_and_new(session: Session) -> None:
    organiser = an_organiser(session)
    player = a_producer(session)
    sent = a_submitted_application(session, an_open_fair(session, organiser), player)
    move_application(session, organiser.actor, sent, "take_up", By.ORGANISER)
    session.flush()
    entry = session.scalars(select(AuditEntry).where(AuditEntry.what == "application.take_up")).one()
    assert (entry.actor_id, entry.old, entry.new, entry.fair_id) == (
        organiser.user.id,
        {"state": "submitted"},
        {"state": "in_review"},
        sent.fair_id,
    )
