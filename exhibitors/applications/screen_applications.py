"""Screen applications: take up, stage a decision, ask for changes, bring back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from exhibitors.applications.application_moves import ApplicationState, By, Decision
from exhibitors.applications.asked_points import Point, words_of_points
from exhibitors.applications.booth_application import (
    BoothApplication,
    live_application,
    lock_application,
    move_application,
)
from exhibitors.applications.count_asked_booths import refuse_passing_quotas
from exhibitors.applications.decision_reasons import ReasonCode
from exhibitors.applications.held_letters import drop_held_letters
from exhibitors.applications.letters import post_changes_asked
from exhibitors.applications.review.who_reviews import refuse_tied
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.folding import nfc
from foundation.refusal import Refused

LONGEST_REASON = 2000
NEEDS_REASON = frozenset({Decision.WAITLIST, Decision.REJECT})
"""Decisions that no applicant may read without a reason."""


def take_up(
    session: Session, actor: Actor, application: BoothApplication, expected_version: int | None = None
) -> BoothApplication:
    """Begin to review it.

    Refuses what `refuse_tied` refuses, `move_impossible` unless it is newly submitted or late on the waiting list, and
    `decided_meanwhile` when a version is expected and it is another.
    """
    lock_application(session, application)
    refuse_tied(session, actor, application)
    refuse_stale(application, expected_version)
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
    reason_code: ReasonCode | None = None,
    expected_version: int | None = None,
    beyond_quota: bool = False,
) -> BoothApplication:
    """Note what will be published later; None takes a staged decision back. A new application is taken up first.

    Refuses what `refuse_tied` refuses, `reason_code_missing` and `reason_missing` for the waiting list and a refusal,
    `reason_too_long`, `no_decision_noted` when there is none to take back, `decided_meanwhile` (only when a version is
    expected), `move_impossible` outside review, and an acceptance as `refuse_passing_quotas` does unless it is said to
    go beyond the quota, which the trail keeps.
    """
    lock_application(session, application)
    refuse_tied(session, actor, application)
    refuse_stale(application, expected_version)
    words = checked_reason(reason)
    if decision is None and application.decision is None:
        raise Refused("no_decision_noted", code=application.code)
    if decision in NEEDS_REASON:
        _refuse_without_reason(decision, words, reason_code)
    if application.current is ApplicationState.SUBMITTED:
        move_application(session, actor, application, "take_up", By.ORGANISER)
    if application.current is not ApplicationState.IN_REVIEW:
        raise Refused("move_impossible", move="stage_decision", state=application.state, code=application.code)
    if decision is Decision.ACCEPT and not beyond_quota:
        refuse_passing_quotas(session, application)
    old = {"decision": application.pending_decision}
    _note(application, actor, decision, words, reason_code)
    application.beyond_quota = beyond_quota and decision is Decision.ACCEPT
    new = {"decision": application.pending_decision, "reason_code": application.reason_code}
    record(
        session,
        actor,
        "application.stage_decision",
        application,
        fair_id=application.fair_id,
        old=old,
        new={name: value for name, value in new.items() if value is not None or name == "decision"}
        | ({"beyond_quota": True} if beyond_quota else {}),
        reason=application.decision_reason,
    )
    session.flush()
    return application


def _refuse_without_reason(decision: Decision | None, words: str, code: ReasonCode | None) -> None:
    if code is None:
        raise Refused("reason_code_missing", move=str(decision))
    if not words:
        raise Refused("reason_missing", move=str(decision))


def _note(
    application: BoothApplication, actor: Actor, decision: Decision | None, words: str, code: ReasonCode | None
) -> None:
    application.pending_decision = decision.value if decision else None
    application.decision_reason = words if decision else ""
    application.reason_code = code.value if code and decision in NEEDS_REASON else None
    application.staged_at = clock.now() if decision else None
    application.staged_by = actor.user_id if decision else None
    application.answered_since = False


def ask_for_changes(
    session: Session,
    actor: Actor,
    application: BoothApplication,
    *,
    points: str,
    due_at: datetime,
    base_url: str,
    opened: Sequence[Point] = (),
    expected_version: int | None = None,
) -> BoothApplication:
    """Send it back with the points to mend by a moment; a staged decision is dropped and the unit gets a letter.

    `opened` are the parts of the form that can be changed until then, none of them meaning all. What stands there now
    is kept, so that the answer shows as a difference.

    Refuses what `refuse_tied` refuses, `reason_missing` without points, `reason_too_long`, `due_in_past`,
    `decided_meanwhile` (only when a version is expected) and `move_impossible`.
    """
    lock_application(session, application)
    refuse_tied(session, actor, application)
    refuse_stale(application, expected_version)
    words = checked_reason(points)
    if due_at <= clock.now():
        raise Refused("due_in_past")
    move_application(session, actor, application, "ask_for_changes", By.ORGANISER, reason=words)
    application.changes_asked = words
    application.changes_due_at = due_at
    application.changes_points = [point.value for point in Point if point in opened] or None
    application.changes_before = words_of_points(session, application)
    drop_staged(application)
    session.flush()
    post_changes_asked(session, application, base_url)
    return application


def reinstate(session: Session, actor: Actor, application: BoothApplication, *, reason: str) -> BoothApplication:
    """Bring an ended application back into review; a letter that told its end and is still held never leaves.

    Refuses what `refuse_tied` refuses, `reason_missing`, `applied_again` when the unit has another application going
    on, and `move_impossible`.
    """
    lock_application(session, application)
    refuse_tied(session, actor, application)
    other = live_application(session, application.fair_id, application.producer_id)
    if other is not None and other.id != application.id:
        raise Refused("applied_again", code=other.code)
    move_application(session, actor, application, "reinstate", By.ORGANISER, reason=checked_reason(reason))
    drop_held_letters(session, actor, application)
    drop_staged(application)
    application.confirm_by = application.offered_from_list_at = None
    application.decided_at = None
    session.flush()
    return application


def drop_staged(application: BoothApplication) -> None:
    """Forget a decision that nobody has been told."""
    application.pending_decision = application.reason_code = None
    application.staged_at = application.staged_by = None
    application.decision_reason = ""
    application.answered_since = application.beyond_quota = False


def refuse_stale(application: BoothApplication, expected_version: int | None) -> None:
    """Refuse `decided_meanwhile` when the application is no longer what was on the screen."""
    if expected_version is not None and application.version != expected_version:
        raise Refused("decided_meanwhile", code=application.code)


def checked_reason(reason: str) -> str:
    """The words without blanks around them. Refuses `reason_too_long`."""
    words = nfc(reason.strip())
    if len(words) > LONGEST_REASON:
        raise Refused("reason_too_long", most=LONGEST_REASON)
    return words
