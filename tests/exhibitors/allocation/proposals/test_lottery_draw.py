"""The draw: committed to before the call closes, revealed with the results, computed again by anybody."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from sqlalchemy.orm import Session

from events.fairs.fair import CallState
from events.fairs.organise_fair import close_call, open_call
from exhibitors.allocation.optimiser.command import allocation
from exhibitors.allocation.proposals.adopt_proposal import adopt_proposal
from exhibitors.allocation.proposals.lottery_draw import (
    commit_draw,
    commit_due_draws,
    draw_of,
    reveal_draw,
    was_in_time,
)
from exhibitors.allocation.proposals.verify_draw import public_draw, reveal_with_results
from exhibitors.allocation.publish_decisions import publish_decisions
from foundation import clock
from foundation.audit_trail import AuditEntry
from tests.cast import BASE_URL, a_draft_fair
from tests.exhibitors.allocation.conftest import Screening
from tests.exhibitors.allocation.proposals.conftest import a_proposal
from tests.scenes import Play


def published(session: Session, screening: Screening) -> None:
    confirm_by = clock.now() + timedelta(days=7)
    publish_decisions(session, screening.organiser.actor, screening.fair, confirm_by=confirm_by, base_url=BASE_URL)
    session.commit()


def test_every_open_call_is_committed_to_once(session: Session, screening: Screening) -> None:
    a_draft_fair(session, screening.organiser, name="Hội chợ nháp")
    assert commit_due_draws(session) == 1
    draw = draw_of(session, screening.fair)
    assert draw is not None
    assert draw.commitment == hashlib.sha256(draw.seed.encode()).hexdigest()
    assert (was_in_time(session, draw), draw.revealed_at) == (True, None)
    assert commit_due_draws(session) == 0
    assert commit_draw(session, screening.organiser.actor, screening.fair) is draw


def test_commitment_after_the_close_is_said_to_be_late(session: Session, screening: Screening) -> None:
    screening.fair.call_closes_at = clock.now() - timedelta(hours=1)
    assert not was_in_time(session, commit_draw(session, screening.organiser.actor, screening.fair))


def test_commitment_after_a_close_by_hand_is_late_until_the_call_opens_again(
    session: Session, screening: Screening
) -> None:
    actor = screening.organiser.actor
    close_call(session, actor, screening.fair)
    late = commit_draw(session, actor, screening.fair)
    assert not was_in_time(session, late)
    open_call(session, actor, screening.fair)
    late.committed_at = clock.now()
    assert was_in_time(session, late)


def test_trail_never_holds_the_seed_before_it_is_shown(session: Session, screening: Screening) -> None:
    draw = commit_draw(session, screening.organiser.actor, screening.fair)
    session.flush()
    entries = session.scalars(sa.select(AuditEntry).where(AuditEntry.what.like("draw.%"))).all()
    assert [entry.new for entry in entries] == [{"commitment": draw.commitment}]
    reveal_draw(session, screening.organiser.actor, screening.fair)
    first = draw.revealed_at
    reveal_draw(session, screening.organiser.actor, screening.fair)
    assert draw.revealed_at == first


def test_seed_and_files_are_secret_until_results_after_the_close(
    play: Play, session: Session, accepted: Screening
) -> None:
    actor = accepted.organiser.actor
    adopt_proposal(session, actor, play(a_proposal, accepted))
    published(session, accepted)
    known = public_draw(session, accepted.fair)
    assert known is not None
    assert (known.draw.revealed_at, known.proposal) == (None, None)
    close_call(session, actor, accepted.fair)
    assert accepted.fair.call_state == CallState.CLOSED
    reveal_with_results(session, actor, accepted.fair)
    known = public_draw(session, accepted.fair)
    assert known is not None
    assert known.draw.revealed_at is not None
    assert known.proposal is not None


@pytest.mark.parametrize("tampered", [False, True])
def test_anybody_computes_the_published_answer_again(
    play: Play, session: Session, accepted: Screening, tmp_path: Path, *, tampered: bool
) -> None:
    """With the command that the public page names; another answer than the computed one is found out."""
    proposal = play(a_proposal, accepted)
    answer = json.loads(proposal.answer)
    if tampered:
        numbers = sorted(answer["assignments"])
        seats = answer["assignments"]
        seats[numbers[0]] = ["B04"]
    question, solution = tmp_path / "instance.json", tmp_path / "solution.json"
    question.write_text(proposal.question, encoding="utf-8")
    solution.write_text(json.dumps(answer), encoding="utf-8")
    result = CliRunner().invoke(allocation, ["verify", str(question), str(solution)])
    assert (result.exit_code == 0) is not tampered, result.output
    names = [one.producer.name_vi for one in accepted.applications]
    assert not any(name in proposal.question or name in proposal.answer for name in names)
    assert not any(one.code in proposal.question for one in accepted.applications)
