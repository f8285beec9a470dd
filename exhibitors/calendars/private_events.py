"""Question: a person's deadlines and fair days, as a producer and as an organiser, as events of a private calendar.

The moment of the last change is what the audit trail says of the fair and the application and when a booth was given or
taken; the sequence grows with their versions and the steps of placings. So the same facts give the same octets, though
nothing of it is stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from events.calendars.calendar_feed import CalendarEvent
from events.calendars.fair_events import closed_ranges, status_of
from events.calendars.public_address import public_address, public_host
from events.fairs.fair import Fair, FairState
from events.floor_plans.floor_plan import Booth
from exhibitors.allocation.booth_assignment import KNOWN_TO_HOLDER, STANDING, AssignmentState, BoothAssignment
from exhibitors.applications.application_moves import ENDED, ApplicationState
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.producers.producer import Producer
from foundation import clock
from foundation.actor import Actor, Role
from foundation.audit_trail import AuditEntry
from foundation.bilingual import Bilingual

NAME = Bilingual("Gian Hàng: việc của tôi", "Gian Hàng: my deadlines")
TEXT = Bilingual(
    "Hạn và ngày hội của riêng bạn. Đừng gửi địa chỉ này cho ai.",
    "Your own deadlines and fair days. Give this address to nobody.",
)
PAST_KEPT = timedelta(days=30)
MOST_FAIRS = 100
WORDS = {
    "send_by": Bilingual("Hạn nộp hồ sơ: {}", "Send the application by now: {}"),
    "answer_by": Bilingual("Hẹn trả lời hồ sơ: {}", "Answer promised: {}"),
    "changes_by": Bilingual("Hạn bổ sung hồ sơ: {}", "Make the changes by now: {}"),
    "confirm_by": Bilingual("Hạn xác nhận gian: {}", "Confirm the booth by now: {}"),
    "stand": Bilingual("Bán hàng ở {}", "Selling at {}"),
    "call_opens": Bilingual("Mở nhận đơn: {}", "Call opens: {}"),
    "call_closes": Bilingual("Đóng nhận đơn: {}", "Call closes: {}"),
    "answers": Bilingual("Hẹn trả lời các hồ sơ: {}", "Answers promised to applicants: {}"),
    "days": Bilingual("{}", "{}"),
    "booths": Bilingual("Gian {}", "Booth {}"),
    "closed": Bilingual("Đóng cửa: {}", "Closed: {}"),
}
When = date | datetime | tuple[date, date]
COURSE = tuple(AssignmentState)
"""No placing goes back in it, so that the steps made can be counted."""


@dataclass(frozen=True, slots=True)
class Held:
    """The booths where a unit stands for sure, how many steps its placings have made in all, and when the last began
    or ended.
    """

    booths: tuple[str, ...] = ()
    steps: int = 0
    changed: datetime | None = None


def private_events(session: Session, actor: Actor, language: str, day: date) -> list[CalendarEvent]:
    """Everything from a month before the day on, soonest first; a constant number of questions."""
    applications = _applications(session, actor)
    fairs = _organised(session, actor)
    changed = _last_changes(session, {fair.id for fair in fairs} | {one.fair_id for one in applications})
    held = _places(session, [one.id for one in applications])
    events = [
        event
        for one in applications
        for event in _of_application(one, held.get(one.id, Held()), changed[one.fair_id], language)
    ]
    events += [event for fair in fairs for event in _of_fair(fair, changed[fair.id], language)]
    return sorted(
        (event for event in events if _ends(event) >= day - PAST_KEPT), key=lambda event: (_ends(event), event.uid)
    )


def _of_application(one: BoothApplication, held: Held, changed: datetime, language: str) -> Iterator[CalendarEvent]:
    fair, state = one.fair, one.current
    deadlines: list[tuple[str, When | None]] = []
    if state is ApplicationState.DRAFT:
        deadlines.append(("send_by", fair.call_closes_at))
    elif state in {ApplicationState.SUBMITTED, ApplicationState.IN_REVIEW}:
        deadlines.append(("answer_by", fair.answer_by))
    elif state is ApplicationState.NEEDS_CHANGES:
        deadlines.append(("changes_by", one.changes_due_at))
    elif state is ApplicationState.ACCEPTED:
        deadlines.append(("confirm_by", one.confirm_by))
    elif state is ApplicationState.CONFIRMED and fair.first_day and fair.last_day:
        deadlines.append(("stand", (fair.first_day, fair.last_day)))
    for key, when in deadlines:
        if when is not None:
            event = _event(f"{key}-{one.id}", key, when, fair, language)
            text = [event.description]
            if key == "stand" and held.booths:
                text.insert(0, WORDS["booths"].local(language).replace("{}", ", ".join(held.booths)))
            yield replace(
                event,
                description="\n".join(filter(None, text)),
                url=public_address(f"/applications/{one.code}", language),
                sequence=fair.version + one.version + held.steps,
                last_modified=max(changed, one.saved_at, held.changed or one.saved_at),
            )


def _of_fair(fair: Fair, changed: datetime, language: str) -> Iterator[CalendarEvent]:
    days = (fair.first_day, fair.last_day) if fair.first_day and fair.last_day else None
    moments: list[tuple[str, When | None]] = [
        ("call_opens", fair.call_opens_at),
        ("call_closes", fair.call_closes_at),
        ("answers", fair.answer_by),
        ("days", days),
    ]
    for key, when in moments:
        if when is not None:
            yield replace(
                _event(f"{key}-{fair.id}", key, when, fair, language),
                url=public_address(f"/organise/fairs/{fair.slug}", language),
                sequence=fair.version,
                last_modified=changed,
            )


def _event(name: str, key: str, when: When, fair: Fair, language: str) -> CalendarEvent:
    closed = closed_ranges(fair, language) if key in {"stand", "days"} else ""
    first, last = when if isinstance(when, tuple) else (when, when)
    whole_days = not isinstance(first, datetime)
    return CalendarEvent(
        uid=f"rieng-{name}@{public_host()}",
        summary=WORDS[key].local(language).replace("{}", fair.name.local(language)),
        description=WORDS["closed"].local(language).replace("{}", closed) if closed else "",
        location="; ".join(row.venue.name.local(language) for row in fair.venues),
        first_day=first if whole_days else None,
        last_day=last if whole_days else None,
        starts_at=first if isinstance(first, datetime) else None,
        status=status_of(fair),
        reason=fair.reason,
        created=fair.created_at,
        language=language,
    )


def _ends(event: CalendarEvent) -> date:
    if event.last_day is not None:
        return event.last_day
    return clock.local_day(event.starts_at) if event.starts_at else date.max


def _applications(session: Session, actor: Actor) -> list[BoothApplication]:
    """Those that go on, at fairs that are not drafts: what a draft says is its organisers' alone."""
    statement = (
        select(BoothApplication)
        .join(BoothApplication.producer)
        .join(BoothApplication.fair)
        .options(
            joinedload(BoothApplication.producer),
            selectinload(BoothApplication.fair).options(selectinload(Fair.venues), selectinload(Fair.closed_days)),
        )
        .where(Producer.organisation_id.in_(actor.producer_roles))
        .where(BoothApplication.state.not_in([state.value for state in ENDED]), Fair.state != FairState.DRAFT)
        .order_by(BoothApplication.id.desc())
        .limit(MOST_FAIRS)
    )
    return list(session.scalars(statement))


