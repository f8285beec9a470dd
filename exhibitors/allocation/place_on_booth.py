"""Put applications on booths by hand, beside a holder too; move, swap and vacate them."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from events.floor_plans.floor_plan import Booth, BoothSwitch
from exhibitors.allocation import booth_states  # noqa: F401 - registers who holds which booth with the plans below
from exhibitors.allocation.booth_assignment import (
    KNOWN_TO_HOLDER,
    LONGEST_REASON,
    BoothAssignment,
    assignments_of,
    holders_of,
    pin,
    release,
)
from exhibitors.applications.application_moves import HOLDS_BOOTH, ApplicationState, Decision
from exhibitors.applications.booth_application import BoothApplication, lock_application
from exhibitors.applications.review.who_reviews import refuse_tied
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.folding import nfc
from foundation.refusal import Refused


def place_on_booth(session: Session, actor: Actor, application: BoothApplication, booth: Booth) -> BoothAssignment:
    """Propose the booth for the application; doing it twice gives the same assignment.

    For a unit on the waiting list this notes the offer of the booth, which publishing makes known.

    Refuses `not_ready_for_booth` (state), `decision_against_booth` (staged waiting list or refusal),
    `not_in_this_fair`, `booth_blocked`, `booth_removed`, `too_many_booths` and `booth_taken` with the facts `booth`,
    `holder` and `since`, also when another transaction was faster.
    """
    lock_application(session, application)
    session.refresh(booth, with_for_update={"of": Booth})
    holders = holders_of(session, booth.id)
    for own in holders:
        if own.application_id == application.id:
            return own
    _refuse_unready(application)
    _refuse_unusable(application, booth)
    if holders:
        raise _taken(booth.code, holders[0])
    _refuse_too_many(session, application)
    code, booth_id = booth.code, booth.id
    try:
        assignment = _insert(session, actor, application, booth)
    except IntegrityError:
        raise _overtaken(session, booth_id, code) from None
    _record_place(session, actor, assignment)
    return assignment


def share_booth(
    session: Session, actor: Actor, application: BoothApplication, beside: BoothAssignment, *, reason: str = ""
) -> BoothAssignment:
    """Propose the booth on which `beside` stands for the application too, as the second and last one there; doing it
    twice gives the same assignment. Nobody shares but by this act (decision 0017).

    Refuses `nobody_beside` when that holder has left, `booth_shared` when two stand there already, `reason_missing`
    when the holder has been told the booth as its own, what placing refuses, and for that holder, whom it concerns as
    much, what `refuse_tied` refuses.
    """
    booth = beside.booth
    lock_application(session, application)
    refuse_tied(session, actor, beside.application)
    session.refresh(booth, with_for_update={"of": Booth})
    session.refresh(beside)
    holders = holders_of(session, booth.id)
    for own in holders:
        if own.application_id == application.id:
            return own
    _refuse_unready(application)
    _refuse_unusable(application, booth)
    if beside not in holders:
        raise Refused("nobody_beside", booth=booth.code)
    if len(holders) > 1:
        raise Refused("booth_shared", booth=booth.code)
    if beside.state in KNOWN_TO_HOLDER and not reason.strip():
        raise Refused("reason_missing", move="share")
    _refuse_too_many(session, application)
    code = booth.code
    try:
        assignment = _insert(session, actor, application, booth, share_position=2)
    except IntegrityError:
        raise Refused("booth_shared", booth=code) from None
    assignment.reason = nfc(reason.strip())[:LONGEST_REASON]
    _record_place(session, actor, assignment, beside=beside.application, reason=reason.strip())
    return assignment


def vacate_booth(session: Session, actor: Actor, assignment: BoothAssignment, *, reason: str = "") -> BoothAssignment:
    """Release the booth; one that is released already is returned as it stands.

    Refuses `reason_missing` once the producer has been told the booth.
    """
    lock_application(session, assignment.application)
    session.refresh(assignment, with_for_update={"of": BoothAssignment})
    if not assignment.is_live:
        return assignment
    if assignment.state in KNOWN_TO_HOLDER and not reason.strip():
        raise Refused("reason_missing", move="vacate")
    release(session, actor, assignment, reason)
    session.flush()
    waits = assignment.application.current is ApplicationState.WAITLISTED
    if waits and not assignments_of(session, assignment.application_id):
        _note_offer(session, actor, assignment.application, None)
    return assignment


def move_to_booth(
    session: Session, actor: Actor, assignment: BoothAssignment, booth: Booth, *, reason: str = ""
) -> BoothAssignment:
    """Take another booth instead, both or neither; a pin goes along. Refuses what vacating and placing refuse."""
    if assignment.booth_id == booth.id:
        return assignment
    with session.begin_nested():
        vacate_booth(session, actor, assignment, reason=reason)
        return _place_as_pinned(session, actor, assignment, booth)


def swap_booths(
    session: Session, actor: Actor, one: BoothAssignment, other: BoothAssignment, *, reason: str = ""
) -> tuple[BoothAssignment, BoothAssignment]:
    """Two holders change places, both or neither, and their pins go along; the answer is where each one stands now, in
    the order given.
    """
    first, second = one.booth, other.booth
    with session.begin_nested():
        # Always in the same order, so that two swaps at once wait for each other instead of locking up.
        for assignment in sorted((one, other), key=lambda held: held.application_id):
            vacate_booth(session, actor, assignment, reason=reason)
        placed = _place_as_pinned(session, actor, one, second)
        return placed, _place_as_pinned(session, actor, other, first)


def _place_as_pinned(session: Session, actor: Actor, left: BoothAssignment, booth: Booth) -> BoothAssignment:
    """On the booth instead of the one left: a hand put it there on purpose, so what was pinned stays pinned."""
    placed = place_on_booth(session, actor, left.application, booth)
    if left.is_locked:
        pin(session, actor, placed)
        session.flush()
    return placed


def _note_offer(session: Session, actor: Actor, application: BoothApplication, decision: Decision | None) -> None:
    """A freed booth is offered to a waiting unit when decisions are published, not when it was taken back."""
    old, new = application.pending_decision, decision.value if decision else None
    if old == new:
        return
    application.pending_decision = new
    before, after = {"decision": old}, {"decision": new}
    record(
        session, actor, "application.stage_decision", application, fair_id=application.fair_id, old=before, new=after
    )
    session.flush()


def _refuse_unready(application: BoothApplication) -> None:
    if application.current not in HOLDS_BOOTH:
        raise Refused("not_ready_for_booth", code=application.code, state=application.state)
    if application.decision in {Decision.WAITLIST, Decision.REJECT}:
        raise Refused("decision_against_booth", code=application.code)


def _refuse_unusable(application: BoothApplication, booth: Booth) -> None:
    if booth.zone.plan.fair_id != application.fair_id:
        raise Refused("not_in_this_fair", booth=booth.code)
    if booth.switch == BoothSwitch.BLOCKED:
        raise Refused("booth_blocked", booth=booth.code, why=booth.reason)
    if booth.switch == BoothSwitch.REMOVED:
        raise Refused("booth_removed", booth=booth.code)


def _refuse_too_many(session: Session, application: BoothApplication) -> None:
    if len(assignments_of(session, application.id)) >= application.booths_wanted:
        raise Refused("too_many_booths", code=application.code, wanted=application.booths_wanted)


def _insert(
    session: Session, actor: Actor, application: BoothApplication, booth: Booth, *, share_position: int = 1
) -> BoothAssignment:
    """The index has the last word: whoever is second gets its IntegrityError, the session stays usable."""
    assignment = BoothAssignment(
        booth=booth,
        application=application,
        share_position=share_position,
        assigned_by=actor.user_id,
        assigned_at=clock.now(),
    )
    with session.begin_nested():
        session.add(assignment)
    return assignment


def _record_place(
    session: Session,
    actor: Actor,
    assignment: BoothAssignment,
    *,
    beside: BoothApplication | None = None,
    reason: str = "",
) -> None:
    """Write it down; for a unit of the waiting list the offer is noted, too."""
    application = assignment.application
    new = {"booth": assignment.booth.code, "application": application.code}
    if beside is not None:
        new["beside"] = beside.code
    what = "assignment.propose" if beside is None else "assignment.share"
    record(session, actor, what, assignment, fair_id=application.fair_id, new=new, reason=reason)
    if application.current is ApplicationState.WAITLISTED:
        _note_offer(session, actor, application, Decision.ACCEPT)


def _overtaken(session: Session, booth_id: int, code: str) -> Refused:
    """Who was first, as far as that can be seen."""
    holders = holders_of(session, booth_id)
    return _taken(code, holders[0]) if holders else Refused("booth_taken", booth=code, holder="", since=clock.now())


def _taken(code: str, holder: BoothAssignment) -> Refused:
    application = holder.application
    return Refused("booth_taken", booth=code, holder=application.producer.name_vi, since=holder.assigned_at)
