"""On what paper a fair stands, and the two dates the law sets: registration before it, report after it.

Nghị định 81/2018/NĐ-CP, Điều 29: traders register a fair with the Sở Công Thương at least 30 days before it opens and
report within 30 days after it closes; fairs in programmes decided by the People's Committee of the province are exempt
from registration. Amendments could not be read, so both numbers of days are settings of the fair.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from events.fairs.edition_copiers import Edition, Stage, copies_with_edition
from events.fairs.fair import Fair
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.database import Base
from foundation.folding import nfc, strip_controls
from foundation.refusal import Refused
from foundation.stored_file import StoredFile

LAW = "Nghị định 81/2018/NĐ-CP, Điều 29"
REGISTER_DAYS_BEFORE = 30
REPORT_DAYS_AFTER = 30
MOST_TIMER_DAYS = 365
SOON = timedelta(days=7)
LONGEST_NUMBER = 80
LONGEST_ISSUER = 200


class Basis(StrEnum):
    """Why the fair may be held."""

    UNDECIDED = "undecided"
    PEOPLES_COMMITTEE = "peoples_committee"
    REGISTERED = "registered"
    HOST_EVENT = "host_event"


class LegalBasis(Base):
    """The legal block of one fair; numbers and dates as they stand on the documents."""

    __tablename__ = "legal_basis"
    __table_args__ = (
        CheckConstraint("register_days_before between 0 and 365", name="register_days"),
        CheckConstraint("report_days_after between 0 and 365", name="report_days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), unique=True)
    basis: Mapped[str] = mapped_column(String(20), default=Basis.UNDECIDED.value)
    document_number: Mapped[str] = mapped_column(String(LONGEST_NUMBER), default="")
    document_date: Mapped[date | None] = mapped_column(Date)
    issuer: Mapped[str] = mapped_column(String(LONGEST_ISSUER), default="")
    invitation_number: Mapped[str] = mapped_column(String(LONGEST_NUMBER), default="")
    invitation_date: Mapped[date | None] = mapped_column(Date)
    register_days_before: Mapped[int] = mapped_column(default=REGISTER_DAYS_BEFORE)
    report_days_after: Mapped[int] = mapped_column(default=REPORT_DAYS_AFTER)
    registered_on: Mapped[date | None] = mapped_column(Date)
    reported_on: Mapped[date | None] = mapped_column(Date)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    fair: Mapped[Fair] = relationship()
    file: Mapped[StoredFile | None] = relationship()


class DeadlineState(StrEnum):
    """How a deadline stands today."""

    DONE = "done"
    DONE_LATE = "done_late"
    AHEAD = "ahead"
    SOON = "soon"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class LegalDeadline:
    """One of the two dates: "registration" or "report"; `days` from which it is counted, `done` when it was sent."""

    name: str
    days: int
    due: date
    done: date | None
    state: DeadlineState

    @property
    def law(self) -> str:
        """Where it is written."""
        return LAW


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalSayings:
    """What an organiser says; texts are cleaned."""

    basis: str = Basis.UNDECIDED.value
    document_number: str = ""
    document_date: date | None = None
    issuer: str = ""
    invitation_number: str = ""
    invitation_date: date | None = None
    register_days_before: int = REGISTER_DAYS_BEFORE
    report_days_after: int = REPORT_DAYS_AFTER
    registered_on: date | None = None
    reported_on: date | None = None

    def faults(self, fair: Fair) -> list[Refused]:
        """All rules that are broken, each with its field.

        Codes: basis_unknown, text_too_long, timer_out_of_range, document_date_without_number, in_the_future,
        report_before_closing.
        """
        faults = [] if self.basis in set(Basis) else [Refused("basis_unknown", field="basis")]
        longest = {"document_number": LONGEST_NUMBER, "invitation_number": LONGEST_NUMBER, "issuer": LONGEST_ISSUER}
        faults += [
            Refused("text_too_long", field=name, most=most)
            for name, most in longest.items()
            if len(getattr(self, name)) > most
        ]
        for name in ("register_days_before", "report_days_after"):
            if not 0 <= getattr(self, name) <= MOST_TIMER_DAYS:
                faults.append(Refused("timer_out_of_range", field=name, most=MOST_TIMER_DAYS))
        for name in ("document", "invitation"):
            if getattr(self, f"{name}_date") and not getattr(self, f"{name}_number"):
                faults.append(Refused("document_date_without_number", field=f"{name}_number"))
        for name in ("document_date", "invitation_date", "registered_on", "reported_on"):
            day: date | None = getattr(self, name)
            if day and day > clock.today():
                faults.append(Refused("in_the_future", field=name))
        if self.reported_on and fair.last_day and self.reported_on < fair.last_day:
            faults.append(Refused("report_before_closing", field="reported_on"))
        return faults


def legal_basis_of(session: Session, fair: Fair) -> LegalBasis | None:
    """The fair's legal block, or None when nobody has said anything yet."""
    return session.scalar(select(LegalBasis).where(LegalBasis.fair_id == fair.id))


