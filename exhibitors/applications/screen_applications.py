"""Screen applications: take up, stage a decision, ask for changes, bring back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from exhibitors.applications.application_moves import ApplicationState, By, Decision
from exhibitors.applications.apply_for_booth import lock_application
from exhibitors.applications.booth_application import BoothApplication, live_application, move_application
from exhibitors.applications.count_asked_booths import refuse_passing_quotas
from exhibitors.applications.letters import post_changes_asked
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.folding import nfc
from foundation.refusal import Refused

LONGEST_REASON = 2000
NEEDS_REASON = frozenset({Decision.WAITLIST, Decision.REJECT})
"""Decisions that no applicant may read without a reason."""


def take_up(session: Session, actor: Actor, application: BoothApplication) -> BoothApplication:
    """Begin to review it. Refuses `move_impossible` unless it is newly submitted or late on the waiting list."""
    lock_application(session, application)
    move = "take_up_late" if application.is_late and application.current is ApplicationState.WAITLISTED else "take_up"
    move_application(session, actor, application, move, By.ORGANISER)
    session.flush()
    return application


def stage_decision(
    session: Session,
    actor: Actor,
    application: BoothApplication,
    decision: Decision | None,
    *,
    reason: str = "",
    expected_version: int | None = None,
    beyond_quota: bool = False,
) -> BoothApplication:
    """Note what will be published later; None takes a staged decision back. A new application is taken up first.

    Refuses `reason_missing` for the waiting list and a refusal, `reason_too_long`, `decided_meanwhile` (only when a
    version is expected), `move_impossible` outside review, and an acceptance as `refuse_passing_quotas` does unless
    it is said to go beyond the quota, which the trail keeps.
    """
    lock_application(session, application)
    if expected_version is not None and application.version != expected_version:
        raise Refused("decided_meanwhile", code=application.code)
    words = _checked(reason)
    if decision in NEEDS_REASON and not words:
        raise Refused("reason_missing", move=str(decision))
    if application.current is ApplicationState.SUBMITTED:
        move_application(session, actor, application, "take_up", By.ORGANISER)
    if application.current is not ApplicationState.IN_REVIEW:
        raise Refused("move_impossible", move="stage_decision", state=application.state, code=application.code)
    if decision is Decision.ACCEPT and not beyond_quota:
        refuse_passing_quotas(session, application)
    old = application.pending_decision
    application.pending_decision = decision.value if decision else None
    application.decision_reason = words if decision else ""
    record(
        session,
        actor,
        "application.stage_decision",
        application,
        fair_id=application.fair_id,
        old={"decision": old},
        new={"decision": application.pending_decision} | ({"beyond_quota": True} if beyond_quota else {}),
        reason=application.decision_reason,
    )
    session.flush()
    return application


def ask_for_changes(
    session: Session,
    actor: Actor,
    application: BoothApplication,
    *,
    points: str,
    due_at: datetime,
    base_url: str,
) -> BoothApplication:
    """Send it back with the points to mend by a moment; a staged decision is dropped and the unit gets a letter.

    Refuses `reason_missing` without points, `reason_too_long`, `due_in_past` and `move_impossible`.
    """
    lock_application(session, application)
    words = _checked(points)
    if due_at <= clock.now():
        raise Refused("due_in_past")
    move_application(session, actor, application, "ask_for_changes", By.ORGANISER, reason=words)
    application.changes_asked = words
    application.changes_due_at = due_at
    application.pending_decision = None
    application.decision_reason = ""
    session.flush()
    post_changes_asked(session, application, base_url)
    return application


def reinstate(session: Session, actor: Actor, application: BoothApplication, *, reason: str) -> BoothApplication:
    """Bring an ended application back into review.

    Refuses `reason_missing`, `applied_again` when the unit has another application going on, and `move_impossible`.
    """
    lock_application(session, application)
    other = live_application(session, application.fair_id, application.producer_id)
    if other is not None and other.id != application.id:
        raise Refused("applied_again", code=other.code)
    move_application(session, actor, application, "reinstate", By.ORGANISER, reason=_checked(reason))
    application.pending_decision = None
    application.decision_reason = ""
    application.confirm_by = application.offered_from_list_at = None
    application.decided_at = None
    session.flush()
    return application


def _checked(reason: str) -> str:
    words = nfc(reason.strip())
    if len(words) > LONGEST_REASON:
        raise Refused("reason_too_long", most=LONGEST_REASON)
    return words