def _organised(session: Session, actor: Actor) -> list[Fair]:
    """Fairs of the organisations in which the person has a role of its own, and those with a role at the fair."""
    whole = [key for key, role in actor.organiser_roles.items() if role is not Role.LIMITED]
    mine = Fair.organisation_id.in_(whole) | Fair.id.in_(actor.fair_roles)
    statement = (
        select(Fair)
        .options(selectinload(Fair.venues), selectinload(Fair.closed_days))
        .where(mine, Fair.state != FairState.DRAFT)
        .order_by(Fair.id.desc())
        .limit(MOST_FAIRS)
    )
    return list(session.scalars(statement))


def _last_changes(session: Session, fair_ids: set[int]) -> dict[int, datetime]:
    """When each fair itself was last changed, by the audit trail; its making where the trail says nothing."""
    rows = session.execute(
        select(Fair.id, func.coalesce(func.max(AuditEntry.at), Fair.created_at))
        .outerjoin(AuditEntry, (AuditEntry.fair_id == Fair.id) & (AuditEntry.thing_kind == Fair.__tablename__))
        .where(Fair.id.in_(fair_ids))
        .group_by(Fair.id, Fair.created_at)
    )
    return {row[0]: row[1] for row in rows}


def _places(session: Session, application_ids: Sequence[int]) -> dict[int, Held]:
    """What each application holds and held, without what was only proposed; one that never held anything is missing."""
    told = select(AuditEntry.id).where(
        AuditEntry.fair_id == BoothApplication.fair_id,
        AuditEntry.what == "assignment.publish",
        AuditEntry.thing_id == BoothAssignment.id,
    )
    rows = session.execute(
        select(BoothAssignment.application_id, Booth.code, BoothAssignment.state)
        .add_columns(func.coalesce(BoothAssignment.released_at, BoothAssignment.assigned_at))
        .join(Booth, Booth.id == BoothAssignment.booth_id)
        .join(BoothAssignment.application)
        .where(BoothAssignment.application_id.in_(application_ids))
        .where(BoothAssignment.state.in_(KNOWN_TO_HOLDER) | told.exists())
        .order_by(Booth.code)
    )
    held: dict[int, Held] = {}
    for application_id, code, state, moment in rows:
        before = held.get(application_id, Held())
        codes = (*before.booths, code) if state in STANDING else before.booths
        held[application_id] = Held(codes, before.steps + COURSE.index(state), max(moment, before.changed or moment))
    return held