def say_legal_basis(session: Session, actor: Actor, fair: Fair, said: LegalSayings, *, expected_version: int) -> None:
    """Replace what is said; version 0 means that nothing was there. Refuses set_up_changed_meanwhile, `said.faults`."""
    session.flush()
    session.refresh(fair, with_for_update={"of": Fair})  # two who begin the block take turns
    for fault in said.faults(fair):
        raise fault
    legal = ensure_legal_basis(session, fair)
    if expected_version not in {legal.version, 0 if legal.version == 1 else legal.version}:
        raise Refused("set_up_changed_meanwhile", version=legal.version)
    names = [each.name for each in fields(said)]
    old = {name: _plain(getattr(legal, name)) for name in names}
    for name in names:
        value = getattr(said, name)
        setattr(legal, name, nfc(strip_controls(value)).strip() if isinstance(value, str) else value)
    new = {name: _plain(getattr(legal, name)) for name in names}
    changed = [name for name in names if new[name] != old[name]]
    if changed:
        session.flush()
        before, after = ({name: side[name] for name in changed} for side in (old, new))
        record(session, actor, "fair.legal_basis", legal, fair_id=fair.id, old=before, new=after)


def ensure_legal_basis(session: Session, fair: Fair) -> LegalBasis:
    """The fair's legal block, begun when there is none."""
    legal = legal_basis_of(session, fair)
    if legal is None:
        legal = LegalBasis(fair=fair)
        session.add(legal)
        session.flush()
    return legal


def legal_deadlines(fair: Fair, legal: LegalBasis | None, today: date) -> list[LegalDeadline]:
    """What is due for the fair: the registration only for registered fairs, the report for every one that has days."""
    if fair.first_day is None or fair.last_day is None:
        return []
    before = legal.register_days_before if legal else REGISTER_DAYS_BEFORE
    after = legal.report_days_after if legal else REPORT_DAYS_AFTER
    registered = legal.registered_on if legal else None
    deadlines = []
    if legal is not None and legal.basis == Basis.REGISTERED:
        deadlines.append(_deadline("registration", before, fair.first_day - timedelta(days=before), registered, today))
    if legal is None or legal.basis != Basis.HOST_EVENT:
        reported = legal.reported_on if legal else None
        deadlines.append(_deadline("report", after, fair.last_day + timedelta(days=after), reported, today))
    return deadlines


def _deadline(name: str, days: int, due: date, done: date | None, today: date) -> LegalDeadline:
    if done is not None:
        state = DeadlineState.DONE if done <= due else DeadlineState.DONE_LATE
    elif today > due:
        state = DeadlineState.MISSED
    else:
        state = DeadlineState.SOON if due - today <= SOON else DeadlineState.AHEAD
    return LegalDeadline(name, days, due, done, state)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


@copies_with_edition(Stage.FAIR)
def copy_legal_basis(edition: Edition) -> None:
    """The basis and the timers; numbers, dates and the file belong to the documents of one edition."""
    edition.copy_all(
        LegalBasis, LegalBasis.fair_id == edition.source.id, document_number="", document_date=None,
        invitation_number="", invitation_date=None, registered_on=None, reported_on=None, file_id=None,
    )  # fmt: skip
