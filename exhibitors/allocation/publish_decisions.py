"""Publish staged decisions together: states, booths and letters in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, selectinload

from events.fairs.fair import Fair, FairState
from events.floor_plans.floor_plan import Booth, BoothSwitch, FloorPlan
from exhibitors.allocation.booth_assignment import (
    KNOWN_TO_HOLDER,
    AssignmentState,
    BoothAssignment,
    assignments_of,
    move_assignment,
    release_booths,
)
from exhibitors.allocation.letter_words.decision_text import texts_of
from exhibitors.allocation.letters import post_booth_given, post_booth_shared, post_decision
from exhibitors.allocation.proposals.verify_draw import reveal_with_results
from exhibitors.applications.application_endings import tell_ending
from exhibitors.applications.application_moves import DECIDABLE, ENDED, ApplicationState, By, Decision
from exhibitors.applications.booth_application import BoothApplication, move_application
from exhibitors.applications.count_asked_booths import refuse_overfull_quotas
from exhibitors.applications.held_letters import drop_held_letters
from foundation import clock
from foundation.actor import Actor
from foundation.refusal import Refused

DAYS_TO_CONFIRM = 7
END_OF_WORK = time(17)
TAKING_PART = (ApplicationState.ACCEPTED.value, ApplicationState.CONFIRMED.value)


def usual_day_to_confirm(fair: Fair) -> date:
    """What is offered when nobody chose: in a week, but before the fair begins."""
    usual = clock.today() + timedelta(days=DAYS_TO_CONFIRM)
    return min(usual, fair.first_day - timedelta(days=1)) if fair.first_day else usual


def publish_decisions(
    session: Session,
    actor: Actor,
    fair: Fair,
    *,
    confirm_by: datetime,
    base_url: str,
    application_ids: Collection[int] | None = None,
    hold_letters: bool = False,
) -> list[BoothApplication]:
    """Publish the staged decisions of the fair, or of the given ids, with one letter for each member of a unit.

    Letters of decisions can be held, to be read and let go one by one; one of an earlier decision that is still held
    never leaves.
    Booths proposed since for units that were accepted earlier are published with them. The answer holds every
    application that was published; nothing waiting answers an empty list, so a second press changes nothing. A decision
    that is older than an answer of its applicant stays where it is: somebody has to look again.
    Refuses `decisions_need_public_fair`, `confirm_by_past`, `confirm_by_after_fair`, `no_capacity` (facts `needed` and
    `open`), `reason_missing`, and as `refuse_overfull_quotas` what was not said to go beyond a quota.
    """
    _lock_fair(session, fair)
    noted = staged_decisions(session, fair, application_ids, lock=True)
    staged = [application for application in noted if not application.answered_since]
    rebooked = newly_booked(session, fair, application_ids, lock=True)
    if not staged and not rebooked:
        return []
    if fair.state != FairState.PUBLISHED:
        raise Refused("decisions_need_public_fair")
    if any(application.decision is Decision.ACCEPT for application in staged):
        _refuse_confirm_by(fair, confirm_by)
        _refuse_overfilling(session, fair, staged)
        refuse_overfull_quotas(session, fair, staged)
    for application in staged:
        _publish_one(session, actor, application, confirm_by)
    for application in rebooked:
        _publish_booths(session, actor, application)
    session.flush()
    reveal_with_results(session, actor, fair)
    texts = texts_of(session, fair)
    for application in staged:
        booths = _booths_of(session, application)
        drop_held_letters(session, actor, application)
        post_decision(session, application, booths, base_url, texts=texts, is_held=hold_letters)
    for application in rebooked:
        post_booth_given(session, application, _booths_of(session, application), base_url)
    _tell_sharers(session, staged + rebooked, base_url)
    return staged + rebooked


def staged_decisions(
    session: Session, fair: Fair, application_ids: Collection[int] | None = None, *, lock: bool = False
) -> list[BoothApplication]:
    """Applications with a decision that nobody has been told, oldest first; on the waiting list that is an offer."""
    query = (
        select(BoothApplication)
        .options(selectinload(BoothApplication.producer))
        .where(
            BoothApplication.fair_id == fair.id,
            BoothApplication.state.in_([state.value for state in DECIDABLE]),
            BoothApplication.pending_decision.is_not(None),
        )
    )
    if application_ids is not None:
        query = query.where(BoothApplication.id.in_(application_ids))
    if lock:
        query = query.with_for_update(of=BoothApplication).execution_options(populate_existing=True)
    return list(session.scalars(query.order_by(BoothApplication.id)))


def newly_booked(
    session: Session, fair: Fair, application_ids: Collection[int] | None = None, *, lock: bool = False
) -> list[BoothApplication]:
    """Applications accepted or confirmed earlier that hold a booth nobody has been told."""
    proposed = select(BoothAssignment.application_id).where(BoothAssignment.state == AssignmentState.PROPOSED)
    query = (
        select(BoothApplication)
        .options(selectinload(BoothApplication.producer))
        .where(
            BoothApplication.fair_id == fair.id,
            BoothApplication.state.in_(TAKING_PART),
            BoothApplication.id.in_(proposed),
        )
    )
    if application_ids is not None:
        query = query.where(BoothApplication.id.in_(application_ids))
    if lock:
        query = query.with_for_update(of=BoothApplication).execution_options(populate_existing=True)
    return list(session.scalars(query.order_by(BoothApplication.id)))


def count_open_booths(session: Session, fair: Fair) -> int:
    """How many booths of the fair can be given to somebody."""
    query = (
        select(func.count(Booth.id))
        .join(FloorPlan, FloorPlan.id == Booth.plan_id)
        .where(FloorPlan.fair_id == fair.id, Booth.switch == BoothSwitch.OPEN)
    )
    return session.scalar(query) or 0


def going(session: Session, fair: Fair, staged: Sequence[BoothApplication]) -> list[BoothApplication]:
    """Who takes part once these decisions are published."""
    query = select(BoothApplication).where(BoothApplication.fair_id == fair.id, BoothApplication.state.in_(TAKING_PART))
    accepted = [application for application in staged if application.decision is Decision.ACCEPT]
    return [*session.scalars(query), *accepted]


def booths_needed(session: Session, applications: Sequence[BoothApplication]) -> int:
    """Booths that these applications take: those they hold, or as many as they asked for while they hold none.

    A booth that two of them share is needed once.
    """
    ids = [application.id for application in applications]
    rows = session.execute(
        select(BoothAssignment.application_id, BoothAssignment.booth_id).where(
            BoothAssignment.application_id.in_(ids), BoothAssignment.state != AssignmentState.RELEASED
        )
    ).all()
    standing = {row.application_id for row in rows}
    lacking = sum(application.booths_wanted for application in applications if application.id not in standing)
    return len({row.booth_id for row in rows}) + lacking


def _lock_fair(session: Session, fair: Fair) -> None:
    """Two publications of one fair wait for each other, or both would count the same free booths."""
    session.flush()
    session.refresh(fair, with_for_update={"of": Fair})


def _refuse_confirm_by(fair: Fair, confirm_by: datetime) -> None:
    if confirm_by <= clock.now():
        raise Refused("confirm_by_past")
    if fair.first_day is not None and clock.local_day(confirm_by) > fair.first_day:
        raise Refused("confirm_by_after_fair")


def _refuse_overfilling(session: Session, fair: Fair, staged: Sequence[BoothApplication]) -> None:
    needed, there = booths_needed(session, going(session, fair, staged)), count_open_booths(session, fair)
    if needed > there:
        raise Refused("no_capacity", needed=needed, open=there)


def _publish_one(session: Session, actor: Actor, application: BoothApplication, confirm_by: datetime) -> None:
    decision = Decision(application.pending_decision or "")
    if application.current is ApplicationState.WAITLISTED:
        application.decision_reason = ""  # it told why there was no booth, and now there is one
        move_application(session, actor, application, "offer", By.ORGANISER)
        application.offered_from_list_at = clock.now()
    else:
        move_application(session, actor, application, decision.value, By.ORGANISER, reason=application.decision_reason)
    application.pending_decision = application.staged_at = application.staged_by = None
    application.decided_at = clock.now()
    if application.current is ApplicationState.ACCEPTED:
        application.confirm_by, application.reminded_days = confirm_by, None
        _publish_booths(session, actor, application)
    elif application.current in ENDED:
        tell_ending(session, actor, application, application.state)
    else:
        release_booths(session, actor, application, application.state)


def _publish_booths(session: Session, actor: Actor, application: BoothApplication) -> None:
    """Proposed booths become known; they are confirmed at once where the application is."""
    for assignment in assignments_of(session, application.id):
        if assignment.state == AssignmentState.PROPOSED:
            move_assignment(session, actor, assignment, "publish")
            if application.current is ApplicationState.CONFIRMED:
                move_assignment(session, actor, assignment, "confirm")


def _tell_sharers(session: Session, published: Sequence[BoothApplication], base_url: str) -> None:
    """Whoever knew its booth already and is not written to now hears who has been put beside it; one query."""
    ids = [application.id for application in published]
    joined, told = aliased(BoothAssignment), BoothAssignment
    rows = session.execute(
        select(told, joined)
        .join(joined, joined.booth_id == told.booth_id)
        .where(joined.application_id.in_(ids), joined.state.in_(KNOWN_TO_HOLDER))
        .where(told.application_id.not_in(ids), told.state.in_(KNOWN_TO_HOLDER))
    )
    for knew, beside in rows.all():
        post_booth_shared(session, knew.application, beside, base_url)


def _booths_of(session: Session, application: BoothApplication) -> list[Booth]:
    return [assignment.booth for assignment in assignments_of(session, application.id)]
